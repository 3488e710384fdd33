"""Penalty in a case: equal to the single calculator month by month, kept once, never lost when the principal is paid."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casedesk.access.rights import Role
from casedesk.common import money, months
from casedesk.common.refusals import NotAllowed
from casedesk.norms.calculators.registry import calculate
from debtors.actions.record_penalty import NothingToRecord, record_penalty
from debtors.models import Category, Charge, UtilityAccount
from debtors.queries.ageing import age
from debtors.queries.penalties import penalties
from debtors.queries.penalty_facts import match
from debtors.rules.penalty import ladder_for
from tests.factories import access, cases

DAY = dt.date(2024, 3, 1)
AT = dt.datetime(2024, 3, 1, 12, tzinfo=ZoneInfo("Europe/Moscow"))


def by_calculator(month) -> int:
    """The same month through the published calculator."""
    asked = {
        "principal": money.text(month.charged),
        "due_date": month.due_on.isoformat(),
        "through": DAY.isoformat(),
        "ladder": month.ladder,
        "payments": [{"date": day.isoformat(), "amount": money.text(amount)} for day, amount in month.money],
    }
    return money.kopecks(calculate("penalty", asked)["penalty"])


@pytest.fixture
def account(osen) -> UtilityAccount:
    return cases.billed(osen, on=DAY, count=9)


def of(account) -> UtilityAccount:
    return UtilityAccount.objects.filter(pk=account.pk)


def test_every_month_equals_the_calculator(account):
    report = penalties(of(account), through=DAY)

    assert report.total > 0
    assert [month.penalty for month in report.months] == [by_calculator(month) for month in report.months]


def test_open_principal_is_the_ledgers(account):
    assert penalties(of(account), through=DAY).open == age(of(account), as_of=DAY).figures.total


def test_one_more_day_is_what_tomorrow_adds(account):
    report = penalties(of(account), through=DAY)
    assert report.further == penalties(of(account), through=DAY + dt.timedelta(days=1)).total - report.total


def test_any_number_of_accounts_takes_the_same_queries(osen, account, django_assert_num_queries):
    for number in range(5):
        cases.billed(osen, f"20{number}", on=DAY)
    with django_assert_num_queries(8):
        penalties(UtilityAccount.objects.filter(creditor=osen), through=DAY)


def test_every_category_has_a_ladder():
    assert {ladder_for(category, "heating") for category in Category} == {"housing_155_14", "rso_other", "rso_uo"}
    assert ladder_for("owner", "capital_repair") == "caprepair_155_14_1"
    assert ladder_for("legal_entity", "capital_repair") == "rso_other"


@given(
    st.lists(st.integers(1, 500), min_size=1, max_size=6),
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 700)), max_size=6),
)
def test_money_covers_the_oldest_month_and_no_more_than_it(charged, paid):
    start = months.parse("2023-01")
    charges = [(start + number, amount) for number, amount in enumerate(charged)]
    money_in = sorted((dt.date(2023, 2, 1) + dt.timedelta(days=day), amount) for day, amount in paid)
    covered = {month: sum(amount for _, amount in shares) for month, shares in match(charges, money_in).items()}

    assert all(covered[month] <= amount for month, amount in charges)
    assert sum(covered.values()) == min(sum(charged), sum(amount for _, amount in paid))
    assert all(covered[month] == dict(charges)[month] for month, _ in charges[:-1] if covered[month + 1])


@settings(max_examples=20)
@given(st.integers(1, 10**9))
def test_nothing_is_owed_before_the_due_day(amount):
    assert match([(months.parse("2024-01"), amount)], []) == {months.parse("2024-01"): []}


@pytest.fixture
def case(account):
    return cases.case_of(account, DAY)


def test_record_books_the_growth_and_keeps_the_norms(case, officer):
    kept = record_penalty(case=case, through=DAY, by=officer, at=AT, on=DAY)

    booked = Charge.objects.get(service__code="penalty_to_claim")
    assert kept.total == kept.booked == booked.charged == penalties(of(case.account), through=DAY).total
    assert any(source["norm"].startswith("key_rate") for source in kept.sources)
    assert case.events.filter(code="penalty_recorded").count() == 1


def test_second_record_books_only_what_grew(case, officer):
    first = record_penalty(case=case, through=DAY, by=officer, at=AT, on=DAY)
    later = DAY + dt.timedelta(days=10)
    second = record_penalty(case=case, through=later, by=officer, at=AT, on=later)

    assert second.booked == second.total - first.total > 0


def test_the_same_day_twice_is_refused(case, officer):
    record_penalty(case=case, through=DAY, by=officer, at=AT, on=DAY)
    with pytest.raises(NothingToRecord, match="уже зафиксированы"):
        record_penalty(case=case, through=DAY, by=officer, at=AT, on=DAY)
    assert case.penalty_records.count() == 1


def test_recorded_penalty_stays_outside_the_principal(case, officer):
    before = age(of(case.account), as_of=dt.date(2024, 3, 31)).figures.total
    record_penalty(case=case, through=DAY, by=officer, at=AT, on=DAY)
    after = age(of(case.account), as_of=dt.date(2024, 3, 31)).figures
    assert (after.total, after.penalty) == (before, case.penalty_records.get().total)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REGISTER_CLERK])
def test_who_does_not_work_cases_may_not_record(case, osen, role):
    with pytest.raises(NotAllowed):
        record_penalty(case=case, through=DAY, by=access.person(role, osen, username="other"), at=AT, on=DAY)


def test_a_day_to_come_is_refused(case, officer):
    with pytest.raises(NotAllowed, match="ещё не наступил"):
        record_penalty(case=case, through=DAY + dt.timedelta(days=1), by=officer, at=AT, on=DAY)
