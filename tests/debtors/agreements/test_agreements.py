"""A repayment agreement from signing to its end: kept, broken, resumed, fulfilled, terminated. Plan rows P2.4, L6, Z6b."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from debtors.actions.book import book_facts
from debtors.actions.check_agreements import check_agreements
from debtors.actions.follow_agreement import WrongAgreementState, end_agreement, notify_breach, resume_agreement
from debtors.actions.sign_agreement import AgreementInForce, WrongAgreement, sign_agreement
from debtors.actions.staging import StagedFact
from debtors.models import CaseFile, RepaymentAgreement
from debtors.queries.agreements import standings
from debtors.queries.deadlines import case_deadlines
from debtors.queries.limitation import expiring
from debtors.rules.schedule import WrongSchedule
from tests.factories import cases

pytestmark = pytest.mark.django_db

DAY = dt.date(2024, 3, 21)
THROUGH = months.of(DAY) - 1
TERMS = {"covered_through": THROUGH, "parts": 2, "pay_day": 15}
OPEN = 5 * 550_000


@pytest.fixture
def case(osen) -> CaseFile:
    return cases.case_of(cases.billed(osen, on=DAY), DAY)


@pytest.fixture
def signed(case, officer) -> RepaymentAgreement:
    return sign_agreement(case=case, by=officer, on=DAY, **TERMS)


def pay(case: CaseFile, amount: int, on: dt.date, row: int = 1) -> None:
    """Money for the whole account, and the payments known through the day."""
    fact = StagedFact(row, case.account_id, 0, amount=amount, paid_on=on, document=f"a{on}")
    learnt = dt.datetime.combine(on, dt.time(20), dt.UTC)
    book_facts(creditor=case.creditor, facts=[fact], about="test", by=None, learnt_at=learnt, on=on)


def codes(case: CaseFile) -> list[str]:
    return list(case.events.order_by("pk").values_list("code", flat=True))


def test_signing_keeps_the_schedule_and_stops_the_case(case, signed):
    assert signed.total == OPEN == sum(signed.instalments.values_list("amount", flat=True))
    assert [one.due_on for one in signed.instalments.all()] == [dt.date(2024, 4, 15), dt.date(2024, 5, 15)]
    case.refresh_from_db()
    assert case.hold_kind == "agreement"
    assert case.hold_until == dt.date(2024, 5, 16)
    assert "agreement_signed" in codes(case)


def test_signing_renews_the_limitation_of_the_covered_months(case, signed):
    last_days = {row.last_day for row in expiring([case.account_id]) if row.month <= THROUGH}
    assert last_days == {dt.date(2027, 3, 22)}


def test_wrong_terms_change_nothing(case, officer):
    with pytest.raises(WrongSchedule):
        sign_agreement(case=case, by=officer, on=DAY, **TERMS | {"parts": 99})
    with pytest.raises(WrongAgreement, match=r"03\.2024"):
        sign_agreement(case=case, by=officer, on=DAY, **TERMS | {"covered_through": months.of(DAY)})
    assert not RepaymentAgreement.objects.exists()
    assert not case.holds.exists()


def test_one_agreement_at_a_time(case, signed, officer):
    with pytest.raises(AgreementInForce, match="№ 1"):
        sign_agreement(case=case, by=officer, on=DAY, **TERMS)


def test_a_clerk_may_not_sign(case, clerk):
    with pytest.raises(NotAllowed):
        sign_agreement(case=case, by=clerk, on=DAY, **TERMS)
    assert not RepaymentAgreement.objects.exists()


def test_paid_in_time_is_kept_and_in_full_is_fulfilled(case, signed, osen):
    pay(case, OPEN // 2, dt.date(2024, 4, 15))
    assert check_agreements(creditor=osen, on=dt.date(2024, 4, 16)).broken == 0
    pay(case, OPEN // 2, dt.date(2024, 5, 15))
    assert check_agreements(creditor=osen, on=dt.date(2024, 5, 16)).fulfilled == 1
    signed.refresh_from_db()
    case.refresh_from_db()
    assert (signed.state, signed.ended_on) == ("fulfilled", dt.date(2024, 5, 16))
    assert not case.held_on(dt.date(2024, 5, 16))


def test_a_breach_is_found_the_next_morning(case, signed, osen):
    pay(case, OPEN // 2 - 1, dt.date(2024, 4, 15))
    morning = dt.date(2024, 4, 16)
    assert check_agreements(creditor=osen, on=morning).broken == 1
    assert check_agreements(creditor=osen, on=morning).seen == 0
    signed.refresh_from_db()
    case.refresh_from_db()
    assert (signed.state, signed.broken_on, signed.notify_until) == ("breached", morning, dt.date(2024, 4, 19))
    assert not case.held_on(morning)
    event = case.events.get(code="agreement_breached")
    assert event.data["behind_kopecks"] == 1
    assert "0,01" in event.data["why"]


def test_nothing_is_broken_while_payments_are_not_known(case, signed, osen):
    assert check_agreements(creditor=osen, on=dt.date(2024, 6, 1)).broken == 0


def test_an_unpaid_current_bill_breaks_it_only_when_agreed(case, officer, osen):
    signed = sign_agreement(case=case, by=officer, on=DAY, **TERMS, current_too=True)
    bill = [StagedFact(1, case.account_id, 1, month=months.of(DAY), charged=100_000)]
    at = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
    book_facts(creditor=osen, facts=bill, about="test", by=None, learnt_at=at, on=DAY)
    pay(case, OPEN // 2, dt.date(2024, 4, 12))
    later = dt.date(2024, 5, 3)
    found = standings([signed], on=later)[signed.pk]
    assert (found.behind, found.current_overdue, found.is_broken) == (0, 100_000, True)
    signed.current_too = False
    assert not standings([signed], on=later)[signed.pk].is_broken


def test_the_debtor_is_told_and_the_agreement_goes_on(case, signed, osen, officer):
    pay(case, 100, dt.date(2024, 4, 15))
    morning = dt.date(2024, 4, 16)
    check_agreements(creditor=osen, on=morning)
    signed.refresh_from_db()
    notify_breach(agreement=signed, channel="post", by=officer, on=morning)
    with pytest.raises(WrongAgreementState, match="не хватает"):
        resume_agreement(agreement=signed, by=officer, on=morning)
    pay(case, OPEN // 2, dt.date(2024, 4, 18))
    resumed = resume_agreement(agreement=signed, by=officer, on=dt.date(2024, 4, 19))
    case.refresh_from_db()
    assert resumed.state == "active"
    assert case.held_on(dt.date(2024, 4, 19))


def test_an_ended_agreement_lets_the_case_go(case, signed, officer):
    end_agreement(agreement=signed, reason="просьба должника", by=officer, on=dt.date(2024, 4, 1))
    case.refresh_from_db()
    assert not case.held_on(dt.date(2024, 4, 1))
    with pytest.raises(WrongAgreementState, match="расторгнуто"):
        end_agreement(agreement=signed, reason="ещё раз", by=officer, on=dt.date(2024, 4, 2))
    sign_agreement(case=case, by=officer, on=dt.date(2024, 4, 2), **TERMS)


def test_instalments_and_breaches_are_deadlines(case, signed, osen):
    seen = CaseFile.objects.filter(pk=case.pk)
    found = case_deadlines(seen, first=DAY, last=dt.date(2024, 5, 31))
    assert [(line.day, line.kopecks) for line in found if line.kind == "agreement"] == [
        (dt.date(2024, 4, 15), OPEN // 2),
        (dt.date(2024, 5, 15), OPEN // 2),
    ]
    pay(case, 100, dt.date(2024, 4, 15))
    check_agreements(creditor=osen, on=dt.date(2024, 4, 16))
    found = case_deadlines(seen, first=DAY, last=dt.date(2024, 5, 31))
    assert [line.day for line in found if line.kind == "agreement"] == [dt.date(2024, 4, 19)]


def test_many_agreements_are_checked_by_the_same_queries(osen, officer, django_assert_max_num_queries):
    for number in ("201", "202", "203"):
        one = cases.case_of(cases.billed(osen, number, on=DAY), DAY)
        sign_agreement(case=one, by=officer, on=DAY, **TERMS)
    with django_assert_max_num_queries(12):
        standings(RepaymentAgreement.objects.select_related("case"), on=DAY)


def test_the_pages_of_an_agreement(case, officer, client, osen):
    client.force_login(officer)
    url = f"/cases/{case.pk}/agreement/"
    asked = {"covered_through": "2024-02", "parts": "2", "pay_day": "15", "kind": "equal", "current_too": "on"}
    assert "Посчитать график" in client.get(url).content.decode()
    shown = client.post(url, asked).content.decode()
    assert "Заключить" in shown
    assert not RepaymentAgreement.objects.exists()
    refused = client.post(url, asked | {"covered_through": "2014-02"}).content.decode()
    assert "Рассрочивать нечего" in refused
    signed = client.post(url, asked | {"sign": "1"}, follow=True).content.decode()
    assert "Соглашение № 1" in signed
    assert "Соглашения" in client.get(f"/cases/{case.pk}/").content.decode()
    assert "№\u00a01" in client.get("/agreements/").content.decode()
