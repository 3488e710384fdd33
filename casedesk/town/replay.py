"""The judge: a naive replay of one account's facts, day by day and line by line.

Deliberately unlike the ledger: no running totals, no closed form, no SQL. Open charges stand in a list per service. Money goes
to the month it names, once that month is charged; other money takes the open charges off in order, those in time before
those lost to limitation. Unsplit money is dealt to one month after the other, inside it in proportion to what is open.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casedesk.common import months
from casedesk.norms.due_dates import due_on
from casedesk.norms.working_days import working_calendar

POOL = 0
DAY_OF_MONTH_NOT_JUDGED = range(9, 21)
"""Due days fall here (10th or 15th, moved by holidays); the truth asks of other days, so it needs no calendar."""


@dataclass(frozen=True, slots=True)
class Line:
    """One dated movement. `month` is set for charges only; money has None and may name a month."""

    day: dt.date
    service: int
    amount: int
    month: int | None = None
    named: int | None = None


@dataclass(slots=True)
class Standing:
    """Where the account stands at the end of a day: open charges and money left over, per service. Kopecks."""

    open: dict[int, list[list[int]]] = field(default_factory=dict)
    """service -> [[month, kopecks], ...], oldest first"""
    spare: dict[int, int] = field(default_factory=dict)
    waiting: list[Line] = field(default_factory=list)
    """Money for months that are not charged yet."""


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
        if line.named is not None:
            by_day[max(line.day, months.last_day(line.named))] += []
    standing, pending = Standing(), sorted(by_day, reverse=True)
    for day in sorted(days):
        while pending and pending[-1] <= day:
            today = pending.pop()
            _live_through(standing, today, by_day[today], penalties)
        yield day, standing


def _live_through(standing: Standing, day: dt.date, lines: list[Line], penalties: frozenset[int]) -> None:
    for line in lines:
        if line.month is not None:
            standing.open.setdefault(line.service, []).append([line.month, line.amount])
            standing.open[line.service].sort()
    standing.waiting += [line for line in lines if line.named is not None]
    for line in standing.waiting:
        if months.last_day(line.named) <= day:
            _pay_named(standing, line, penalties)
    standing.waiting = [line for line in standing.waiting if months.last_day(line.named) > day]
    for line in lines:
        if line.month is None and line.named is None:
            standing.spare[line.service] = standing.spare.get(line.service, 0) + line.amount
    for service in list(standing.open):
        _take_off(standing, service, day)
    _deal_pool(standing, day, penalties)


def _pay_named(standing: Standing, line: Line, penalties: frozenset[int]) -> None:
    """The named month takes what it needs; the rest is as if no month had been named. Money taken back owes the month again."""
    if line.amount < 0:
        standing.open.setdefault(line.service, []).append([line.named, -line.amount])
        standing.open[line.service].sort()
        return
    services = [line.service] if line.service != POOL else sorted(s for s in standing.open if s not in penalties)
    shares = [(service, charge) for service in services for charge in standing.open.get(service, ()) if charge[0] == line.named]
    money = min(line.amount, sum(charge[1] for _, charge in shares))
    for (_, charge), (_, part) in zip(shares, _proportional(money, [(s, charge[1]) for s, charge in shares]), strict=True):
        charge[1] -= part
    standing.spare[line.service] = standing.spare.get(line.service, 0) + line.amount - money
    for service in services:
        standing.open[service] = [charge for charge in standing.open.get(service, ()) if charge[1]]


def is_lost(month: int, day: dt.date) -> bool:
    """Three years have passed since the last day to pay (Civil Code art. 196, 200), moved on from a day off (art. 193)."""
    due = due_on(month)
    try:
        end = due.replace(year=due.year + 3)
    except ValueError:
        end = dt.date(due.year + 3, 2, 28)
    return day > working_calendar(None).on_or_after(end)


def _in_order(queue: list[list[int]], day: dt.date) -> list[list[int]]:
    """Open charges as money goes to them."""
    return sorted(queue, key=lambda charge: (is_lost(charge[0], day), charge[0]))


def _take_off(standing: Standing, service: int, day: dt.date) -> None:
    """Let the service's own spare money pay its open charges."""
    money = standing.spare.get(service, 0)
    if money <= 0:
        return
    for charge in _in_order(standing.open[service], day):
        paid = min(money, charge[1])
        money -= paid
        charge[1] -= paid
    standing.open[service] = [charge for charge in standing.open[service] if charge[1]]
    standing.spare[service] = money


def _deal_pool(standing: Standing, day: dt.date, penalties: frozenset[int]) -> None:
    """Deal unsplit money to principal services: one month after the other, inside a month in proportion to what is open."""
    while standing.spare.get(POOL, 0) > 0:
        charges = [
            (is_lost(charge[0], day), charge[0], service, charge)
            for service, queue in sorted(standing.open.items())
            if service not in penalties
            for charge in queue
        ]
        if not charges:
            return
        first = min(charge[:2] for charge in charges)
        shares = [(service, charge[1]) for lost, month, service, charge in charges if (lost, month) == first]
        money = min(standing.spare[POOL], sum(share for _, share in shares))
        standing.spare[POOL] -= money
        for service, part in _proportional(money, shares):
            next(charge for charge in standing.open[service] if charge[0] == first[1])[1] -= part
            standing.open[service] = [charge for charge in standing.open[service] if charge[1]]


def _proportional(money: int, shares: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Split so that the parts add up: each boundary is rounded half up, a part is the distance between two boundaries."""
    whole, reached, before, parts = sum(share for _, share in shares), 0, 0, []
    for service, share in shares:
        reached += share
        boundary = (money * reached * 2 + whole) // (whole * 2)
        parts.append((service, boundary - before))
        before = boundary
    return parts
