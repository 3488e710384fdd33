"""Which share of the annual rate each day of delay costs, by the number of the day.

Day 1 is the first day after the due day. Where the law changed the ladder during a delay (01.01.2016), each day takes the
ladder in force on it, and the number of the day runs on.
"""

import datetime as dt
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass

from casedesk.norms.norm import Value
from casedesk.norms.reading import Reading

ONE_DAY = dt.timedelta(days=1)
A_YEAR = "year"
"""In the data: the share is one part of the year's actual days (ГК РФ ст. 395)."""
FREE = "0"
"""The share of days on which the ladder asks for nothing yet."""

HOUSING = ("housing_155_14", "caprepair_155_14_1")
SUPPLY = ("rso_other", "rso_tsj", "rso_uo")
FLAT = ("flat_1_300", "flat_2_300", "flat_1_150")
LADDERS = (*HOUSING, *SUPPLY, *FLAT, "contract_daily", "gk395")


@dataclass(frozen=True)
class Step:
    """A run of days with one share, both ends included."""

    first: dt.date
    last: dt.date
    share: str


def steps_between(ladder: str, *, due: dt.date, first: dt.date, last: dt.date, reading: Reading) -> Iterator[Step]:
    """The days from `first` to `last` of a debt due on `due`, cut where the share changes. Raises NormNotKnown."""
    day = first
    norm = reading.norms.norm(f"penalty_ladders.{ladder}")
    while day <= last:
        value = reading.find(norm.name, day)
        share, until = _share(value, due, day)
        if share == A_YEAR:
            share, until = f"1/{366 if isleap(day.year) else 365}", min(until, dt.date(day.year, 12, 31))
        end = min(last, until)
        yield Step(day, end, share)
        day = end + ONE_DAY


def _share(value: Value, due: dt.date, day: dt.date) -> tuple[str, dt.date]:
    """The share on the day, and the last day on which the same row of the ladder holds."""
    number = (day - due).days
    share, until = FREE, value.valid_to or dt.date.max
    for step in value.value:
        starts = due + dt.timedelta(days=step["day"])
        if step["day"] <= number:
            share = step["share"]
        else:
            until = min(until, starts - ONE_DAY)
            break
    return share, until
