"""Schedules of agreements: parts add up to the kopeck, days are working days, wrong terms are named."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casedesk.norms.working_days import working_calendar
from debtors.rules.schedule import ScheduleKind, Terms, WrongSchedule, schedule

SIGNED = dt.date(2024, 3, 21)


def test_equal_parts_after_the_month_of_signing():
    parts = schedule(Terms(100_000, 3, SIGNED, 15))
    assert [(part.number, part.due_on, part.amount) for part in parts] == [
        (1, dt.date(2024, 4, 15), 33_333),
        (2, dt.date(2024, 5, 15), 33_334),
        (3, dt.date(2024, 6, 17), 33_333),
    ]


def test_declining_parts_a_first_payment_and_a_holiday():
    parts = schedule(Terms(700_00, 3, SIGNED, 31, ScheduleKind.DECLINING, first_payment=100_00, holiday=2))
    assert [part.amount for part in parts] == [100_00, 300_00, 200_00, 100_00]
    assert [part.due_on for part in parts] == [SIGNED, dt.date(2024, 7, 1), dt.date(2024, 7, 31), dt.date(2024, 9, 2)]


@given(
    total=st.integers(1, 10**10),
    parts=st.integers(1, 60),
    pay_day=st.integers(1, 31),
    kind=st.sampled_from(ScheduleKind),
    first=st.integers(0, 10**9),
    holiday=st.integers(0, 24),
    signed=st.dates(dt.date(2018, 1, 1), dt.date(2030, 12, 31)),
)
def test_parts_add_up_and_follow_each_other(total, parts, pay_day, kind, first, holiday, signed):
    terms = Terms(total, parts, signed, pay_day, kind, first, holiday)
    try:
        found = schedule(terms)
    except WrongSchedule as refusal:
        assert first >= total or total - first < parts * (parts + 1)
        assert "₽" in refusal.message
        return
    assert sum(part.amount for part in found) == total
    assert all(part.amount > 0 for part in found)
    assert [part.number for part in found] == list(range(1, len(found) + 1))
    days = [part.due_on for part in found]
    assert days == sorted(days)
    assert all(working_calendar().is_working(day) for day in days[bool(first) :])


@pytest.mark.parametrize(
    "terms, named",
    [
        (Terms(0, 3, SIGNED, 15), "Рассрочивать нечего"),
        (Terms(100, 0, SIGNED, 15), "Взносов 0"),
        (Terms(100, 61, SIGNED, 15), "Взносов 61"),
        (Terms(100, 3, SIGNED, 32), "День платежа 32"),
        (Terms(100, 3, SIGNED, 15, first_payment=100), "меньше долга"),
        (Terms(100, 3, SIGNED, 15, holiday=99), "Отсрочка 99"),
        (Terms(2, 3, SIGNED, 15), "в 0 копеек"),
    ],
)
def test_wrong_terms_are_named(terms, named):
    with pytest.raises(WrongSchedule, match=named):
        schedule(terms)
