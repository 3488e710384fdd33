"""What must hold for any history: generated postings and undoings against a naive replay of the same facts."""

import datetime as dt
import os
from contextlib import contextmanager

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casedesk.common import months
from debtors.actions.refresh_states import rebuild
from debtors.actions.staging import StagedFact
from debtors.actions.undo_booking import BookingBears, undo_booking
from debtors.models import AccountState, Allocation, Booking, MonthCube, MonthTotal, Payment, ServiceState
from debtors.queries.ageing import age
from debtors.queries.ledger_faults import faults
from tests.debtors.ledger.conftest import noon
from tests.debtors.ledger.naive import age_naively

FIRST = months.make(2021, 1)
START = dt.date(2024, 1, 10)
TODAY = dt.date(2024, 4, 15)
MONTHS = st.sampled_from([FIRST, FIRST + 20, *range(FIRST + 33, FIRST + 39)])
DAYS = st.dates(dt.date(2023, 9, 25), dt.date(2024, 4, 5))
KOPECKS = st.integers(0, 5000)

ACCOUNTS, PRINCIPAL = st.integers(0, 1), st.sampled_from([1, 3])

charges = st.fixed_dictionaries(
    {
        "account": ACCOUNTS,
        "service": st.sampled_from([1, 3, 90]),
        "month": MONTHS,
        "charged": KOPECKS,
        "credited": st.sampled_from([0, 0, 0, 700]),
    }
)
payments = st.fixed_dictionaries(
    {
        "account": ACCOUNTS,
        "service": st.sampled_from([0, 0, 0, 1, 3, 90]),
        "paid_on": DAYS,
        "amount": st.integers(1, 9000),
        "designated_month": st.sampled_from([None, None, FIRST, FIRST + 20, *range(FIRST + 33, FIRST + 40)]),
    }
)
turnovers = st.fixed_dictionaries({"account": ACCOUNTS, "service": PRINCIPAL, "month": MONTHS, "turnover": KOPECKS})
openings = st.fixed_dictionaries(
    {
        "account": ACCOUNTS,
        "service": PRINCIPAL,
        "opening_month": st.sampled_from([FIRST + 31, FIRST + 33]),
        "opening": st.integers(-3000, 6000),
    }
)
postings = st.lists(st.one_of(charges, charges, payments, turnovers, openings), min_size=1, max_size=7)
undoings = st.integers(0, 5)
histories = st.lists(st.one_of(postings, postings, undoings), min_size=1, max_size=5)

PROPERTY = settings(
    max_examples=int(os.environ.get("EXAMPLES", "12")),
    derandomize="EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
"""A dozen fixed histories in every run; `EXAMPLES=500 pytest ...` looks further."""


@contextmanager
def forgotten():
    """Each generated history runs in a transaction of its own, rolled back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live(books, history) -> list[dt.datetime]:
    """Post and undo day by day; return the moments after each step."""
    moments = []
    for step, move in enumerate(history):
        day = START + dt.timedelta(days=step)
        if isinstance(move, int):
            undo_some(move, day)
        else:
            for parts in move:
                books.add(
                    parts["account"], parts["service"], **{k: v for k, v in parts.items() if k not in ("account", "service")}
                )
            books.post(day.isoformat(), on=TODAY.isoformat())
        moments.append(noon(day) + dt.timedelta(hours=1))
    return moments


def undo_some(number: int, day: dt.date) -> None:
    made = list(Booking.objects.filter(undone_at__isnull=True, kind=Booking.Kind.MANUAL).order_by("pk"))
    if made:
        try:
            undo_booking(booking=made[number % len(made)], by=None, reason="проба", at=noon(day), on=TODAY)
        except BookingBears as refusal:
            assert refusal.facts["bearing"]


def derived() -> list[list[tuple]]:
    """Every derived row, ids left out."""
    alive = Allocation.objects.filter(withdrawn_at__isnull=True)
    cube = ("creditor", "territory", "category", "service", "month", "opening", "charged", "credited", "paid")
    return [
        *(list(model.objects.values_list().order_by("pk")) for model in (MonthTotal, ServiceState, AccountState)),
        sorted(MonthCube.objects.values_list(*cube)),
        sorted(alive.values_list("account", "service", "month", "counts_on", "amount", "moved", "earmarked", "why")),
    ]


def aged_by_service(account, as_of, known_on) -> dict[int, dict[str, int]]:
    """The closed form's answer in the naive one's shape."""
    codes = {"heating": 1, "cold_water": 3, "pool": 0, "penalty": 90}
    accounts = type(account).objects.filter(pk=account.pk)
    found = {}
    for row, figures in age(accounts, as_of=as_of, known_on=known_on, by=("service",)).rows:
        named = {**figures.buckets, "not_yet_due": figures.not_yet_due, "credit": figures.credit}
        assert figures.total - figures.credit == figures.not_yet_due + figures.overdue - figures.credit == figures.balance
        if any(named.values()):
            found[codes[row["service"]]] = {name: amount for name, amount in named.items() if amount}
    return found


@PROPERTY
@given(history=histories, as_of=st.dates(dt.date(2023, 9, 1), dt.date(2024, 4, 30)), step=st.integers(0, 5))
def test_any_day_as_known_at_any_moment_equals_a_naive_replay(books, history, as_of, step):
    with forgotten():
        moments = live(books, history)
        for known_on in (None, moments[step % len(moments)]):
            for account in books.accounts[:2]:
                assert aged_by_service(account, as_of, known_on) == age_naively(account.pk, as_of, known_on)


@PROPERTY
@given(history=histories)
def test_what_is_kept_equals_what_is_rebuilt(books, history):
    with forgotten():
        live(books, history)
        kept = derived()
        assert {name: found for name, found in faults(TODAY).items() if found} == {}

        changed = rebuild(creditor=books.creditor, by=None, at=noon(dt.date(2024, 6, 1)), on=TODAY)

        assert (derived(), changed) == (kept, 0)


@PROPERTY
@given(history=histories, posting=postings)
def test_undo_restores_every_figure(books, history, posting):
    with forgotten():
        live(books, history)
        before = derived()
        live_from = dt.date(2024, 5, 1)
        for parts in posting:
            books.add(**parts)
        booking = books.post(live_from.isoformat(), on=TODAY.isoformat())

        undo_booking(booking=booking, by=None, reason="", at=noon(dt.date(2024, 5, 2)), on=TODAY)

        assert derived() == before


@PROPERTY
@given(history=histories, posting=postings)
def test_the_same_posting_twice_brings_nothing_new(books, history, posting):
    with forgotten():
        live(books, history)
        for day in ("2024-05-01", "2024-05-02"):
            for parts in posting:
                books.add(**parts)
            booking = books.post(day, on=TODAY.isoformat())

        assert (booking.charges.count(), booking.payments.count()) == (0, 0)


@PROPERTY
@given(
    history=st.lists(postings, min_size=1, max_size=3), picks=st.lists(st.integers(0, 20), max_size=4), late=st.integers(0, 40)
)
def test_reversals_leave_the_books_sound(books, history, picks, late):
    with forgotten():
        live(books, history)
        dated = list(Payment.objects.exclude(channel="turnover").order_by("pk"))
        for number in {pick % len(dated) for pick in picks} if dated else ():
            paid = dated[number]
            account = [account.pk for account in books.accounts].index(paid.account_id)
            day = paid.counts_on + dt.timedelta(days=late)
            books.lines.append(
                StagedFact(
                    len(books.lines) + 1,
                    books.accounts[account].pk,
                    paid.service_id,
                    amount=-paid.amount,
                    paid_on=day,
                    reverses_id=paid.pk,
                )
            )
        if books.lines:
            books.post("2024-05-01", on=TODAY.isoformat())

        assert {name: found for name, found in faults(TODAY).items() if found} == {}
