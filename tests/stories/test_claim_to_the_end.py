"""A debt from its charges to the end: order, cancellation, lawsuit, two presentations, a return; and joint debtors with shares.

At every step: the ledger, the claim, the terms, the timeline, the queue, and that the sums add up.
"""

import datetime as dt

import pytest
from django.utils import timezone

from casedesk.access.models import User
from casedesk.common import months
from casedesk.documents.actions.make import make
from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import AccountState, CaseFile, Payment, UtilityAccount
from debtors.queries.limitation import expiring
from debtors.rules.stages import Stage
from debtors.states.case_file import replay
from enforcement.actions.end_proceeding import Returned, record_return
from enforcement.actions.prepare_claims import ClaimRefused, prepare_claim
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.record_proceeding import Opened, record_proceeding
from enforcement.documents.compose_claim import claim_drafts, paper_kind
from enforcement.models import Claim, Writ
from enforcement.queries.claim_deadlines import claim_deadlines
from enforcement.queries.claim_sums import claim_sums, total
from enforcement.rules.claim_stages import ClaimKind, ClaimStage
from tests.factories import access, cases, claims

pytestmark = pytest.mark.django_db
START = dt.date(2024, 3, 21)
NEWEST = months.parse("2024-02")


def the_case(pk: int) -> CaseFile:
    case = CaseFile.objects.get(pk=pk)
    told = replay(case.events.order_by("pk"))
    assert (case.stage, case.stage_on, case.stage_until) == (told.stage, told.stage_on, told.stage_until)
    return case


def stands(pk: int, stage: str, step: str) -> CaseFile:
    case = the_case(pk)
    assert (case.stage, case.next_action) == (stage, step)
    return case


def adds_up(*some: Claim) -> None:
    sums = claim_sums(Claim.objects.filter(pk__in=[claim.pk for claim in some]))
    assert [one.faults() for one in sums.values()] == [[] for _ in some]
    assert total(sums.values()).faults() == []


def terms(case: CaseFile) -> list[dt.date]:
    everything = claim_deadlines(CaseFile.objects.filter(pk=case.pk), first=dt.date(2020, 1, 1), last=dt.date(2099, 1, 1))
    return [line.day for line in everything]


def paid_on(creditor, writ: Writ, kopecks: int, on: dt.date) -> None:
    """Money from the bailiffs on this writ."""
    fact = StagedFact(
        1,
        writ.account_id,
        0,
        amount=kopecks,
        paid_on=on,
        channel=Payment.Channel.BAILIFF,
        award_id=writ.award_id,
        document="п1",
    )
    book_facts(creditor=creditor, facts=[fact], about="приставы", by=None, learnt_at=timezone.now(), on=on)


def test_a_debt_goes_all_the_way(osen, officer):
    owed = cases.billed(osen, "100", on=START)
    claims.identified(owed)
    claims.payments_are_fresh(osen)
    case = claims.warned(owed, officer, START)
    stands(case.pk, Stage.REMINDER_SENT, "file_claim")

    order = an_order(owed, case, officer)
    order = set_aside(order, owed, case, officer)
    lawsuit = a_lawsuit(order, owed, case, officer)
    lawsuit = a_judgment(lawsuit, case, officer)
    adds_up(order, lawsuit)
    writ = presented(lawsuit, case, officer)
    some_money(writ, lawsuit, owed)
    returned_and_presented_again(writ, case, officer)

    adds_up(order, lawsuit)
    codes = set(the_case(case.pk).events.values_list("code", flat=True))
    assert {"order_filed", "order_set_aside", "claim_filed", "court_judgment_part", "writ_registered", "writ_returned"} <= codes


def an_order(owed: UtilityAccount, case: CaseFile, officer: User) -> Claim:
    """The order is asked for with its paper, and issued: limitation stands still meanwhile."""
    order = claims.claim_of(owed, officer, START)
    assert (order.kind, order.principal) == (ClaimKind.ORDER, 5 * 550_000)
    stands(case.pk, Stage.CLAIM_READY, "file_claim")
    data = claim_drafts([order])[0].data
    paper = make(paper_kind(order), creditor=owed.creditor, data=data, subject=("claim", order.pk), by=officer, on=START)
    assert paper.data["principal"] == order.principal
    order = claims.happen(order, "filed", START, officer, channel="post")
    stands(case.pk, Stage.IN_COURT, "check_court")
    assert {row.last_day for row in expiring([owed.pk], newest=NEWEST)} == {None}
    assert terms(case) == [dt.date(2024, 3, 28)]
    issued = dt.date(2024, 3, 26)
    order = claims.happen(order, "order_issued", issued, officer, court_case="2-100/2024", **claims.granted(order))
    stands(case.pk, Stage.AWARDED, "await_force")
    adds_up(order)
    return order


def set_aside(order: Claim, owed: UtilityAccount, case: CaseFile, officer: User) -> Claim:
    """The debtor objects: the order is gone, its months are free, half a year is left at least."""
    order = claims.happen(order, "copy_served", dt.date(2024, 4, 1), officer, served="handed")
    order = claims.happen(order, "objections", dt.date(2024, 4, 8), officer)
    order = claims.happen(order, "order_set_aside", dt.date(2024, 4, 10), officer, why="возражения должника")
    stands(case.pk, Stage.ORDER_SET_ASIDE, "file_lawsuit")
    assert not order.is_live
    assert terms(case) == [dt.date(2024, 10, 10)]
    assert all(row.last_day for row in expiring([owed.pk], newest=NEWEST))
    adds_up(order)
    return order


def a_lawsuit(order: Claim, owed: UtilityAccount, case: CaseFile, officer: User) -> Claim:
    """The same months go by a lawsuit and no other way; the duty of the order counts; no kopeck is claimed twice."""
    filed_on = dt.date(2024, 4, 15)
    with pytest.raises(ClaimRefused, match="взыскивают иском"):
        prepare_claim(case=the_case(case.pk), asked=claims.asked(filed_on, kind="order"), by=officer)
    lawsuit = claims.claim_of(owed, officer, filed_on)
    assert (lawsuit.kind, lawsuit.follows) == (ClaimKind.LAWSUIT, order)
    assert lawsuit.duty_credited == order.duty
    assert "2-100/2024" in claim_drafts([lawsuit])[0].data["cancelled_order"]
    with pytest.raises(ClaimRefused, match="не взятого другим"):
        prepare_claim(case=the_case(case.pk), asked=claims.asked(filed_on), by=officer)
    return claims.happen(lawsuit, "filed", filed_on, officer, channel="office")


def a_judgment(lawsuit: Claim, case: CaseFile, officer: User) -> Claim:
    """Left without motion, cured, accepted, granted without the penalty, in force."""
    until = dt.date(2024, 5, 13)
    lawsuit = claims.happen(lawsuit, "left_without_motion", dt.date(2024, 4, 18), officer, why="нет расчёта", until=until)
    assert stands(case.pk, Stage.DEFECTS, "cure_defects").next_due_on == until
    lawsuit = claims.happen(lawsuit, "defects_cured", dt.date(2024, 4, 22), officer, what="расчёт")
    lawsuit = claims.happen(lawsuit, "accepted", dt.date(2024, 4, 25), officer, court_case="2-555/2024")
    less = claims.granted(lawsuit, granted_penalty=0)
    lawsuit = claims.happen(lawsuit, "judgment_part", dt.date(2024, 6, 3), officer, why="ГК РФ ст. 333", **less)
    stands(case.pk, Stage.AWARDED, "await_force")
    assert lawsuit.stage_until == dt.date(2024, 7, 3)
    lawsuit = claims.happen(lawsuit, "judgment_in_force", dt.date(2024, 7, 4), officer)
    stands(case.pk, Stage.IN_FORCE, "get_writ")
    return lawsuit


def presented(lawsuit: Claim, case: CaseFile, officer: User) -> Writ:
    """The writ grants what the court did; the bailiffs open proceedings on it."""
    lawsuit = claims.happen(lawsuit, "writ_issued", dt.date(2024, 7, 10), officer, number="ФС 012345678")
    writ = lawsuit.writs.get()
    assert (writ.principal, writ.penalty, writ.in_force_on) == (lawsuit.principal, 0, dt.date(2024, 7, 4))
    stands(case.pk, Stage.WRIT, "present_writ")
    present_writ(writ=writ, to=Addressed(department=access.department()), by=officer, on=dt.date(2024, 7, 12))
    record_proceeding(writ=writ, opened=Opened("45978/24/51034-ИП"), by=officer, on=dt.date(2024, 7, 19))
    stands(case.pk, Stage.PROCEEDING, "check_proceeding")
    adds_up(lawsuit)
    return writ


def some_money(writ: Writ, lawsuit: Claim, owed: UtilityAccount) -> None:
    """Money of the bailiffs pays the duty first and lessens the debt (ГК РФ ст. 319)."""
    debt = AccountState.objects.get(account=owed).debt
    paid_on(owed.creditor, writ, 1_000_000, dt.date(2024, 9, 2))
    assert AccountState.objects.get(account=owed).debt < debt
    sums = claim_sums([lawsuit])[lawsuit.pk]
    assert sums.collected.total == 1_000_000
    assert sums.collected.duty == sums.granted.duty
    assert sums.presented == sums.granted
    adds_up(lawsuit)


def returned_and_presented_again(writ: Writ, case: CaseFile, officer: User) -> None:
    """Nothing was found: the writ comes back and goes again six months after."""
    paper = Returned("46.1.4", sent_on=dt.date(2024, 10, 3))
    record_return(writ=Writ.objects.get(pk=writ.pk), paper=paper, by=officer, on=dt.date(2024, 10, 1))
    stands(case.pk, Stage.RETURNED, "present_again")
    writ = Writ.objects.get(pk=writ.pk)
    assert writ.repeat_from > dt.date(2025, 3, 31)
    department = writ.presentations.get().department
    present_writ(writ=writ, to=Addressed(department=department), by=officer, on=writ.repeat_from)
    stands(case.pk, Stage.PRESENTED, "check_opening")


def test_joint_debtors_and_shares_go_apart(osen, officer):
    """Half belongs to a couple who answer jointly, a third and a sixth to two others: three claims, one debt, to the kopeck."""
    owed = cases.billed(osen, "200", on=START, monthly=333_333)
    for name in ("Муж Муж Мужевич", "Жена Жена Женовна"):
        claims.identified(owed, name)
    claims.identified(owed, "Третий Доля Долевич", kind="by_share", share_num=1, share_den=3)
    claims.identified(owed, "Шестой Доля Долевич", kind="by_share", share_num=1, share_den=6)
    case = claims.warned(owed, officer, START)
    whole = sum(row.kopecks for row in expiring([owed.pk], newest=months.parse("2024-02")))

    made = prepare_claim(case=case, asked=claims.asked(START), by=officer)

    assert sum(claim.principal for claim in made) == whole
    shares = {(claim.share_num, claim.share_den): claim for claim in made}
    assert set(shares) == {(1, 2), (1, 3), (1, 6)}
    couple, third, sixth = shares[1, 2], shares[1, 3], shares[1, 6]
    assert couple.parties.count() == 2
    assert claim_drafts([couple])[0].data["jointly"]
    for claim in made:
        claims.happen(claim, "filed", START, officer, channel="post")
    stands(case.pk, Stage.IN_COURT, "check_court")
    adds_up(*made)

    # one share comes back: it leads the case, the others stay in court
    third = claims.happen(third, "returned", dt.date(2024, 3, 25), officer, why="нет квитанции")
    stands(case.pk, Stage.CLAIM_RETURNED, "file_again")
    issued = claims.granted(couple)
    couple = claims.happen(couple, "order_issued", dt.date(2024, 3, 26), officer, court_case="2-1/2024", **issued)
    stands(case.pk, Stage.CLAIM_RETURNED, "file_again")

    # it is prepared again for the same share and the same months; the duty is credited
    (again,) = prepare_claim(case=the_case(case.pk), asked=claims.asked(dt.date(2024, 3, 28)), by=officer)
    assert (again.follows, again.principal) == (third, third.principal)
    assert again.duty_credited == third.duty
    assert (again.share_num, again.share_den) == (1, 3)
    stands(case.pk, Stage.CLAIM_READY, "file_claim")
    again = claims.happen(again, "filed", dt.date(2024, 3, 28), officer, channel="post")
    stands(case.pk, Stage.IN_COURT, "check_court")
    assert {claim.stage for claim in Claim.objects.filter(case_file=case, is_live=True)} == {
        ClaimStage.FILED,
        ClaimStage.ORDER_ISSUED,
    }

    # the couple's order becomes one writ against both
    couple = claims.happen(couple, "copy_served", dt.date(2024, 4, 1), officer, served="handed")
    couple = claims.happen(couple, "order_in_force", dt.date(2024, 4, 16), officer)
    couple = claims.happen(couple, "writ_issued", dt.date(2024, 4, 18), officer, number="2-1/2024")
    assert couple.writs.get().total == couple.granted_principal + couple.granted_penalty + couple.granted_duty
    stands(case.pk, Stage.WRIT, "present_writ")
    adds_up(couple, third, sixth, again)
