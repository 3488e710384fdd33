"""What changes in the norms soon: values that begin, end, or that nobody has checked as far as the day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.norms.norm import Norm, Value

HORIZON = dt.timedelta(days=90)


@dataclass(frozen=True)
class Change:
    """One thing to know: `kind` is begins, ends or unchecked; `on` its day."""

    on: dt.date
    kind: str
    norm: Norm
    value: Value


def changes(norms: Iterable[Norm], day: dt.date, horizon: dt.timedelta = HORIZON) -> list[Change]:
    """Changes from the day through the horizon, soonest first; a table checked only up to an earlier day comes too."""
    until = day + horizon
    found = [change for norm in norms for change in _of(norm, day, until)]
    return sorted(found, key=lambda change: (change.on, change.norm.name))


def _of(norm: Norm, day: dt.date, until: dt.date) -> Iterable[Change]:
    for value in norm.values:
        if day < value.valid_from <= until:
            yield Change(value.valid_from, "begins", norm, value)
        if value.valid_to and day <= value.valid_to <= until and norm.at(value.valid_to + dt.timedelta(days=1)) is None:
            yield Change(value.valid_to, "ends", norm, value)
    if norm.verified_through and norm.verified_through < until:
        yield Change(norm.verified_through, "unchecked", norm, norm.values[-1])
