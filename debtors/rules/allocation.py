"""How money received for an account and not split by service reaches the services (разнесение).

Civil Code art. 319.1 part 3 and Plenum 22 of 2016 p. 32: money without a named period goes to the oldest debt first; debts of
one age share it in proportion. Penalties come last (Civil Code art. 319), so the pool never pays them by itself. Rounding is
cumulative half up in the order of services, so the shares always add up.

The account is lived through day by day: charges of the day, then money of a named service, then the pool is dealt. What is
dealt on a day depends on nothing that counts later, so replaying from any day on gives the same rows as from the beginning.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from casedesk.common import money

POOL = 0


class Movement(NamedTuple):
    """One fact of an account. A charge names its month; money has None. Credits are money of their service."""

    day: dt.date
    service: int
    amount: int
    month: int | None = None


class Dealt(NamedTuple):
    """Money moved from the pool to a service for a month's charge. Negative: taken back after a reversal."""

    service: int
    month: int
    day: dt.date
    amount: int


@dataclass
class Shelf:
    """One service: running totals of its charges by month, and all the money it has. `months` may start where debt starts."""

    months: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    below: int = 0
    """Charges of the months before the first one listed."""
    settled: int = 0

    def charge(self, month: int, amount: int) -> None:
        """Add a charge; months come in order, a month may come again."""
        total = (self.totals[-1] if self.totals else self.below) + amount
        if self.months and self.months[-1] == month:
            self.totals[-1] = total
        else:
            self.months.append(month)
            self.totals.append(total)

    def front(self) -> tuple[int, int] | None:
        """The oldest open month and what is open of it."""
        place = bisect_right(self.totals, self.settled)
        if place == len(self.totals):
            return None
        covered = max(self.settled, self.totals[place - 1] if place else self.below)
        return self.months[place], self.totals[place] - covered


@dataclass
class Standing:
    """An account on the evening before the first replayed day: its principal services, the pool, and what was dealt."""

    shelves: dict[int, Shelf] = field(default_factory=dict)
    pool: int = 0
    dealt: dict[tuple[int, int], int] = field(default_factory=dict)
    """(service, month) -> net amount dealt before; needed only when the pool is going to be reversed."""


def replay(standing: Standing, movements: Iterable[Movement]) -> list[Dealt]:
    """Live through the movements; return what the pool deals, in order. Consumes the standing.

    Movements of penalty services must be left out. Amounts in kopecks; nothing is dealt beyond a charge or the pool.
    """
    by_day: dict[dt.date, list[Movement]] = defaultdict(list)
    for movement in movements:
        by_day[movement.day].append(movement)
    result: list[Dealt] = []
    for day in sorted(by_day):
        _apply(standing, by_day[day])
        dealt = _deal(standing, day) if standing.pool > 0 else _take_back(standing, day)
        for line in dealt:
            key = (line.service, line.month)
            standing.dealt[key] = standing.dealt.get(key, 0) + line.amount
        result += dealt
    return result


def _apply(standing: Standing, movements: list[Movement]) -> None:
    for movement in sorted(movements, key=lambda m: (m.month is None, m.month or 0)):
        if movement.service == POOL:
            standing.pool += movement.amount
            continue
        shelf = standing.shelves.setdefault(movement.service, Shelf())
        if movement.month is None:
            shelf.settled += movement.amount
        else:
            shelf.charge(movement.month, movement.amount)


def _deal(standing: Standing, day: dt.date) -> list[Dealt]:
    dealt = []
    while standing.pool > 0:
        fronts = [(service, shelf.front()) for service, shelf in sorted(standing.shelves.items())]
        open_fronts = [(service, *front) for service, front in fronts if front]
        if not open_fronts:
            break
        oldest = min(month for _, month, _ in open_fronts)
        shares = [(service, amount) for service, month, amount in open_fronts if month == oldest]
        given = min(standing.pool, sum(amount for _, amount in shares))
        standing.pool -= given
        for (service, _), part in zip(shares, money.split(given, [amount for _, amount in shares]), strict=True):
            if part:
                standing.shelves[service].settled += part
                dealt.append(Dealt(service, oldest, day, part))
    return dealt


def _take_back(standing: Standing, day: dt.date) -> list[Dealt]:
    """After a reversal of pool money: back from the newest months it had paid, in proportion to what each service got."""
    taken = []
    for month in sorted({month for (_, month), amount in standing.dealt.items() if amount > 0}, reverse=True):
        if standing.pool >= 0:
            break
        shares = [(s, amount) for (s, m), amount in sorted(standing.dealt.items()) if m == month and amount > 0]
        back = min(-standing.pool, sum(amount for _, amount in shares))
        standing.pool += back
        for (service, _), part in zip(shares, money.split(back, [amount for _, amount in shares]), strict=True):
            if part:
                standing.shelves.setdefault(service, Shelf()).settled -= part
                taken.append(Dealt(service, month, day, -part))
    return taken
