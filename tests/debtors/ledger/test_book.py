"""Booking: what a posting writes, what it leaves out as known, what it refuses."""

import datetime as dt

import pytest

from casedesk.common import months
from debtors.actions.book import LearntOutOfOrder
from debtors.models import Booking, BookingBasis, Charge, MonthTotal, Payment, ServiceState

MARCH = months.make(2024, 3)


def test_a_month_is_charged_and_paid(books):
    books.charge("2024-03", 10000).pay("2024-03-20", 4000, service=1).post("2024-04-01")

    state = ServiceState.objects.get()
    assert (state.first_month, state.last_month, state.balance, state.oldest_open_month) == (MARCH, MARCH, 6000, MARCH)


def test_a_repeated_posting_brings_nothing(books):
    for day in ("2024-04-01", "2024-04-02"):
        books.charge("2024-03", 10000).pay("2024-03-20", 4000).post(day)

    assert (Charge.objects.count(), Payment.objects.count()) == (1, 1)


def test_an_overlapping_posting_brings_only_what_is_new(books):
    first = books.charge("2024-03", 10000).pay("2024-03-20", 4000).post("2024-04-01")
    second = books.charge("2024-03", 10000).charge("2024-04", 11000).pay("2024-03-20", 4000).post("2024-05-01")

    assert list(second.charges.values_list("month", "charged")) == [(MARCH + 1, 11000)]
    assert BookingBasis.objects.filter(booking=second, stands_on=first, why="known").exists()


def test_totals_are_dense_over_a_gap(books):
    books.charge("2024-03", 10000).post("2024-04-01")
    books.charge("2024-06", 5000).post("2024-07-01")

    rows = MonthTotal.objects.order_by("month").values_list("month", "charged", "cum_charged")
    assert list(rows) == [(MARCH, 10000, 10000), (MARCH + 1, 0, 10000), (MARCH + 2, 0, 10000), (MARCH + 3, 5000, 15000)]


def test_a_back_dated_fact_moves_later_totals(books):
    books.charge("2024-03", 10000).charge("2024-05", 5000).post("2024-06-01")
    books.pay("2024-04-10", 7000, service=1).post("2024-06-02")

    rows = MonthTotal.objects.order_by("month").values_list("cum_charged", "cum_settled")
    assert list(rows) == [(10000, 0), (10000, 7000), (15000, 7000)]


def test_a_booking_cannot_be_learnt_before_the_newest_one(books):
    books.charge("2024-03", 10000).post("2024-04-10")
    with pytest.raises(LearntOutOfOrder):
        books.charge("2024-02", 10000).post("2024-04-09")
    assert Booking.objects.count() == 1


def test_dated_payments_replace_the_turnover_of_their_month(books):
    books.add(month=MARCH, charged=10000, turnover=9000).post("2024-04-01")
    books.pay("2024-03-12", 6000).pay("2024-03-20", 5000).post("2024-04-05")

    assert sorted(Payment.objects.values_list("channel", "amount")) == [
        ("bank", 5000),
        ("bank", 6000),
        ("turnover", -9000),
        ("turnover", 9000),
    ]


def test_turnover_is_booked_only_beyond_dated_payments(books):
    books.charge("2024-03", 10000).pay("2024-03-12", 6000).post("2024-03-31")
    books.add(month=MARCH, turnover=9000).post("2024-04-05")

    assert list(Payment.objects.filter(channel="turnover").values_list("amount", "counts_on")) == [(3000, dt.date(2024, 3, 31))]


def test_an_opening_is_booked_once_and_then_compared(books):
    books.add(month=MARCH, opening=50000, opening_month=MARCH - 1, charged=10000, turnover=4000).post("2024-04-01")
    books.add(month=MARCH + 1, opening=56000, opening_month=MARCH, charged=10000, turnover=0).post("2024-05-01")

    assert list(Charge.objects.filter(kind=3).values_list("month", "charged")) == [(MARCH - 1, 50000)]
    assert ServiceState.objects.get().balance == 66000
