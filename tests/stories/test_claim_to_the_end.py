"""A debt from register to write-off: order, cancellation, lawsuit, two presentations, returns; joint debtors with shares.

At every step: the ledger, the claim, the terms, the timeline, the documents, the queues, and that the sums add up.
"""

import datetime as dt

import pytest
from django.utils import timezone

from casedesk.access.actions.requisites import set_requisites
from casedesk.access.models import User
from casedesk.access.rights import Role
from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from debtors.actions.book import book_facts
from debtors.actions.decide_write_off import add_paper, approve_write_off, ask_write_off
from debtors.actions.gather_write_off import gather_write_off
from debtors.actions.post_write_off import post_write_off
from debtors.actions.staging import StagedFact
from debtors.models import AccountState, CaseFile, Payment, ServiceState, UtilityAccount
from debtors.queries.limitation import expiring
from debtors.queries.write_off_papers import papers_of
from debtors.rules.stages import Stage
from debtors.rules.write_off import Ground
from debtors.states.case_file import replay
from enforcement.actions.decide_return import agree_with_return
from enforcement.actions.end_proceeding import Returned, record_return
from enforcement.actions.make_court_papers import claim_papers
from enforcement.actions.prepare_claims import ClaimRefused, prepare_claim
from enforcement.actions.prepare_packages import prepare_package
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.record_proceeding import Opened, record_proceeding
from enforcement.documents.compose_claim import claim_drafts, paper_kind
from enforcement.models import Claim, Writ
from enforcement.queries.claim_deadlines import claim_deadlines
from enforcement.queries.claim_sums import claim_sums, total
from enforcement.queries.held_charges import held
from enforcement.queries.returns import QUEUES, live_writs
from enforcement.rules.claim_stages import ClaimKind, ClaimStage
from enforcement.rules.package import Paper
from imports.actions.run_import import Options, import_file
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


BANK = {
    "name": "АО «Osen»",
    "inn": "7700000001",
    "account": "40702810138250123017",
    "bank_name": "ПАО Сбербанк",
    "bic": "044525225",
    "correspondent_account": "30101810400000000225",
}
REGISTER = (
    "Реестр начислений за {month}",
    "ЛС;ФИО;Адрес;Услуга;Сальдо вх.;Начислено;Перерасчёт;Оплачено;Сальдо исх.",
    "{who};Отопление;{before}000,00;5000,00;0,00;{paid}000,00;{after}000,00",
    "{who};ГВС;{before}00,00;500,00;0,00;{paid}00,00;{after}00,00",
)
WHO = "100;Иванов Иван Иванович;г. Верхнеозёрск, ул. Мира, д. 1, кв. 1"
NAMES = ("сентябрь 2023", "октябрь 2023", "ноябрь 2023", "декабрь 2023", "январь 2024", "февраль 2024")
FULL = 5 * 550_000
"""Five months of two services, kopecks."""


def six_registers(osen, folder) -> UtilityAccount:
    """September to February come in as files, each on the tenth of the next month. Only September is paid."""
    for place, name in enumerate(NAMES):
        path, month = folder / f"{place}.csv", months.parse("2023-09") + place
        sums = {"before": max(place - 1, 0) * 5, "paid": 0 if place else 5, "after": place * 5}
        path.write_text("\n".join(REGISTER).format(month=name, who=WHO, **sums), encoding="utf-8-sig")
        arrives = months.first_day(month + 1).replace(day=10)
        at = timezone.make_aware(dt.datetime.combine(arrives, dt.time(9)))
        options = Options(kind="charges", period=month)
        answer = import_file(creditor=osen, path=path, by=None, at=at, on=arrives, options=options)
        assert answer["status"] == "applied", answer
        assert balance() == place * 550_000
    return UtilityAccount.objects.get(number="100")


def balance() -> int:
    """What the ledger says is owed, penalty and costs left out: charges less money and write-offs, kopecks."""
    states = ServiceState.objects.filter(service__is_penalty=False)
    return sum(states.values_list("balance", flat=True))


def queues(writ: Writ, officer: User, on: dt.date) -> set[str]:
    """Where the writ waits for somebody on the day."""
    return {name for name, queue in QUEUES.items() if queue(live_writs(officer), on).filter(pk=writ.pk).exists()}


def timeline(case: CaseFile) -> list[str]:
    """Codes of the case's own events that stand, in the order they were told."""
    return list(case.events.filter(corrected_by__isnull=True).order_by("pk").values_list("code", flat=True))


def test_a_debt_goes_all_the_way(osen, officer, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    owed = six_registers(osen, tmp_path)
    claims.identified(owed)
    claims.payments_are_fresh(osen)
    case = claims.warned(owed, officer, START)
    stands(case.pk, Stage.REMINDER_SENT, "file_claim")
    assert timeline(case)[:3] == ["case_opened", "reminder_prepared", "reminder_sent"]

    order = an_order(owed, case, officer)
    order = set_aside(order, owed, case, officer)
    lawsuit = a_lawsuit(order, owed, case, officer)
    lawsuit = a_judgment(lawsuit, case, officer)
    adds_up(order, lawsuit)
    writ = presented(lawsuit, case, officer)
    some_money(writ, lawsuit, owed)
    returned_and_presented_again(writ, case, officer)
    adds_up(order, lawsuit)
    returned_for_good(writ, case, officer)
    written_off(writ, lawsuit, owed, case, officer)

    adds_up(order, lawsuit)
    told = timeline(the_case(case.pk))
    after_reminder = ["claim_prepared", "order_filed", "court_order_issued", "court_copy_served", "court_objections"]
    assert told[3 : 3 + len(after_reminder)] == after_reminder
    in_court = ["order_set_aside", "claim_prepared", "claim_filed", "court_left_without_motion", "court_defects_cured"]
    judged = ["court_accepted", "court_judgment_part", "court_judgment_in_force", "court_writ_issued", "writ_registered"]
    at_bailiffs = ["writ_presented", "proceeding_opened", "writ_returned"]
    assert told[3 + len(after_reminder) :] == [
        *in_court,
        *judged,
        *at_bailiffs,
        "return_agreed",
        *at_bailiffs,
        "debt_written_off",
    ]


def an_order(owed: UtilityAccount, case: CaseFile, officer: User) -> Claim:
    """The order is asked for with its paper, and issued: limitation stands still meanwhile."""
    order = claims.claim_of(owed, officer, START)
    assert (order.kind, order.principal) == (ClaimKind.ORDER, FULL)
    assert balance() == FULL, "a claim changes nothing in the ledger"
    stands(case.pk, Stage.CLAIM_READY, "file_claim")
    (paper,) = claim_papers(claims=[order], by=officer, on=START)
    assert (paper.kind, paper.data["principal"]) == (paper_kind(order), order.principal)
    assert sum(row["amount"] for row in paper.data["lines"]) == order.principal
    assert claim_papers(claims=[order], by=officer, on=START) == [paper], "the paper of the day is made once"
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
    (paper,) = claim_papers(claims=[lawsuit], by=officer, on=filed_on)
    assert (paper.kind, paper.total) == (paper_kind(lawsuit), lawsuit.price)
    lawsuit = claims.happen(lawsuit, "filed", filed_on, officer, channel="office")
    stands(case.pk, Stage.IN_COURT, "check_court")
    assert {row.last_day for row in expiring([owed.pk], newest=NEWEST)} == {None}
    return lawsuit


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
    day, department = dt.date(2024, 7, 12), access.department()
    assert queues(writ, officer, day) == {"to_present"}
    set_requisites(organisation=writ.creditor, valid_from=START, **BANK)
    package = prepare_package(writ=writ, department=department, by=officer, on=day)
    made = {document.kind: document.data for document in package.documents}
    travel_ban = {Paper.TRAVEL_BAN} if writ.total >= 3_000_000 else set()
    assert set(made) == {Paper.APPLICATION, Paper.CALCULATION, Paper.SLIP} | travel_ban
    assert {data["total"] for data in made.values() if "total" in data} == {writ.total}
    present_writ(writ=writ, to=Addressed(department=department), by=officer, on=day)
    stands(case.pk, Stage.PRESENTED, "check_opening")
    assert queues(writ, officer, day) == set()
    record_proceeding(writ=writ, opened=Opened("45978/24/51034-ИП"), by=officer, on=dt.date(2024, 7, 19))
    stands(case.pk, Stage.PROCEEDING, "check_proceeding")
    adds_up(lawsuit)
    return writ


def some_money(writ: Writ, lawsuit: Claim, owed: UtilityAccount) -> None:
    """Money of the bailiffs pays the duty first and lessens the debt (ГК РФ ст. 319)."""
    debt, open_before = AccountState.objects.get(account=owed).debt, balance()
    paid_on(owed.creditor, writ, 1_000_000, dt.date(2024, 9, 2))
    assert AccountState.objects.get(account=owed).debt < debt
    sums = claim_sums([lawsuit])[lawsuit.pk]
    assert sums.collected.total == 1_000_000
    assert sums.collected.duty == sums.granted.duty
    assert sums.presented == sums.granted
    assert open_before - balance() == sums.collected.principal == 1_000_000 - sums.granted.duty
    adds_up(lawsuit)


def returned_and_presented_again(writ: Writ, case: CaseFile, officer: User) -> None:
    """Nothing was found: the writ comes back and goes again six months after."""
    back = dt.date(2024, 10, 1)
    paper = Returned("46.1.4", sent_on=dt.date(2024, 10, 3))
    act = record_return(writ=Writ.objects.get(pk=writ.pk), paper=paper, by=officer, on=back)
    stands(case.pk, Stage.RETURNED, "present_again")
    writ = Writ.objects.get(pk=writ.pk)
    assert writ.repeat_from > dt.date(2025, 3, 31)
    assert queues(writ, officer, back) == {"undecided"}
    agree_with_return(act=act, note="имущества нет", by=officer, on=dt.date(2024, 10, 7))
    department, yesterday = writ.presentations.get().department, writ.repeat_from - dt.timedelta(days=1)
    assert queues(writ, officer, yesterday) == set()
    with pytest.raises(NotAllowed, match="229-ФЗ"):
        present_writ(writ=writ, to=Addressed(department=department), by=officer, on=yesterday)
    assert queues(writ, officer, writ.repeat_from) == {"again"}
    present_writ(writ=writ, to=Addressed(department=department), by=officer, on=writ.repeat_from)
    stands(case.pk, Stage.PRESENTED, "check_opening")
    first, second = writ.presentations.order_by("sent_on")
    assert second.total == first.total - 1_000_000, "what came is not asked again"


def returned_for_good(writ: Writ, case: CaseFile, officer: User) -> None:
    """The second proceeding ends as the first did."""
    record_proceeding(writ=writ, opened=Opened("11223/25/51034-ИП"), by=officer, on=dt.date(2025, 4, 14))
    stands(case.pk, Stage.PROCEEDING, "check_proceeding")
    assert queues(writ, officer, dt.date(2025, 6, 1)) == set()
    assert queues(writ, officer, dt.date(2025, 7, 1)) == {"stale"}, "two months have passed"
    writ = Writ.objects.get(pk=writ.pk)
    record_return(writ=writ, paper=Returned("46.1.4", sent_on=AGAIN), by=officer, on=AGAIN)
    stands(case.pk, Stage.RETURNED, "present_again")
    assert [one.ended_ground for one in writ.presentations.all()] == ["46.1.4", "46.1.4"]
    assert writ.proceedings.count() == 2


AGAIN, GONE = dt.date(2025, 10, 1), dt.date(2025, 10, 20)


def written_off(writ: Writ, lawsuit: Claim, owed: UtilityAccount, case: CaseFile, officer: User) -> None:
    """What the court granted and nobody collected leaves the books by an act that two people answer for."""
    chief = access.person(Role.LEGAL_OFFICER, owed.creditor, username="chief")
    left = claim_sums([lawsuit])[lawsuit.pk].left
    assert left.total > 0
    ground = Ground.IMPOSSIBILITY
    act = gather_write_off(creditor=owed.creditor, ground=ground, account_ids=[owed.pk], by=officer, on=GONE)
    assert act.total == left.total
    for kind in papers_of(ground, GONE):
        add_paper(act=act, kind=kind, number="1", issued_on=GONE, by=officer, on=GONE)
    act = ask_write_off(act=act, by=officer, on=GONE)
    with pytest.raises(NotAllowed, match="двух лиц"):
        approve_write_off(act=act, by=officer, on=GONE)
    approve_write_off(act=act, by=chief, on=GONE)
    before = balance()
    post_write_off(act=act, by=chief, learnt_at=timezone.now(), on=GONE)
    sums = claim_sums([lawsuit])[lawsuit.pk]
    assert (sums.left.total, sums.written_off) == (0, left)
    assert sums.collected + sums.written_off == sums.granted
    assert before - balance() == left.principal
    assert balance() == 0, "charges = money + written off"
    assert AccountState.objects.get(account=owed).debt == 0


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
    papers = claim_papers(claims=made, by=officer, on=START)
    assert [paper.data["principal"] for paper in papers] == [claim.principal for claim in made]
    assert [len(paper.data["debtors"]) for paper in papers] == [claim.parties.count() for claim in made]
    assert balance() == whole, "the shares' claims change nothing in the ledger"
    for claim in made:
        claims.happen(claim, "filed", START, officer, channel="post")
    stands(case.pk, Stage.IN_COURT, "check_court")
    adds_up(*made)

    assert {row.last_day for row in expiring([owed.pk], newest=NEWEST)} == {None}
    assert len(terms(case)) == len(made), "each court answers in its own term"

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
    assert queues(couple.writs.get(), officer, dt.date(2024, 4, 18)) == {"to_present"}

    # money on the couple's writ is theirs alone: the other shares are asked for in full
    writ = couple.writs.get()
    debt = balance()
    paid_on(osen, writ, couple.granted_duty + 100_000, dt.date(2024, 5, 6))
    assert debt - balance() == 100_000
    sums = claim_sums([couple, third, sixth, again])
    assert sums[couple.pk].collected.principal == 100_000
    assert sums[couple.pk].left.principal == couple.principal - 100_000
    assert not any(sums[claim.pk].collected for claim in (third, sixth, again))
    adds_up(couple, third, sixth, again)
    held_now = {key: principal for key, (principal, _) in held([owed.pk]).items()}
    charged = {(row.account_id, row.service_id, row.month): row.kopecks for row in expiring([owed.pk], newest=NEWEST)}
    assert all(held_now[key] >= left for key, left in charged.items()), "no month of the debt is left out of the claims"
    with pytest.raises(ClaimRefused, match="не взятого другим"):
        prepare_claim(case=the_case(case.pk), asked=claims.asked(dt.date(2024, 5, 7)), by=officer)
