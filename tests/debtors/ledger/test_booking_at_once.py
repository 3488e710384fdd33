"""Bookings of one creditor made at once: they follow each other, and the books are those of any order."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.db import connection

from debtors.actions.book import book_facts
from debtors.actions.staging import StagedFact
from debtors.models import Allocation, Payment
from debtors.queries.ageing import age
from debtors.queries.dialect import on_postgres
from debtors.queries.ledger_faults import faults
from tests.debtors.ledger.conftest import noon
from tests.debtors.ledger.test_awards import MARCH

TODAY = dt.date(2024, 7, 31)


@pytest.mark.django_db(transaction=True, serialized_rollback=True, available_apps=settings.INSTALLED_APPS)
def test_money_booked_at_once_is_all_there_and_lies_once(books):
    """On SQLite writers queue by themselves, so there one after another is enough."""
    for month in ("2024-03", "2024-04", "2024-05"):
        books.charge(month, 1000).charge(month, 500, service=3)
    books.post("2024-06-01")

    with ThreadPoolExecutor(4 if on_postgres() else 1) as people:
        list(people.map(lambda number: pay(books, number), range(8)))

    assert sum(Payment.objects.values_list("amount", flat=True)) == 8 * 400
    figures = age(None, as_of=TODAY).figures
    assert (figures.total, figures.credit) == (4500 - 3200, 0)
    laid = Allocation.objects.filter(withdrawn_at__isnull=True, earmarked=True)
    assert sum(laid.values_list("amount", flat=True)) == 1500
    assert set(laid.values_list("month", flat=True)) == {MARCH + 1}
    assert not any(faults(TODAY).values())


def pay(books, number: int) -> None:
    """Every second payment names April; what April does not need goes to the oldest month."""
    named = MARCH + 1 if number % 2 else None
    fact = StagedFact(1, books.accounts[0].pk, 0, amount=400, paid_on=dt.date(2024, 6, 3), document=str(number))
    facts = [fact._replace(designated_month=named)]
    try:
        book_facts(creditor=books.creditor, facts=facts, about="оплата", by=None, learnt_at=noon(dt.date(2024, 6, 4)), on=TODAY)
    finally:
        if on_postgres():
            connection.close()
