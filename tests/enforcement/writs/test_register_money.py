"""Writs of registers carry no award: what they granted, presented, collected and left adds up all the same."""

import datetime as dt
from dataclasses import fields

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from debtors.actions.book import book_facts, open_booking
from debtors.actions.staging import StagedFact
from debtors.actions.undo_booking import undo_booking
from debtors.models import Booking, Payment
from debtors.rules.components import Components
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.actions.run_pass import run_pass
from enforcement.models import Writ
from enforcement.queries.writ_money import WritMoney, covered_by, writ_money
from tests.factories import access, cases

ISSUED, DAY = dt.date(2023, 5, 10), dt.date(2024, 3, 1)
GRANTED = Components(1_000_000, 50_000, 20_000)
kopecks = st.integers(0, 10**9)


@pytest.fixture
def owed(osen):
    return cases.billed(osen, "100", on=DAY)


@pytest.fixture
def writ(osen, owed) -> Writ:
    return registered(osen, owed)


def registered(osen, owed, number: str = "2-100/2023", issued_on: dt.date = ISSUED, **proceeding) -> Writ:
    booking = open_booking(creditor=osen, kind=Booking.Kind.IMPORT, about="реестр", by=None, learnt_at=timezone.now())
    sums = {"principal": GRANTED.principal, "penalty": GRANTED.penalty, "duty": GRANTED.duty}
    register_writs(booking=booking, rows=[WritRow(owed.pk, "court_order", number, issued_on, **sums, **proceeding)])
    return Writ.objects.get(number=number)


def pay(osen, owed, amount: int, on: dt.date = DAY, document: str = "п1") -> Booking:
    fact = StagedFact(1, owed.pk, 0, amount=amount, paid_on=on, channel=Payment.Channel.BAILIFF, document=document)
    book_facts(creditor=osen, facts=[fact], about="приставы", by=None, learnt_at=timezone.now(), on=max(on, DAY))
    return Booking.objects.order_by("pk").last()


def money(writ: Writ) -> WritMoney:
    sums = writ_money([writ])[writ.pk]
    for one in fields(Components):
        part = one.name
        granted, collected, left = (getattr(whole, part) for whole in (sums.granted, sums.collected, sums.remaining))
        assert granted == collected + left
        assert 0 <= collected <= granted
    return sums


@given(principal=kopecks, penalty=kopecks, duty=kopecks, came=st.integers(-(10**9), 4 * 10**9))
def test_what_money_covers_adds_up(principal, penalty, duty, came):
    granted = Components(principal, penalty, duty)

    covered = covered_by(granted, came)

    assert covered.total == min(max(came, 0), granted.total)
    assert all(0 <= getattr(covered, one.name) <= getattr(granted, one.name) for one in fields(Components))


@pytest.mark.django_db
def test_the_register_says_what_was_granted(writ):
    assert money(writ) == WritMoney(GRANTED, None, Components())


@pytest.mark.django_db
def test_a_proceeding_says_it_was_presented(osen, owed):
    writ = registered(osen, owed, proceeding="45978/23/51034-ИП", opened_on=dt.date(2023, 6, 1))

    assert money(writ).presented == GRANTED


@pytest.mark.django_db
def test_money_of_the_bailiffs_pays_costs_then_principal_then_penalty(osen, owed, writ):
    pay(osen, owed, 520_000)
    assert money(writ).collected == Components(500_000, 0, 20_000)

    pay(osen, owed, 530_000, document="п2")
    assert money(writ).collected == Components(1_000_000, 30_000, 20_000)

    pay(osen, owed, 900_000, document="п3")
    assert (money(writ).collected, money(writ).remaining) == (GRANTED, Components())


@pytest.mark.django_db
def test_money_by_another_way_is_not_the_bailiffs(osen, owed, writ):
    fact = StagedFact(1, owed.pk, 0, amount=100_000, paid_on=DAY, channel=Payment.Channel.BANK, document="б1")
    book_facts(creditor=osen, facts=[fact], about="банк", by=None, learnt_at=timezone.now(), on=DAY)

    assert money(writ).collected == Components()


@pytest.mark.django_db
def test_of_two_writs_the_one_issued_last_by_then_is_paid(osen, owed, writ):
    later = registered(osen, owed, "2-200/2024", dt.date(2024, 2, 1))
    pay(osen, owed, 100_000, dt.date(2024, 1, 15))
    pay(osen, owed, 70_000, DAY, "п2")

    assert (money(writ).collected.total, money(later).collected.total) == (100_000, 70_000)


@pytest.mark.django_db
def test_undone_money_is_not_collected(osen, owed, writ):
    undo_booking(booking=pay(osen, owed, 100_000), by=None, reason="повтор", at=timezone.now(), on=DAY)

    assert money(writ).collected == Components()


@pytest.mark.django_db
def test_it_is_presented_for_what_is_left(osen, owed, writ, officer):
    run_pass(creditor=osen, on=DAY, by=None)
    pay(osen, owed, 520_000)

    present_writ(writ=Writ.objects.get(), to=Addressed(department=access.department()), by=officer, on=DAY)

    assert money(writ).presented == Components(500_000, 50_000, 0)


@pytest.mark.django_db
def test_many_writs_take_as_many_queries_as_one(osen):
    owing = [cases.billed(osen, f"20{number}", on=DAY) for number in range(6)]
    made = [registered(osen, owed, f"2-{owed.number}/2023") for owed in owing]
    for owed in owing:
        pay(osen, owed, 10_000)

    with CaptureQueriesContext(connection) as one:
        writ_money(made[:1])
    with CaptureQueriesContext(connection) as many:
        found = writ_money(made)

    assert len(one) == len(many) == 5
    assert {sums.collected.total for sums in found.values()} == {10_000}
