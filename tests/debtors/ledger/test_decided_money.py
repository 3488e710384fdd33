"""Money that something was decided about, over generated histories: named months, writs, reversals, undoings, in any order.

What holds at every moment: nothing lies beyond a charge or a payment, the sum of what lies equals payments less credit, and
rebuilding from the facts changes no row.
"""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from debtors.actions.grant_award import Grant, GrantedMonth, grant_award
from debtors.actions.refresh_states import rebuild
from debtors.actions.staging import StagedFact
from debtors.models import Allocation, Award, Booking, Payment, UtilityAccount
from debtors.queries.aged_months import aged_months
from debtors.queries.ageing import age
from debtors.queries.ledger_faults import faults
from debtors.queries.open_months import open_months
from debtors.queries.payment_story import stories
from debtors.queries.recovered import recovered
from debtors.rules.components import Components
from tests.debtors.ledger.conftest import noon
from tests.debtors.ledger.test_properties import DAYS, PROPERTY, TODAY, forgotten, histories, live, postings, undo_some

JUDGED = dt.date(2024, 2, 1)
transfers = st.lists(st.tuples(st.dates(JUDGED, dt.date(2024, 4, 5)), st.integers(1, 9000)), max_size=4)
reversals = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 100), DAYS), max_size=3)


def judge_some(books, day: dt.date, share: int) -> Award | None:
    """The court grants a part of the first account's open months, costs and a penalty."""
    account = books.accounts[0].pk
    rows = open_months(account_ids=[account])
    lines = tuple(
        GrantedMonth(row.account_id, row.service_id, row.month, max(1, row.kopecks * share // 100)) for row in rows[:3]
    )
    granted = Components(sum(line.amount for line in lines), 300, 200)
    asked = Grant(account, granted, JUDGED, "приказ", lines)
    return grant_award(creditor=books.creditor, grant=asked, by=None, learnt_at=noon(day), on=TODAY)


def pay_on_writ(books, award: Award, paid: list, day: dt.date) -> None:
    for number, (paid_on, amount) in enumerate(paid):
        books.add(0, 0, amount=amount, paid_on=paid_on, channel="bailiff", award_id=award.pk, document=f"ПП {number}")
    if paid:
        books.post(day.isoformat(), on=TODAY.isoformat())


def reverse_some(books, picks: list, day: dt.date) -> None:
    """Take back a part of some payments, once each, on the day they came or later."""
    found = list(Payment.objects.filter(amount__gt=0, booking__undone_at=None).exclude(channel="turnover").order_by("pk"))
    taken = {payment.reverses_id for payment in Payment.objects.filter(reverses__isnull=False)}
    for number, share, late in picks:
        if not found:
            return
        paid = found[number % len(found)]
        if paid.pk in taken:
            continue
        taken.add(paid.pk)
        amount = max(1, paid.amount * share // 100)
        parts = {"amount": -amount, "paid_on": max(paid.counts_on, late), "reverses_id": paid.pk, "document": f"с{paid.pk}"}
        books.lines.append(StagedFact(len(books.lines) + 1, paid.account_id, paid.service_id, channel=paid.channel, **parts))
    if books.lines:
        books.post(day.isoformat(), on=TODAY.isoformat())


@PROPERTY
@given(
    history=histories,
    share=st.integers(1, 100),
    paid=transfers,
    later=postings,
    picks=reversals,
    undone=st.one_of(st.none(), st.integers(0, 6)),
)
def test_decided_money_keeps_the_books_sound(books, history, share, paid, later, picks, undone):
    with forgotten():
        live(books, history)
        award = judge_some(books, dt.date(2024, 5, 1), share)
        pay_on_writ(books, award, paid, dt.date(2024, 5, 2))
        for parts in later:
            books.add(**parts)
        books.post("2024-05-03", on=TODAY.isoformat())
        reverse_some(books, picks, dt.date(2024, 5, 4))
        if undone is not None:
            undo_some(undone, dt.date(2024, 5, 5))

        assert {name: found for name, found in faults(TODAY).items() if found} == {}
        check_sums(books, award)
        kept = rows_of()
        changed = rebuild(creditor=books.creditor, by=None, at=noon(dt.date(2024, 6, 1)), on=TODAY)
        assert (rows_of(), changed) == (kept, 0)


def rows_of() -> list[tuple]:
    columns = ("account", "service", "month", "counts_on", "amount", "moved", "earmarked", "why", "payment", "award")
    return sorted(Allocation.objects.filter(withdrawn_at__isnull=True).values_list(*columns), key=str)


def check_sums(books, award: Award) -> None:
    """Sum of allocations = payments - credit; money on a writ never beyond what was granted, nor on other months."""
    for account in books.accounts[:2]:
        accounts = UtilityAccount.objects.filter(pk=account.pk)
        figures = age(accounts, as_of=TODAY).figures
        rows = [row for row in aged_months(accounts, as_of=TODAY) if not row.service.is_penalty]
        assert sum(row.unpaid for row in rows) == figures.total
        for story in stories(account, TODAY):
            assert sum(part.kopecks for part in story.parts) == story.left
    if Award.objects.live().filter(pk=award.pk).exists():
        left = award.granted - recovered([award.pk])[award.pk]
        assert min(left.principal, left.penalty, left.duty) >= 0
        if Booking.objects.filter(pk=award.booking_id, undone_at=None).exists():
            lines = set(award.lines.values_list("service_id", "month"))
            laid = Allocation.objects.filter(award=award, earmarked=True, withdrawn_at__isnull=True)
            assert not lines or set(laid.values_list("service_id", "month")) <= lines
