"""The judge: a naive replay of one account's facts, day by day and line by line, oldest charge first.

Deliberately unlike the ledger: no running totals, no closed form, no SQL. Open charges stand in a list per service and
money takes them off the front; unsplit money is dealt to the oldest month, inside it in proportion to what is open.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casedesk.common import months

POOL = 0
DAY_OF_MONTH_NOT_JUDGED = range(9, 21)
"""Due days fall here (10th or 15th, moved by holidays); the truth asks of other days, so it needs no calendar."""


@dataclass(frozen=True, slots=True)
class Line:
    """One dated movement. `month` is set for charges only; money has None."""

    day: dt.date
    service: int
    amount: int
    month: int | None = None


@dataclass(slots=True)
class Standing:
    """Where the account stands at the end of a day: open charges and money left over, per service. Kopecks."""

    open: dict[int, list[list[int]]] = field(default_factory=dict)
    """service -> [[month, kopecks], ...], oldest first"""
    spare: dict[int, int] = field(default_factory=dict)


def newest_due(day: dt.date) -> int:
    """The newest month whose charges are past due on the day."""
    if day.day in DAY_OF_MONTH_NOT_JUDGED:
        raise ValueError(f"{day}: the town does not judge days on which due days fall")
    return months.of(day) - (1 if day.day > 20 else 2)


def replay(lines: Iterable[Line], days: Iterable[dt.date], penalties: frozenset[int]) -> Iterator[tuple[dt.date, Standing]]:
    """Walk the lines in order of days; yield the standing at the end of every asked day (the same object, in motion)."""
    by_day: dict[dt.date, list[Line]] = defaultdict(list)
    for line in lines:
        by_day[line.day].append(line)
    standing, pending = Standing(), sorted(by_day, reverse=True)
    for day in sorted(days):
        while pending and pending[-1] <= day:
            _live_through(standing, by_day[pending.pop()], penalties)
        yield day, standing


def _live_through(standing: Standing, lines: list[Line], penalties: frozenset[int]) -> None:
    for line in lines:
        if line.month is not None:
            standing.open.setdefault(line.service, []).append([line.month, line.amount])
        else:
            standing.spare[line.service] = standing.spare.get(line.service, 0) + line.amount
    for service in list(standing.open):
        standing.open[service].sort()
        _take_off(standing, service)
    _deal_pool(standing, penalties)


def _take_off(standing: Standing, service: int) -> None:
    """Let the service's own spare money pay its oldest open charges."""
    money, queue = standing.spare.get(service, 0), standing.open[service]
    while money > 0 and queue:
        paid = min(money, queue[0][1])
        money -= paid
        queue[0][1] -= paid
        if not queue[0][1]:
            queue.pop(0)
    standing.spare[service] = money


def _deal_pool(standing: Standing, penalties: frozenset[int]) -> None:
    """Deal unsplit money to principal services: the oldest month first, inside a month in proportion to what is open."""
    while standing.spare.get(POOL, 0) > 0:
        fronts = {s: queue[0] for s, queue in sorted(standing.open.items()) if queue and s not in penalties}
        if not fronts:
            return
        oldest = min(month for month, _ in fronts.values())
        shares = [(service, front[1]) for service, front in fronts.items() if front[0] == oldest]
        money = min(standing.spare[POOL], sum(share for _, share in shares))
        standing.spare[POOL] -= money
        for service, part in _proportional(money, shares):
            standing.spare[service] = standing.spare.get(service, 0) + part
            _take_off(standing, service)


def _proportional(money: int, shares: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Split so that the parts add up: each boundary is rounded half up, a part is the distance between two boundaries."""
    whole, reached, before, parts = sum(share for _, share in shares), 0, 0, []
    for service, share in shares:
        reached += share
        boundary = (money * reached * 2 + whole) // (whole * 2)
        parts.append((service, boundary - before))
        before = boundary
    return parts
