"""How old a debt is (возраст задолженности), in months of delay.

A month's bill is overdue on a day when its last day for payment has passed (Housing Code art. 155 part 1). The age of a
month is the number of months of delay that have begun: 1 for the newest overdue month. The buckets are those of the
municipal form: up to 3 months, 3 to 12, 12 to 24, 24 to 36, over 36.

Money settles the oldest charges first (Civil Code art. 319.1 part 3), so what is open of all charges up to a month is
`max(0, charged up to it - all money)`. Every function here is that one sentence; the bulk query says it in SQL.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.norms.due_dates import newest_overdue_month

BUCKETS = ("1-3", "3-12", "12-24", "24-36", "36+")
FIRST_AGES = (1, 4, 13, 25, 37)
"""The age, in begun months of delay, with which each bucket starts."""


@dataclass(frozen=True)
class Borders:
    """The newest month of each bucket on a day, youngest bucket first."""

    newest_overdue: int

    @property
    def months(self) -> tuple[int, ...]:
        return tuple(self.newest_overdue - age + 1 for age in FIRST_AGES)

    def age_of(self, month: int) -> int:
        """Begun months of delay; 0 and less: not yet due."""
        return self.newest_overdue - month + 1

    def bucket_of(self, month: int) -> str | None:
        """The bucket of a month; None when it is not yet due."""
        age = self.age_of(month)
        found = None
        for name, first in zip(BUCKETS, FIRST_AGES, strict=True):
            if age >= first:
                found = name
        return found


def borders_on(day: dt.date) -> Borders:
    """The bucket borders of a day."""
    return Borders(newest_overdue_month(day))


def open_by_month(charges: Iterable[tuple[int, int]], settled: int) -> list[tuple[int, int]]:
    """What is open of each month's charges after money has gone to the oldest first; months in order, zeros left out."""
    left, result = settled, []
    for month, charged in sorted(charges):
        covered = min(max(left, 0), charged)
        left -= covered
        if charged > covered:
            result.append((month, charged - covered))
    return result


def average_charge(months_charged: Iterable[int]) -> int:
    """The average of the months that were charged at all, half up; 0 when none was."""
    charged = [amount for amount in months_charged if amount > 0]
    return (2 * sum(charged) + len(charged)) // (2 * len(charged)) if charged else 0


def months_of_debt_x100(overdue: int, average: int) -> int:
    """Overdue debt in average monthly charges, hundredths, rounded down; 0 when nothing was ever charged."""
    return overdue * 100 // average if average else 0
