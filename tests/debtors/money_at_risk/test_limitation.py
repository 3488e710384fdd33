"""Limitation of open months: the day before, the day, the day after; acknowledgement; the radar equals its lists."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from debtors.actions.record_acknowledgement import WrongAcknowledgement, record_acknowledgement
from debtors.models import UtilityAccount
from debtors.queries.deadlines import case_deadlines
from debtors.queries.limitation import expiring
from debtors.queries.radar import months_ahead, radar, rows_of, weeks_ahead
from debtors.rules.court_fee import fee_to_file
from debtors.rules.deadlines import Kind
from debtors.rules.limitation import last_day_to_claim, newest_month_lost_by
from tests.factories import cases

JANUARY_2021 = months.parse("2021-01")
LAST_DAY = dt.date(2024, 2, 12)
"""Due 10 February 2021; three years later is Saturday, 10 February 2024: moved to Monday."""


def test_last_day_is_the_due_day_three_years_later_moved_to_a_working_day():
    assert last_day_to_claim(JANUARY_2021) == LAST_DAY


@pytest.mark.parametrize("shift, newest", [(-1, "2020-12"), (0, "2021-01"), (1, "2021-01")])
def test_newest_month_lost_at_the_edge(shift, newest):
    assert months.iso(newest_month_lost_by(LAST_DAY + dt.timedelta(days=shift))) == newest


@pytest.fixture
def old_debt(osen) -> UtilityAccount:
    """Charged 40 months before March 2024 (from November 2020), the first month paid."""
    return cases.billed(osen, on=dt.date(2024, 3, 1), count=40, holder="Иванов И. И.")


@pytest.fixture
def case(old_debt):
    return cases.case_of(old_debt, dt.date(2024, 3, 1))


@pytest.mark.parametrize(
    "on, state", [("2024-02-11", "under_30_days"), ("2024-02-12", "under_30_days"), ("2024-02-13", "expired")]
)
def test_state_at_the_edge(old_debt, on, state):
    row = next(row for row in expiring([old_debt.pk]) if row.month == JANUARY_2021)
    assert row.state(dt.date.fromisoformat(on)) == state


def test_acknowledgement_starts_the_named_months_anew(old_debt, case, officer):
    record_acknowledgement(
        case=case,
        acknowledged_on=dt.date(2024, 2, 1),
        first_month=JANUARY_2021,
        last_month=JANUARY_2021 + 1,
        document="акт сверки от 01.02.2024",
        written=True,
        by=officer,
        on=dt.date(2024, 3, 1),
    )
    days = {months.iso(row.month): row.last_day for row in expiring([old_debt.pk])}

    assert days["2020-12"] == dt.date(2024, 1, 11)
    assert days["2021-01"] == days["2021-02"] == dt.date(2027, 2, 1)
    assert days["2021-03"] == dt.date(2024, 4, 12)


def test_wrong_acknowledgements_are_refused(case, officer, auditor):
    fine = {
        "document": "акт",
        "written": True,
        "first_month": JANUARY_2021,
        "last_month": JANUARY_2021,
        "on": dt.date(2024, 3, 1),
    }
    with pytest.raises(WrongAcknowledgement, match="ещё не наступило"):
        record_acknowledgement(case=case, acknowledged_on=dt.date(2024, 3, 2), by=officer, **fine)
    with pytest.raises(WrongAcknowledgement, match="первый не позже последнего"):
        record_acknowledgement(
            case=case, acknowledged_on=dt.date(2024, 2, 1), by=officer, **fine | {"last_month": JANUARY_2021 - 1}
        )
    with pytest.raises(NotAllowed):
        record_acknowledgement(case=case, acknowledged_on=dt.date(2024, 2, 1), by=auditor, **fine)
    assert not case.events.filter(code="debt_acknowledged").exists()


def of(account) -> "UtilityAccount":
    return UtilityAccount.objects.filter(pk=account.pk)


def test_radar_spreads_the_open_months_over_the_weeks(old_debt, case):
    on = dt.date(2024, 3, 1)
    answer = radar(of(old_debt), on=on, slots=weeks_ahead(on))
    by_day = {slot.first: slot.kopecks for slot in answer.slots if slot.kopecks}

    assert by_day == {dt.date(2024, 3, 8): 550_000, dt.date(2024, 4, 12): 550_000, dt.date(2024, 5, 10): 550_000}
    assert answer.lost.kopecks == 2 * 550_000


def test_every_radar_figure_opens_its_months(old_debt, case):
    on = dt.date(2024, 3, 1)
    for slot in radar(of(old_debt), on=on, slots=months_ahead(on)).slots:
        assert sum(row.kopecks for row in rows_of(of(old_debt), slot)) == slot.kopecks


def test_radar_prices_each_account_once(old_debt, case):
    on = dt.date(2024, 3, 1)
    slots = radar(of(old_debt), on=on, slots=months_ahead(on)).slots
    overdue = old_debt.state.overdue
    assert {slot.fee for slot in slots if slot.kopecks} == {fee_to_file(overdue, on)}


@pytest.mark.parametrize(
    "roubles, day, fee",
    [(500_000, "2024-09-08", 4_100_00), (500_000, "2024-09-09", 7_500_00), (500_001, "2024-09-09", 15_000_00)],
)
def test_fee_of_an_order_and_beyond_its_limit(roubles, day, fee):
    assert fee_to_file(roubles * 100, dt.date.fromisoformat(day)) == fee


def test_register_holds_the_next_step_and_the_month_about_to_be_lost(case):
    found = case_deadlines(type(case).objects.all(), first=dt.date(2024, 3, 1), last=dt.date(2024, 3, 31))
    kinds = {line.kind: line for line in found}

    assert kinds[Kind.LIMITATION].day == dt.date(2024, 3, 11)
    assert kinds[Kind.LIMITATION].kopecks == 550_000
    assert kinds[Kind.STEP].day == case.next_due_on
    assert kinds[Kind.STEP].kopecks == case.overdue


def test_register_takes_the_same_queries_for_any_number_of_cases(osen, case):
    span = {"first": dt.date(2024, 3, 1), "last": dt.date(2024, 3, 31)}
    with CaptureQueriesContext(connection) as one:
        case_deadlines(type(case).objects.all(), **span)
    for number in range(4):
        cases.case_of(cases.billed(osen, f"30{number}", on=dt.date(2024, 3, 1), count=40), dt.date(2024, 3, 1))
    with CaptureQueriesContext(connection) as five:
        case_deadlines(type(case).objects.all(), **span)
    assert len(five) == len(one)
