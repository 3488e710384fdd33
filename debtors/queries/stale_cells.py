"""Which months of the dashboard's cells no longer say what is known now."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Min, Q

from casedesk.common import months
from debtors.models import Allocation, Booking, CaseEvent, CellStamp, Charge, Payment

Key = tuple[int, str]
"""Creditor id and kind of cells."""


@dataclass(frozen=True)
class Known:
    """The newest booking, undoing and case event of all."""

    booking: int
    undone_at: dt.datetime | None
    event: int


def known_now() -> Known:
    """Three looks at the ends of indexes."""
    booked = Booking.objects.aggregate(newest=Max("pk"))["newest"] or 0
    undone = Booking.objects.aggregate(newest=Max("undone_at"))["newest"]
    return Known(booked, undone, CaseEvent.objects.aggregate(newest=Max("pk"))["newest"] or 0)


@dataclass(frozen=True)
class Looked:
    """What a look at the stamps found.

    `stale`: (creditor, kind) -> months to write anew. `behind`: creditors with a stamp older than the newest booking; until
    their stamps are moved on, every look asks what came since.
    """

    stale: dict[Key, list[int]]
    behind: frozenset[int]


def stale_cells(creditors: Iterable[int], span: Iterable[int], now: Known) -> Looked:
    """Months never written, or touched by a fact learnt since. One query if all is fresh.

    A moved account (another house) is taken up by the next fact of its month, as in the month cube.
    """
    asked = sorted(span)
    stamps: dict[Key, dict[int, Known]] = {(creditor, kind): {} for creditor in creditors for kind in CellStamp.Kind.values}
    held = CellStamp.objects.filter(creditor__in={creditor for creditor, _ in stamps}, month__in=asked)
    for creditor, kind, month, *known in held.values_list("creditor_id", "kind", "month", "booking", "undone_at", "event"):
        stamps[creditor, kind][month] = Known(*known)
    found = {key: _stale(key, written, asked, now) for key, written in stamps.items()}
    behind = {
        creditor
        for (creditor, _), written in stamps.items()
        if any((then.booking, then.undone_at) != (now.booking, now.undone_at) for then in written.values())
    }
    return Looked({key: listed for key, listed in found.items() if listed}, frozenset(behind))


def _stale(key: Key, written: dict[int, Known], asked: list[int], now: Known) -> list[int]:
    changed = {known: _changed_from(key, known, now) for known in set(written.values())}
    return [month for month in asked if month not in written or _reaches(changed[written[month]], month)]


def _reaches(changed: dt.date | None, month: int) -> bool:
    return changed is not None and changed <= months.last_day(month)


def _changed_from(key: Key, then: Known, now: Known) -> dt.date | None:
    """The first day whose figures were changed by what the creditor learnt since; None when nothing was."""
    creditor, kind = key
    days = []
    if (then.booking, then.undone_at) != (now.booking, now.undone_at):
        undone = Q(undone_at__gt=then.undone_at) if then.undone_at else Q(undone_at__isnull=False)
        since = Booking.objects.filter(Q(pk__gt=then.booking) | undone, creditor=creditor)
        days += _first_days(list(since.values_list("pk", flat=True)))
    if kind == CellStamp.Kind.RECOVERED and then.event != now.event:
        events = CaseEvent.objects.filter(pk__gt=then.event, case__creditor=creditor)
        days.append(events.aggregate(first=Min("happened_on"))["first"])
    return min(filter(None, days), default=None)


def _first_days(bookings: list[int]) -> list[dt.date | None]:
    if not bookings:
        return []
    facts = [Charge, Payment, Allocation]
    found = [model.objects.filter(booking__in=bookings).aggregate(first=Min("counts_on"))["first"] for model in facts]
    withdrawn = Allocation.objects.filter(withdrawn_booking__in=bookings)
    return [*found, withdrawn.aggregate(first=Min("counts_on"))["first"]]
