"""The ledger told naively: facts known at a moment, replayed line by line. What the closed form is held against."""

import datetime as dt

from casedesk.norms.due_dates import due_on
from casedesk.town.replay import Line, replay
from debtors.models import Booking, Charge, Payment

PENALTIES = frozenset({90, 91, 92})
EDGES = ((3, "1-3"), (12, "3-12"), (24, "12-24"), (36, "24-36"), (10**6, "36+"))


def known(known_on: dt.datetime | None) -> set[int]:
    """Ids of the bookings whose facts count at the moment (None: now)."""
    found = set()
    for booking in Booking.objects.all():
        if known_on is None:
            live = booking.undone_at is None
        else:
            live = booking.learnt_at <= known_on and (booking.undone_at is None or booking.undone_at > known_on)
        if live:
            found.add(booking.pk)
    return found


def lines(account: int, bookings: set[int]) -> list[Line]:
    found = []
    for charge in Charge.objects.filter(account=account, booking__in=bookings):
        if charge.charged:
            found.append(Line(charge.counts_on, charge.service_id, charge.charged, charge.month))
        if charge.credited:
            found.append(Line(charge.counts_on, charge.service_id, charge.credited))
    for payment in Payment.objects.filter(account=account, booking__in=bookings):
        named = None if payment.service_id in PENALTIES or payment.award_id else payment.designated_month
        found.append(Line(payment.counts_on, payment.service_id, payment.amount, named=named))
    return found


def age_naively(account: int, as_of: dt.date, known_on: dt.datetime | None) -> dict[int, dict[str, int]]:
    """service -> its figures that are not zero: `not_yet_due`, buckets, `credit`; penalty services are left out."""
    facts = [line for line in lines(account, known(known_on)) if line.day <= as_of]
    ((_, standing),) = replay(facts, [as_of], PENALTIES)
    found: dict[int, dict[str, int]] = {}
    for service, queue in standing.open.items():
        for month, amount in queue:
            delay = 0
            while due_on(month + delay) < as_of:
                delay += 1
            name = next(name for last, name in EDGES if delay <= last) if delay else "not_yet_due"
            _add(found, service, name, amount)
    for service, amount in standing.spare.items():
        _add(found, service, "credit", amount)
    for line in standing.waiting:
        _add(found, 0, "credit", line.amount)
    return found


def _add(found, service: int, name: str, amount: int) -> None:
    if amount and service not in PENALTIES:
        figures = found.setdefault(service, {})
        figures[name] = figures.get(name, 0) + amount
