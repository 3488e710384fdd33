"""Which money paid which instalment: payments laid on the schedule in the order in which they came."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from debtors.rules.schedule import Part


@dataclass(frozen=True)
class Paid:
    """Money that lay on covered months: the day it counts for, kopecks, the payment's key (0: a recalculation)."""

    on: dt.date
    kopecks: int
    payment: int = 0


@dataclass(frozen=True)
class Laid:
    """A part of a payment on an instalment; without a part: beyond the schedule."""

    paid: Paid
    part: Part | None
    kopecks: int

    @property
    def is_late(self) -> bool:
        return self.part is not None and self.paid.on > self.part.due_on


def lay(parts: Iterable[Part], money: Sequence[Paid]) -> list[Laid]:
    """Lay money on the instalments, first to last. Every kopeck is laid once; what is beyond the schedule says so.

    A payment on the last day itself is in time (ГК РФ ст. 194).
    """
    waiting = [(part, part.amount) for part in sorted(parts, key=lambda part: part.number)]
    laid = []
    for paid in sorted(money, key=lambda one: (one.on, one.payment)):
        left = paid.kopecks
        while left > 0 and waiting:
            part, missing = waiting[0]
            taken = min(left, missing)
            laid.append(Laid(paid, part, taken))
            left -= taken
            waiting[0] = (part, missing - taken)
            if taken == missing:
                waiting.pop(0)
        if left > 0:
            laid.append(Laid(paid, None, left))
    return laid
