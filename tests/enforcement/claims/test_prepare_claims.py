"""Preparing claims: what is taken, against whom, for what fee, and what stands in the way."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from debtors.actions.moves import check_may
from debtors.actions.open_cases import open_cases
from debtors.actions.place_hold import place_hold
from debtors.models import CaseFile, Liability
from debtors.rules.stages import Stage
from enforcement.actions.prepare_claims import ClaimRefused, prepare_claim, prepare_claims
from enforcement.models import Claim, ClaimLine
from enforcement.queries.claim_drafts import drafts
from enforcement.rules.claim_stages import ClaimKind, ClaimStage
from tests.factories import access, cases, claims

pytestmark = pytest.mark.django_db


def test_a_claim_takes_the_open_overdue_months_to_the_kopeck(claim, day):
    lines = list(claim.lines.all())

    assert claim.principal == sum(line.amount for line in lines) == 5 * 550_000
    assert claim.penalty == sum(line.penalty for line in lines) > 0
    assert (claim.period_from, claim.period_to) == (months.parse("2023-10"), months.parse("2024-02"))
    assert claim.kind == ClaimKind.ORDER
    assert claim.duty == 52_000, "half of 800 + 3 % over 20 000 roubles of the price, to a rouble"
    assert claim.stage == ClaimStage.PREPARED
    assert [party.debtor.name for party in claim.parties.all()] == ["Иванов Иван Иванович"]


def test_the_case_stands_ready_to_file(claim, case):
    case.refresh_from_db()

    assert (case.stage, case.next_action) == (Stage.CLAIM_READY, "file_claim")
    assert case.events.filter(code="claim_prepared", subject_kind="claim", subject_id=claim.pk).exists()


def test_what_a_claim_holds_is_not_taken_again(claim, case, officer, day):
    with pytest.raises(ClaimRefused, match="не взятого другим требованием"):
        prepare_claim(case=case, asked=claims.asked(day), by=officer)

    assert Claim.objects.count() == 1


def test_a_dropped_claim_lets_its_kopecks_go(claim, case, officer, day):
    claims.happen(claim, "dropped", day, officer, why="не та сумма")
    case.refresh_from_db()
    assert case.stage == Stage.REMINDER_SENT

    (again,) = prepare_claim(case=case, asked=claims.asked(day), by=officer)

    assert again.principal == claim.principal
    assert again.number == claim.number + 1


def test_a_hold_stops_it_in_words(case, officer, day):
    place_hold(case=case, kind="dispute", reason="спор", by=officer, on=day, until=None)
    case.refresh_from_db()

    with pytest.raises(ClaimRefused, match="приостановлено"):
        prepare_claim(case=case, asked=claims.asked(day), by=officer)


def test_without_the_right(case, day, osen):
    with pytest.raises(NotAllowed, match="вести дела"):
        prepare_claim(case=case, asked=claims.asked(day), by=access.person("auditor", osen))


def test_the_check_says_what_is_missing(osen, officer, day):
    bare = cases.billed(osen, "200", on=day, holder="Петров П. П.")
    case = cases.case_of(bare, day)

    (draft,) = drafts([case], asked=claims.asked(day, court_name=""), by=officer)

    assert not draft.stopped
    assert {gap.code for gap in draft.missing} == {"birth_date", "identifier", "notice", "court"}
    assert prepare_claims(cases=[case], asked=claims.asked(day), by=officer).claims == []


def test_the_reminders_term_must_be_over(case, officer, day):
    over = dt.date(2024, 4, 22)

    (early,) = drafts([case], asked=claims.asked(day), by=officer)
    (later,) = drafts([case], asked=claims.asked(over), by=officer)

    assert [gap.code for gap in early.missing] == ["notice"]
    assert not later.missing


def test_a_holder_becomes_the_debtor(osen, officer, day):
    bare = cases.billed(osen, "200", on=day, holder="Петров Пётр Петрович")
    case = cases.case_of(bare, day)

    (claim,) = prepare_claim(case=case, asked=claims.asked(day), by=officer)

    assert claim.parties.get().debtor.name == "Петров Пётр Петрович"
    assert claim.parties.get().is_joint


def test_more_than_an_order_may_ask_goes_by_a_lawsuit(osen, officer, day):
    rich = cases.billed(osen, "300", on=day, monthly=20_000_000)
    claims.identified(rich)
    case = cases.case_of(rich, day)

    (draft,) = drafts([case], asked=claims.asked(day), by=officer)
    (forced,) = drafts([case], asked=claims.asked(day, kind="order"), by=officer)

    assert draft.kind == ClaimKind.LAWSUIT
    assert [gap.code for gap in forced.stopped] == ["order_limit"]


def test_an_organisation_goes_to_arbitrazh(osen, officer, day):
    firm = cases.billed(osen, "301", on=day, category="legal_entity")
    claims.identified(firm)

    (draft,) = drafts([cases.case_of(firm, day)], asked=claims.asked(day), by=officer)

    assert draft.kind == ClaimKind.ARBITRAZH_ORDER


def test_shares_go_apart_and_add_up(osen, officer, day):
    shared = cases.billed(osen, "400", on=day)
    for name, share in (("Первый", 1), ("Второй", 1), ("Третий", 1)):
        claims.identified(shared, name, kind="by_share", share_num=share, share_den=3)
    case = cases.case_of(shared, day)

    made = prepare_claim(case=case, asked=claims.asked(day), by=officer)

    assert len(made) == 3
    assert sum(claim.principal for claim in made) == 5 * 550_000
    assert {(claim.share_num, claim.share_den) for claim in made} == {(1, 3)}


def test_joint_debtors_stand_in_one_claim(osen, officer, day):
    family = cases.billed(osen, "401", on=day)
    for name in ("Муж", "Жена"):
        claims.identified(family, name)

    (claim,) = prepare_claim(case=cases.case_of(family, day), asked=claims.asked(day), by=officer)

    assert claim.parties.count() == 2


def test_shares_over_the_whole_stop(osen, officer, day):
    shared = cases.billed(osen, "402", on=day)
    for name in ("Первый", "Второй"):
        claims.identified(shared, name, kind="by_share", share_num=2, share_den=3)

    (draft,) = drafts([cases.case_of(shared, day)], asked=claims.asked(day), by=officer)

    assert [gap.code for gap in draft.stopped] == ["shares"]
    assert "4/3" in str(draft.stopped[0])


def test_months_past_limitation_stay_out_unless_asked(osen, officer):
    long_ago = dt.date(2024, 3, 21)
    old = cases.billed(osen, "500", on=long_ago)
    claims.identified(old)
    now = dt.date(2027, 1, 20)
    case = cases.case_of(old, long_ago)
    CaseFile.objects.filter(pk=case.pk).update(overdue=1)

    (draft,) = drafts([case], asked=claims.asked(now, penalty_through=dt.date(2026, 9, 1)), by=officer)
    (whole,) = drafts([case], asked=claims.asked(now, penalty_through=dt.date(2026, 9, 1), with_expired=True), by=officer)

    assert draft.principal < whole.principal
    assert "expired" in {gap.code for gap in draft.notes}


def test_twenty_and_four_hundred_claims_cost_the_same_statements(osen, officer, day):
    """People still unnamed among them, so that every kind of row is written; SQLite would split rows by 999 variables."""
    ids = cases.billed_many(osen, 420, on=day)
    Liability.objects.filter(account__in=ids[::4]).delete()
    open_cases(creditor=osen, on=day, by=None)
    some = list(CaseFile.objects.filter(creditor=osen).select_related("creditor").order_by("pk"))
    asked = claims.asked(day)
    assert check_may(officer, Right.WORK_CASES) is None, "the rights are read and remembered"

    with CaptureQueriesContext(connection) as few_checked:
        drafts(some[:20], asked=asked, by=officer)
    with CaptureQueriesContext(connection) as many_checked:
        drafts(some[20:], asked=asked, by=officer)
    with CaptureQueriesContext(connection) as few:
        first = prepare_claims(cases=some[:20], asked=asked, by=officer, incomplete=True)
    with CaptureQueriesContext(connection) as many:
        rest = prepare_claims(cases=some[20:], asked=asked, by=officer, incomplete=True)

    assert (len(first.claims), len(rest.claims)) == (20, 400)
    assert len(many_checked) == len(few_checked)
    assert len(many) == len(few)
    assert ClaimLine.objects.count() == 420 * 11, "six months of two services less one that was paid"
    assert Claim.history.count() == Claim.objects.count() == 420
    assert [claim.number for claim in Claim.objects.order_by("pk")] == list(range(1, 421))


def test_a_share_that_came_back_is_claimed_from_its_owner_alone(osen, officer, day):
    shared = cases.billed(osen, "403", on=day, monthly=333_333)
    for name, share in (("Первый", 1), ("Второй", 2)):
        claims.identified(shared, name, kind="by_share", share_num=share, share_den=3)
    case = cases.case_of(shared, day)
    first, second = prepare_claim(case=case, asked=claims.asked(day), by=officer)
    claims.happen(first, "dropped", day, officer, why="не тот суд")
    case.refresh_from_db()

    (again,) = prepare_claim(case=case, asked=claims.asked(day), by=officer)

    assert again.principal == first.principal
    assert [party.debtor.name for party in again.parties.all()] == ["Первый"]
