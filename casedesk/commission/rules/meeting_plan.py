"""The plan of a year's meetings: which months by the rhythm, which day of the month."""

import datetime as dt
from collections.abc import Callable

from casedesk.commission.rules.words import Rhythm
from casedesk.common import months

MONTHS = {
    Rhythm.MONTHLY: tuple(range(1, 13)),
    Rhythm.QUARTERLY: (3, 6, 9, 12),
    Rhythm.MILESTONES: (6, 9, 12),
}
"""Plan rows P1.1 and L-App3 ask for a meeting each month, P3.1 each quarter, L1 at 6, 9 and 12 months."""


def planned_days(year: int, rhythm: str, day: int, working: Callable[[dt.date], dt.date]) -> list[dt.date]:
    """The days of the year's meetings: the `day` of the month (its last one when shorter), moved to a working day."""
    found = []
    for number in MONTHS[Rhythm(rhythm)]:
        last = months.last_day(months.make(year, number))
        moved = working(last.replace(day=min(day, last.day)))
        found.append(moved if moved.month == number else _last_working(last, working))
    return found


def _last_working(last: dt.date, working: Callable[[dt.date], dt.date]) -> dt.date:
    """The last working day up to the day: a meeting of June does not slip into July."""
    day = last
    while working(day) != day:
        day -= dt.timedelta(days=1)
    return day


def months_without(year: int, rhythm: str, met: set[int], *, upto: dt.date) -> list[int]:
    """Billing months that asked for a meeting, are over by the day and had none."""
    asked = [months.make(year, number) for number in MONTHS[Rhythm(rhythm)]]
    return [month for month in asked if months.last_day(month) < upto and month not in met]
