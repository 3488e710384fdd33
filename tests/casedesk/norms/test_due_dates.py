"""Until when a bill must be paid: ЖК РФ ст. 155 ч. 1, moved by ГК РФ ст. 193."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.norms.due_dates import ContractDayNotAllowed, due_on, newest_overdue_month

DUE = [
    ("2005-02", "2005-03-10", "the first month of the Housing Code"),
    ("1998-05", "1998-06-10", "older than the Housing Code: its first rule"),
    ("2019-07", "2019-08-12", "10.08.2019 is a Saturday"),
    ("2022-01", "2022-02-10", "an ordinary Thursday"),
    ("2021-04", "2021-05-11", "10.05.2021 is a day off by transfer"),
    ("2024-04", "2024-05-13", "10.05.2024 is a day off by transfer, then a weekend"),
    ("2017-05", "2017-06-13", "Saturday the 10th, then Sunday, then the holiday of 12 June"),
    ("2025-12", "2026-01-12", "10.01.2026 is a Saturday"),
    ("2026-01", "2026-02-10", "the last month under the 10th"),
    ("2026-02", "2026-03-16", "the first month under the 15th, a Sunday"),
    ("2026-03", "2026-04-15", "the second month under the 15th"),
    ("2031-01", "2031-02-17", "beyond the calendar: weekends still move it"),
]


@pytest.mark.parametrize(("month", "due", "why"), DUE)
def test_due_day_of_a_month(month, due, why):
    assert due_on(months.parse(month)).isoformat() == due, why


def test_contract_day_moves_the_due_day_of_an_old_month():
    assert due_on(months.parse("2025-01"), 25) == dt.date(2025, 2, 25)


def test_contract_day_31_means_the_last_day_of_a_short_month():
    assert due_on(months.parse("2024-01"), 31) == dt.date(2024, 2, 29)


def test_contract_day_is_allowed_up_to_january_2026():
    assert due_on(months.parse("2026-01"), 20) == dt.date(2026, 2, 20)


def test_contract_day_is_refused_from_february_2026():
    with pytest.raises(ContractDayNotAllowed, match="2026-02"):
        due_on(months.parse("2026-02"), 20)


@pytest.mark.parametrize("number", [0, 32, -1])
def test_contract_day_must_be_a_day_of_a_month(number):
    with pytest.raises(ContractDayNotAllowed, match="от 1 до 31"):
        due_on(months.parse("2020-05"), number)


@pytest.mark.parametrize(
    ("day", "newest"),
    [
        ("2019-08-12", "2019-06"),  # the moved last day itself is in time
        ("2019-08-13", "2019-07"),
        ("2019-08-31", "2019-07"),
        ("2019-09-10", "2019-07"),
        ("2019-09-11", "2019-08"),
        ("2026-03-16", "2026-01"),
        ("2026-03-17", "2026-02"),
    ],
)
def test_newest_overdue_month_around_the_due_day(day, newest):
    assert months.iso(newest_overdue_month(dt.date.fromisoformat(day))) == newest


def test_newest_overdue_month_agrees_with_due_days_over_twenty_five_years():
    day = dt.date(2004, 1, 1)
    while day < dt.date(2029, 1, 1):
        newest = newest_overdue_month(day)
        assert due_on(newest) < day <= due_on(newest + 1)
        day += dt.timedelta(days=1)
