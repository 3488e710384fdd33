"""The production calendar: ТК РФ ст. 111, 112 and the yearly transfers."""

import datetime as dt

import pytest

from casedesk.norms.working_days import working_calendar

ONE_DAY = dt.timedelta(days=1)


def working_days_of(year: int) -> int:
    calendar, day = working_calendar(), dt.date(year, 1, 1)
    count = 0
    while day.year == year:
        count += calendar.is_working(day)
        day += ONE_DAY
    return count


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2016, 247), (2017, 247), (2018, 247), (2019, 247), (2020, 248), (2021, 247),
        (2022, 247), (2023, 247), (2024, 248), (2025, 247), (2026, 247), (2027, 247),
    ],
)  # fmt: skip
def test_working_days_in_a_year_as_published(year, days):
    assert working_days_of(year) == days


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2024-04-26", True),
        ("2024-04-27", True),  # a working Saturday
        ("2024-04-29", False),
        ("2026-03-09", False),
        ("2025-11-01", True),
        ("2012-01-08", False),
        ("2013-01-08", False),
        ("2008-01-08", True),  # a holiday only since 2013
    ],
)
def test_days_that_transfers_and_holidays_decide(day, works):
    assert working_calendar().is_working(dt.date.fromisoformat(day)) is works


def test_term_in_working_days_ends_on_the_last_of_them():
    assert working_calendar().add(dt.date(2026, 4, 30), 5) == dt.date(2026, 5, 8)


def test_term_of_no_days_ends_on_the_next_working_day():
    assert working_calendar().add(dt.date(2026, 5, 9), 0) == dt.date(2026, 5, 12)


def test_known_years_are_sure_and_others_say_why_not():
    calendar = working_calendar()
    assert calendar.doubt(dt.date(2026, 12, 31)) is None
    assert "2015" in calendar.doubt(dt.date(2015, 12, 31))
    assert "сверьте" in calendar.doubt(dt.date(2027, 1, 1))
    assert "2028" in calendar.doubt(dt.date(2028, 1, 1))
