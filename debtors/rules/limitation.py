"""Limitation of monthly payments (ГК РФ ст. 196-206): a look-up for a month without events, the full rule with them."""

import datetime as dt
from functools import cache

from casedesk.common import months
from casedesk.norms.calculators.limitation import Event, follow
from casedesk.norms.catalogue import shipped
from casedesk.norms.due_dates import due_on
from casedesk.norms.reading import Reading

ASKER = "исковая давность по делу"
EVENT_KINDS = {
    "debt_acknowledged": "acknowledged",
    "agreement_signed": "acknowledged",
    "order_filed": "order_filed",
    "order_set_aside": "order_cancelled",
    "claim_filed": "claim_filed",
}
"""Which case events move a limitation term, and what the rule calls them."""
VOIDED_BY = ("court_returned", "court_refused", "court_withdrawn")
"""Case events after which the filing they follow had no effect on the term (Пленум ВС от 29.09.2015 № 43 п. 17)."""


@cache
def last_day_to_claim(month: int) -> dt.date:
    """The last day on which the month's bill may be claimed, when nothing stopped or renewed the term."""
    return last_day_after(month, ())


def last_day_after(month: int, events: tuple[Event, ...]) -> dt.date | None:
    """The last day after the events; None while a filed order or claim keeps the term from running.

    Events on or before the due day are passed over: there was no overdue debt to stop or acknowledge.
    """
    reading = Reading(shipped(), ASKER)
    due = due_on(month)
    term = follow(due, [event for event in events if event.on > due], reading)
    return reading.on_or_after(term.end) if term.end else None


def newest_month_lost_by(day: dt.date) -> int:
    """The newest month whose last day to claim, without events, is not after the day."""
    month = months.of(day)
    while last_day_to_claim(month) > day:
        month -= 1
    return month
