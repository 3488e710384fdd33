"""Awards: what a court granted becomes owed, once; money that came on its writ waits in the pool for it."""

import datetime as dt

import pytest

from debtors.actions.grant_award import AwardDoesNotAddUp, Grant, GrantedMonth, grant_award
from debtors.actions.undo_booking import BookingBears, undo_booking
from debtors.models import COURT_COSTS, PENALTY_TO_CLAIM, Allocation, Award, Charge, Payment, ServiceState, UtilityAccount
from debtors.queries.aged_months import aged_months
from debtors.queries.ageing import age
from debtors.queries.ledger_faults import faults
from debtors.queries.open_months import open_months
from debtors.queries.recovered import recovered
from debtors.rules.components import Components
from tests.debtors.ledger.conftest import noon

MARCH, APRIL = 2024 * 12 + 2, 2024 * 12 + 3
DAY = dt.date(2024, 6, 10)


def grant(books, *, principal=0, penalty=0, duty=0, lines=(), day=DAY):
    first = books.accounts[0].pk
    months = tuple(GrantedMonth(first, service, month, amount) for service, month, amount in lines)
    asked = Grant(first, Components(principal, penalty, duty), day, "приказ 2-1/2024", months)
    return grant_award(creditor=books.creditor, grant=asked, by=None, learnt_at=noon(day), on=dt.date(2025, 1, 31))


def balances(books) -> dict[int, int]:
    states = ServiceState.objects.filter(account=books.accounts[0])
    return {service: balance for service, balance in states.values_list("service", "balance") if balance}


def test_lines_that_do_not_add_up_are_refused(books):
    with pytest.raises(AwardDoesNotAddUp, match="по месяцам 5,00"):
        grant(books, principal=600, lines=[(1, MARCH, 500)])
    with pytest.raises(AwardDoesNotAddUp):
        grant(books)
    assert not Award.objects.exists()


def test_costs_and_penalty_become_owed(books):
    books.charge("2024-03", 500).post("2024-04-01")

    award = grant(books, principal=500, penalty=70, duty=200, lines=[(1, MARCH, 500)])

    assert balances(books) == {1: 500, COURT_COSTS: 200, PENALTY_TO_CLAIM: 70}
    assert award.granted == Components(500, 70, 200)
    assert list(award.lines.values_list("month", "amount")) == [(MARCH, 500)]
    assert not any(faults(dt.date(2025, 1, 31)).values())


def test_a_penalty_already_on_record_is_not_owed_twice(books):
    books.charge("2024-03", 500).charge("2024-05", 50, service=PENALTY_TO_CLAIM).charge("2024-04", 30, service=90)
    books.post("2024-06-01")

    grant(books, principal=500, penalty=70, lines=[(1, MARCH, 500)])

    assert balances(books) == {1: 500, 90: 10, PENALTY_TO_CLAIM: 70}


def test_two_awards_owe_two_penalties(books):
    books.charge("2024-03", 500).post("2024-04-01")

    grant(books, principal=200, penalty=70, duty=10, lines=[(1, MARCH, 200)])
    grant(books, principal=300, penalty=70, duty=10, lines=[(1, MARCH, 300)], day=dt.date(2024, 6, 20))

    assert balances(books) == {1: 500, COURT_COSTS: 20, PENALTY_TO_CLAIM: 140}


def test_undoing_takes_the_award_back(books):
    books.charge("2024-03", 500).post("2024-04-01")
    award = grant(books, principal=500, duty=200, lines=[(1, MARCH, 500)])

    undo_booking(booking=award.booking, by=None, reason="не тот суд", at=noon(dt.date(2024, 6, 11)), on=dt.date(2025, 1, 31))

    assert balances(books) == {1: 500}
    assert not Award.objects.live().exists()
    assert Charge.objects.filter(booking=award.booking).exists()


def test_money_on_a_writ_names_its_award(books):
    books.charge("2024-03", 500).post("2024-04-01")
    award = grant(books, principal=500, lines=[(1, MARCH, 500)])

    books.add(0, 1, amount=100, paid_on=dt.date(2024, 7, 1), channel="bailiff", award_id=award.pk).post("2024-07-02")

    paid = Payment.objects.get()
    assert (paid.award, paid.service_id) == (award, 0)
    assert recovered([award.pk, 99]).keys() == {award.pk, 99}


# --- where the money of a writ goes ---------------------------------------------------------------------------------
def laid(books) -> list[tuple]:
    rows = Allocation.objects.filter(withdrawn_at__isnull=True).order_by("counts_on", "id")
    return list(rows.values_list("service", "month", "amount", "why"))


WRIT, REVERSED = Allocation.Why.WRIT, Allocation.Why.REVERSED
JUNE = 2024 * 12 + 5


def on_writ(books, day: str, amount: int, award, **parts):
    return books.add(0, 0, amount=amount, paid_on=dt.date.fromisoformat(day), channel="bailiff", award_id=award.pk, **parts)


@pytest.fixture
def award(books):
    """Two services owe for March to May; the court granted March and April, costs of 2.00 and a penalty of 0.70."""
    for month in ("2024-03", "2024-04", "2024-05"):
        books.charge(month, 500).charge(month, 100, service=3)
    books.post("2024-06-01")
    lines = [(1, MARCH, 500), (3, MARCH, 100), (1, APRIL, 500)]
    return grant(books, principal=1100, penalty=70, duty=200, lines=lines)


def test_costs_then_granted_months_then_penalty(books, award):
    on_writ(books, "2024-07-01", 500, award).post("2024-07-02")
    assert laid(books) == [(COURT_COSTS, JUNE, 200, WRIT), (1, MARCH, 250, WRIT), (3, MARCH, 50, WRIT)]

    on_writ(books, "2024-08-01", 850, award).post("2024-08-02")
    assert laid(books)[3:] == [
        (1, MARCH, 250, WRIT),
        (3, MARCH, 50, WRIT),
        (1, APRIL, 500, WRIT),
        (PENALTY_TO_CLAIM, JUNE, 50, WRIT),
    ]
    assert recovered([award.pk], dt.date(2024, 7, 31)) == {award.pk: Components(300, 0, 200)}
    assert recovered([award.pk]) == {award.pk: Components(1100, 50, 200)}
    assert open_months_of(books) == {(1, 2024 * 12 + 4): 500, (3, APRIL): 100, (3, 2024 * 12 + 4): 100}


def open_months_of(books) -> dict:
    rows = aged_months(UtilityAccount.objects.filter(pk=books.accounts[0].pk), as_of=dt.date(2025, 1, 31))
    found = {(row.service.pk, row.month): row.unpaid for row in rows if not row.service.is_penalty}
    now = open_months(account_ids=[books.accounts[0].pk])
    assert {(row.service_id, row.month): row.kopecks for row in now} == found
    assert not any(faults(dt.date(2025, 1, 31)).values())
    return found


def test_what_a_writ_brings_beyond_its_award_is_held(books, award):
    books.add(0, 1, amount=1000, paid_on=dt.date(2024, 6, 20), document="касса").post("2024-06-21")
    on_writ(books, "2024-07-01", 1370, award).post("2024-07-02")

    assert recovered([award.pk]) == {award.pk: Components(100, 70, 200)}
    figures = age(None, as_of=dt.date(2024, 7, 31)).figures
    assert (figures.credit, open_months_of(books)) == (1000, {(1, 24292): 500, (3, APRIL): 100, (3, 24292): 100})


def test_a_reversed_transfer_opens_the_months_again(books, award):
    on_writ(books, "2024-07-01", 900, award).post("2024-07-02")
    paid = Payment.objects.get()
    on_writ(books, "2024-07-10", -900, award, reverses_id=paid.pk).post("2024-07-11")

    assert recovered([award.pk]) == {award.pk: Components()}
    assert {row[3] for row in laid(books)} == {WRIT, REVERSED}
    assert sum(open_months_of(books).values()) == 1800


def test_an_award_without_months_pays_the_oldest_in_time(books):
    books.charge("2019-03", 500).charge("2024-03", 500).charge("2024-03", 100, service=3).post("2024-06-01")
    award = grant(books, principal=300, duty=100)

    on_writ(books, "2024-07-01", 450, award).post("2024-07-02")

    assert recovered([award.pk]) == {award.pk: Components(300, 0, 100)}
    assert open_months_of(books) == {(1, 2019 * 12 + 2): 500, (1, MARCH): 250, (3, MARCH): 50}
    assert age(None, as_of=dt.date(2024, 7, 31)).figures.credit == 50


def test_a_granted_month_is_not_lost_to_limitation(books):
    books.charge("2020-12", 500).charge("2023-03", 400).post("2024-01-09")
    grant(books, principal=500, lines=[(1, 2020 * 12 + 11, 500)], day=dt.date(2024, 1, 9))

    books.pay("2024-07-01", 300).post("2024-07-02")

    assert open_months_of(books) == {(1, 2020 * 12 + 11): 200, (1, 2023 * 12 + 2): 400}


def test_an_award_with_money_on_it_is_not_undone(books, award):
    paid = on_writ(books, "2024-07-01", 500, award).post("2024-07-02")

    with pytest.raises(BookingBears, match="test"):
        undo_booking(booking=award.booking, by=None, reason="", at=noon(dt.date(2024, 7, 3)), on=dt.date(2025, 1, 31))
    undo_booking(booking=paid, by=None, reason="", at=noon(dt.date(2024, 7, 3)), on=dt.date(2025, 1, 31))
    undo_booking(booking=award.booking, by=None, reason="", at=noon(dt.date(2024, 7, 3)), on=dt.date(2025, 1, 31))

    assert not any(faults(dt.date(2025, 1, 31)).values())
