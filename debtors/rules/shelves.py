"""One service of an account as allocation sees it: charges by month, money laid on months, and free money.

Free money covers the oldest charges first, so what is open of all months up to M is
`max(0, charged up to M - laid on them - free money)`. Money laid on a month (earmarked) counts for that month whatever else
comes. Amounts in kopecks.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Shelf:
    """`totals` run over what of each month is not earmarked. `months` may start where debt starts; `below` came before."""

    months: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    below: int = 0
    free: int = 0

    def charge(self, month: int, amount: int) -> None:
        """Add a charge to a month, new or known."""
        if not self.months or month > self.months[-1]:
            self.months.append(month)
            self.totals.append((self.totals[-1] if self.totals else self.below) + amount)
            return
        place = bisect_left(self.months, month)
        if self.months[place] != month:
            insort(self.months, month)
            self.totals.insert(place, self.totals[place - 1] if place else self.below)
        self._shift(place, amount)

    def earmark(self, month: int, amount: int) -> None:
        """Lay money on a month; a negative amount takes it up again. The month must be known."""
        place = bisect_left(self.months, month)
        if place < len(self.months) and self.months[place] == month:
            self._shift(place, -amount)

    def _shift(self, place: int, amount: int) -> None:
        for later in range(place, len(self.totals)):
            self.totals[later] += amount

    def open_of(self, month: int) -> int:
        """What is open of a month; 0 for a month without a charge."""
        place = bisect_left(self.months, month)
        if place == len(self.months) or self.months[place] != month:
            return 0
        return self.totals[place] - max(min(self.free, self.totals[place]), self._before(place))

    def front(self) -> tuple[int, int] | None:
        """The oldest open month and what is open of it."""
        place = bisect_right(self.totals, self.free)
        if place == len(self.totals):
            return None
        return self.months[place], self.totals[place] - max(self.free, self._before(place))

    def open_months(self) -> Iterator[tuple[int, int]]:
        """Every open month and what is open of it, oldest first."""
        for place in range(bisect_right(self.totals, self.free), len(self.totals)):
            left = self.totals[place] - max(self.free, self._before(place))
            if left > 0:
                yield self.months[place], left

    def _before(self, place: int) -> int:
        return self.totals[place - 1] if place else self.below
