"""Money without a service: the oldest month first, inside a month in proportion, and back again after an undo."""

import datetime as dt

import pytest

from debtors.actions.undo_booking import AlreadyUndone, BookingBears, undo_booking
from debtors.models import AccountState, Allocation, Booking, MonthCube, MonthTotal, Payment, ServiceState
from debtors.queries.ageing import age
from debtors.rules.allocation import Dealt, Movement, Shelf, Standing, replay
from tests.debtors.ledger.conftest import noon

APRIL, MAY = 2024 * 12 + 3, 2024 * 12 + 4


def test_the_oldest_month_is_paid_first_and_shared_in_proportion():
    standing = Standing({1: Shelf([APRIL], [300]), 3: Shelf([APRIL, MAY], [600, 1000])})

    dealt = replay(standing, [Movement(dt.date(2024, 6, 3), 0, 1000)])

    day = dt.date(2024, 6, 3)
    assert dealt == [Dealt(1, APRIL, day, 300), Dealt(3, APRIL, day, 600), Dealt(3, MAY, day, 100)]


def test_shares_add_up_to_the_kopeck():
    standing = Standing({1: Shelf([MAY], [100]), 2: Shelf([MAY], [100]), 3: Shelf([MAY], [100])})

    dealt = replay(standing, [Movement(dt.date(2024, 6, 3), 0, 100)])

    assert [line.amount for line in dealt] == [33, 34, 33]


def test_a_reversal_takes_back_from_the_newest_month():
    day, later = dt.date(2024, 6, 3), dt.date(2024, 6, 20)
    standing = Standing({1: Shelf([APRIL, MAY], [300, 800])})

    dealt = replay(standing, [Movement(day, 0, 500), Movement(later, 0, -250)])

    assert dealt[2:] == [Dealt(1, MAY, later, -200, why=7), Dealt(1, APRIL, later, -50, why=7)]


def pool_of(books):
    return books.charge("2024-04", 300).charge("2024-04", 600, service=3).charge("2024-05", 400, service=3)


def test_unsplit_money_of_one_service_goes_to_it(books):
    books.charge("2024-05", 500).post("2024-06-01")
    books.pay("2024-06-03", 200).post("2024-06-04")

    assert (Payment.objects.get().service_id, Allocation.objects.count()) == (1, 0)


def test_unsplit_money_waits_for_the_charge_it_covers(books):
    pool_of(books).post("2024-06-01")
    books.pay("2024-06-03", 2000).post("2024-06-04")
    books.charge("2024-06", 500).charge("2024-06", 100, service=3).post("2024-07-01")

    figures = age(None, as_of=dt.date(2024, 6, 29)).figures
    assert (figures.total, figures.credit) == (0, 700)
    figures = age(None, as_of=dt.date(2024, 6, 30)).figures
    assert (figures.total, figures.credit) == (0, 100)
    assert set(Allocation.objects.filter(counts_on="2024-06-30").values_list("service_id", "amount")) == {(1, 500), (3, 100)}


def test_a_back_dated_charge_deals_the_money_afresh(books):
    pool_of(books).post("2024-06-01")
    books.pay("2024-06-03", 400).post("2024-06-04")
    before = age(None, as_of=dt.date(2024, 6, 10), by=("service",))
    books.charge("2024-03", 400).post("2024-06-20")

    live = Allocation.objects.filter(withdrawn_at__isnull=True).values_list("service_id", "month", "amount")
    assert list(live) == [(1, APRIL - 1, 400)]
    assert age(None, as_of=dt.date(2024, 6, 10), known_on=noon(dt.date(2024, 6, 5)), by=("service",)).rows == before.rows


def derived():
    """Every derived row, as it stands."""
    return [list(model.objects.values_list().order_by("pk")) for model in (MonthTotal, ServiceState, AccountState)] + [
        list(MonthCube.objects.order_by("month", "service", "category").values_list("month", "service", "charged", "paid")),
        list(
            Allocation.objects.filter(withdrawn_at__isnull=True)
            .order_by("counts_on", "service", "month")
            .values_list("account", "service", "month", "counts_on", "amount")
        ),
    ]


def test_undo_restores_every_figure(books):
    pool_of(books).pay("2024-06-03", 1000).post("2024-06-04")
    before = derived()
    booking = books.charge("2024-03", 700, service=5).charge("2024-08", 100).pay("2024-06-02", 250).post("2024-09-01")
    assert derived() != before

    undo_booking(booking=booking, by=None, reason="не тот файл", at=noon(dt.date(2024, 9, 2)), on=dt.date(2025, 1, 31))

    assert derived() == before


def test_undo_of_the_first_booking_leaves_nothing(books):
    booking = pool_of(books).pay("2024-06-03", 1000).post("2024-06-04")

    undo_booking(booking=booking, by=None, reason="", at=noon(dt.date(2024, 9, 2)), on=dt.date(2025, 1, 31))

    assert derived() == [[], [], [], [], []]
    assert Booking.objects.get(pk=booking.pk).charges.count() == 3


def test_undo_is_refused_while_something_stands_on_it(books):
    first = books.charge("2024-05", 500).post("2024-06-01")
    second = books.charge("2024-05", 500).charge("2024-06", 500).post("2024-07-01")

    with pytest.raises(BookingBears) as refused:
        undo_booking(booking=first, by=None, reason="", at=noon(dt.date(2024, 9, 2)), on=dt.date(2025, 1, 31))

    assert refused.value.facts["bearing"] == [second]


def test_undo_twice_is_refused(books):
    booking = books.charge("2024-05", 500).post("2024-06-01")
    for _ in range(2):
        try:
            undo_booking(booking=booking, by=None, reason="", at=noon(dt.date(2024, 9, 2)), on=dt.date(2025, 1, 31))
        except AlreadyUndone as refusal:
            assert "уже отменена" in refusal.message
            return
    pytest.fail("the second undo went through")
