"""What allocation works on and gives: facts of an account, where it stands, and the parts of payments put somewhere."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from casedesk.common import months
from casedesk.norms.catalogue import shipped
from debtors.rules.shelves import Shelf

POOL = 0
COSTS, PENALTY = 91, 92
OLDEST_LOST = 12 * min(value.value for value in shipped().norm("limitation.years").values if value.value) + 1
"""Months back from a day that a bill must lie at least to be lost to limitation on it: the term (ГК РФ ст. 196) and the month
in which the bill falls due."""


class Why(IntEnum):
    """The rule that put money where it is. The values are those of `Allocation.Why`."""

    OLDEST = 1
    DESIGNATED = 2
    WRIT = 3
    WITHIN_LIMITATION = 4
    BARRED = 5
    WAITING = 6
    REVERSED = 7


class Movement(NamedTuple):
    """One fact of an account. A charge names its `month`; money has None. Credits are money without a payment."""

    day: dt.date
    service: int
    amount: int
    month: int | None = None
    payment: int | None = None
    designated: int | None = None
    award: int | None = None
    reverses: int | None = None
    write_off: bool = False
    """No money: a month leaves the books, or (negative) is owed again. Both before the day's money is dealt."""


class Dealt(NamedTuple):
    """A part of a payment put somewhere. Negative: taken back. `moved`: between the pool and the service."""

    service: int
    month: int
    day: dt.date
    amount: int
    moved: bool = True
    earmarked: bool = False
    why: int = Why.OLDEST
    payment: int | None = None
    award: int | None = None


Barred = Callable[[int, int, dt.date], bool]
"""(service, month, day) -> whether the month is lost to limitation on the day."""


@dataclass
class Held:
    """Money in the pool. `service` is set when it waits for a month of that service."""

    day: dt.date
    payment: int | None
    amount: int
    designated: int | None = None
    award: int | None = None
    service: int = POOL

    @property
    def waits_until(self) -> dt.date | None:
        return months.last_day(self.designated) if self.designated is not None else None


@dataclass
class AwardBook:
    """What one award still asks of one account. `lines`: month -> service -> kopecks; `unnamed`: principal without months."""

    month: int
    duty: int = 0
    penalty: int = 0
    lines: dict[int, dict[int, int]] = field(default_factory=dict)
    unnamed: int = 0

    def take(self, service: int, month: int, amount: int) -> None:
        """Note that money came; negative: that it was taken back."""
        if service == COSTS:
            self.duty -= amount
        elif service == PENALTY:
            self.penalty -= amount
        elif month in self.lines and service in self.lines[month]:
            self.lines[month][service] -= amount
        else:
            self.unnamed -= amount


Key = tuple[int, int, bool, bool, int | None]
"""(service, month, moved, earmarked, award): where a payment's money lies."""


@dataclass
class Standing:
    """An account on the evening before the first replayed day."""

    shelves: dict[int, Shelf] = field(default_factory=dict)
    pool: list[Held] = field(default_factory=list)
    short: int = 0
    """What was taken back from the pool before it came."""
    awards: dict[int, AwardBook] = field(default_factory=dict)
    laid: dict[int | None, dict[Key, int]] = field(default_factory=dict)
    """payment -> where its money lies; earlier days are needed only for payments that are going to be reversed."""


def never(service: int, month: int, day: dt.date) -> bool:
    """Nothing is ever lost to limitation."""
    return False
