"""Where money goes (разнесение): the month that was named, the debt of the writ it came on, or the oldest month in time.

* A month named by the payer decides (Plenum 22 of 2016 p. 32). What it does not need goes on as if no month had been named;
  a month not charged yet is waited for.
* Money on a writ pays the costs, then the months granted, oldest first, then the penalty (Civil Code art. 319), and nothing
  else; what is left over is held until a person decides about it.
* Any other money goes to the oldest month (art. 319.1 p. 3) whose limitation has not run out on the day; to the others, and
  said so, only when nothing else is open. Money without a service is shared by services of one month in proportion to what is
  open; rounding is cumulative half up, so the shares add up. Penalties and costs are never paid by themselves.
* A reversal takes back what its payment had paid, newest month first.

The account is lived through day by day. What is put on a day depends on nothing that counts later, so replaying from any
day on gives the same rows as from the beginning. Only decisions make rows: money that would reach the oldest charge anyway
stays free (`debtors.rules.shelves`).
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterable

from casedesk.common import money, months
from debtors.rules.allocation_lines import (
    COSTS,
    OLDEST_LOST,
    PENALTY,
    POOL,
    Barred,
    Dealt,
    Held,
    Movement,
    Standing,
    Why,
    never,
)
from debtors.rules.shelves import Shelf


def replay(standing: Standing, movements: Iterable[Movement], barred: Barred = never) -> list[Dealt]:
    """Live through the movements; return what is put where, in order. Consumes the standing.

    Movements of penalty services must be left out. Amounts in kopecks; nothing is put beyond a charge or the money.
    """
    return _Replay(standing, barred).run(movements)


class _Replay:
    def __init__(self, standing: Standing, barred: Barred):
        self.standing, self.barred = standing, barred
        self.shelves, self.result = standing.shelves, []
        self.days: list[dt.date] = []

    def run(self, movements: Iterable[Movement]) -> list[Dealt]:
        by_day: dict[dt.date, list[Movement]] = defaultdict(list)
        for movement in movements:
            by_day[movement.day].append(movement)
        self.days = [*by_day, *(held.waits_until for held in self.standing.pool if held.designated is not None)]
        heapq.heapify(self.days)
        last = None
        while self.days:
            self.day = heapq.heappop(self.days)
            if self.day != last:
                self._live(by_day.get(self.day, ()))
                last = self.day
        return self.result

    def _live(self, movements: Iterable[Movement]) -> None:
        paid = []
        for movement in movements:
            if movement.month is not None:
                self._shelf(movement.service).charge(movement.month, movement.amount)
            else:
                paid.append(movement)
        self._release()
        for movement in sorted(paid, key=_order):
            self._receive(movement)
        self.standing.pool.sort(key=lambda held: (held.day, held.payment or 0))
        for held in self.standing.pool:
            if held.award is not None and held.amount:
                self._pay_award(held)
        self._deal_pool()
        self.standing.pool = [held for held in self.standing.pool if held.amount]

    def _shelf(self, service: int) -> Shelf:
        return self.shelves.setdefault(service, Shelf())

    # --- one payment ------------------------------------------------------------------------------------------------
    def _receive(self, movement: Movement) -> None:
        if movement.amount < 0:
            self._take_back(movement)
        elif movement.award is not None:
            self._hold(movement, award=movement.award)
        elif movement.designated is not None and months.last_day(movement.designated) > self.day:
            self._wait(movement)
        elif movement.service == POOL:
            left = movement.amount
            if movement.designated is not None:
                left -= self._share_month(movement.designated, left, movement.payment)
            self._hold(movement, amount=left)
        else:
            left = movement.amount
            if movement.designated is not None:
                left -= self._lay_on_named(movement.service, movement.designated, left, movement.payment)
            self._pay_service(movement.service, left, movement.payment)

    def _hold(self, movement: Movement, *, amount: int | None = None, **kind) -> None:
        amount = movement.amount if amount is None else amount
        if movement.service == POOL:
            filled = min(self.standing.short, amount)
            self.standing.short -= filled
            amount -= filled
        if amount:
            self.standing.pool.append(Held(self.day, movement.payment, amount, **kind))

    def _wait(self, movement: Movement) -> None:
        """The month is not charged yet. Money of a service leaves it for the pool meanwhile, or it would pay older months."""
        self._hold(movement, designated=movement.designated, service=movement.service)
        heapq.heappush(self.days, months.last_day(movement.designated))
        if movement.service != POOL:
            self._put(movement.service, movement.designated, -movement.amount, True, False, Why.WAITING, movement.payment)

    def _release(self) -> None:
        """Money that waited for a month whose last day has come."""
        for held in list(self.standing.pool):
            if held.designated is None or held.waits_until > self.day:
                continue
            month, held.designated = held.designated, None
            if held.service == POOL:
                held.amount -= self._share_month(month, held.amount, held.payment)
                continue
            amount, held.amount = held.amount, 0
            self._put(held.service, month, amount, True, False, Why.WAITING, held.payment)
            left = amount - self._lay_on_named(held.service, month, amount, held.payment)
            self._pay_service(held.service, left, held.payment)

    def _lay_on_named(self, service: int, month: int, amount: int, payment: int | None) -> int:
        given = min(amount, self._shelf(service).open_of(month))
        self._put(service, month, given, False, True, Why.DESIGNATED, payment)
        return given

    def _share_month(self, month: int, amount: int, payment: int | None) -> int:
        """Unsplit money for a named month: all services open in it share."""
        shares = [(service, shelf.open_of(month)) for service, shelf in sorted(self.shelves.items())]
        shares = [(service, left) for service, left in shares if left]
        given = min(amount, sum(left for _, left in shares))
        for service, part in _split(given, shares):
            self._put(service, month, part, True, True, Why.DESIGNATED, payment)
        return given

    def _pay_service(self, service: int, amount: int, payment: int | None) -> None:
        """Money of a service with no month named: free, unless it has to pass by months lost to limitation."""
        shelf = self._shelf(service)
        if amount and self._lost_months(service):
            for month, left, why in self._in_lawful_order(service):
                given = min(amount, left)
                amount -= given
                self._put(service, month, given, False, True, why, payment)
        shelf.free += amount

    # --- limitation -------------------------------------------------------------------------------------------------
    def _lost_months(self, service: int) -> set[int]:
        """The open months of a service that are lost to limitation on the day."""
        bound, lost = months.of(self.day) - OLDEST_LOST, set()
        for month, _ in self.shelves[service].open_months():
            if month > bound:
                break
            if self.barred(service, month, self.day):
                lost.add(month)
        return lost

    def _in_lawful_order(self, service: int) -> list[tuple[int, int, Why]]:
        """The open months in the order in which money goes to them: those in time first."""
        lost = self._lost_months(service)
        found = [
            (month, left, Why.BARRED if month in lost else Why.WITHIN_LIMITATION)
            for month, left in self.shelves[service].open_months()
        ]
        return sorted(found, key=lambda line: line[2])

    # --- the pool ---------------------------------------------------------------------------------------------------
    def _deal_pool(self) -> None:
        free = [held for held in self.standing.pool if held.award is None and held.designated is None and held.amount]
        if free:
            self._deal(free)

    def _deal(self, free: list[Held], *, why: Why | None = None, award: int | None = None, most: int | None = None) -> int:
        """Deal money to the oldest open month again and again, or in lawful order where months are lost. Returns how much."""
        rest = sum(held.amount for held in free) if most is None else min(most, sum(held.amount for held in free))
        before, passes_by = rest, any(self._lost_months(service) for service in self.shelves)
        while rest:
            target = self._lawful_target() if passes_by else self._oldest_target()
            if target is None:
                break
            month, shares, rule = target
            given = min(rest, sum(left for _, left in shares))
            rest -= given
            for service, part in _split(given, shares):
                self._pay_out(free, service, month, part, passes_by, why or rule, award)
        return before - rest

    def _oldest_target(self) -> tuple[int, list[tuple[int, int]], Why] | None:
        fronts = [(service, *front) for service, shelf in sorted(self.shelves.items()) if (front := shelf.front())]
        if not fronts:
            return None
        oldest = min(month for _, month, _ in fronts)
        return oldest, [(service, left) for service, month, left in fronts if month == oldest], Why.OLDEST

    def _lawful_target(self) -> tuple[int, list[tuple[int, int]], Why] | None:
        lines = [(why, month, service, left) for service in self.shelves for month, left, why in self._in_lawful_order(service)]
        if not lines:
            return None
        why, month, _, _ = min(lines)
        return month, sorted((line[2], line[3]) for line in lines if line[:2] == (why, month)), why

    def _pay_out(self, free: list[Held], service: int, month: int, part: int, earmarked: bool, why: int, award: int | None):
        """A part of the dealt sum, taken from the payments in the order they came."""
        for held in free:
            given = min(part, held.amount)
            held.amount -= given
            part -= given
            self._put(service, month, given, True, earmarked, why, held.payment, award)

    # --- writs ------------------------------------------------------------------------------------------------------
    def _pay_award(self, held: Held) -> None:
        """Costs, the months granted, the penalty. An award that is not known (any more) leaves its money to the pool."""
        book = self.standing.awards.get(held.award)
        if book is None:
            held.award = None
            return
        self._settle(held, COSTS, book.month, book.duty)
        for month in sorted(book.lines):
            shares = [(s, min(left, self._shelf(s).open_of(month))) for s, left in sorted(book.lines[month].items())]
            shares = [(service, left) for service, left in shares if left > 0]
            given = min(held.amount, sum(left for _, left in shares))
            for service, part in _split(given, shares):
                self._pay_out([held], service, month, part, True, Why.WRIT, held.award)
        if book.unnamed > 0 and held.amount:
            self._deal([held], why=Why.WRIT, award=held.award, most=book.unnamed)
        self._settle(held, PENALTY, book.month, book.penalty)

    def _settle(self, held: Held, service: int, month: int, asked: int) -> None:
        given = min(held.amount, max(asked, 0))
        held.amount -= given
        self._put(service, month, given, True, False, Why.WRIT, held.payment, held.award)

    # --- reversals --------------------------------------------------------------------------------------------------
    def _take_back(self, movement: Movement) -> None:
        """What the payment still holds, then what it had paid, newest month first; then what others hold or had paid."""
        left = self._take_held(-movement.amount, movement.reverses)
        left = self._take_laid(left, movement.service, [movement.reverses])
        others = sorted(self.standing.laid, key=lambda payment: payment or 0, reverse=True)
        if movement.service == POOL:
            left = self._take_held(left, None)
            self.standing.short += self._take_laid(left, POOL, others)
            return
        shelf = self._shelf(movement.service)
        beyond = max(0, left - max(shelf.free, 0))
        shelf.free -= left - beyond
        shelf.free -= self._take_laid(beyond, movement.service, others)

    def _take_held(self, left: int, payment: int | None) -> int:
        """From the money in the pool: of one payment, or (None) the newest free money of any."""
        for held in reversed(self.standing.pool):
            mine = held.payment == payment if payment is not None else held.award is None and held.service == POOL
            taken = min(left, held.amount) if mine else 0
            held.amount -= taken
            left -= taken
            if taken and held.service != POOL:
                self._put(held.service, held.designated, taken, True, False, Why.WAITING, held.payment)
        return left

    def _take_laid(self, left: int, service: int, payments: Iterable[int | None]) -> int:
        for payment in payments:
            lies = [(key, amount) for key, amount in self.standing.laid.get(payment, {}).items() if amount > 0]
            for key, amount in sorted(lies, key=lambda line: (-line[0][1], line[0][0])):
                if not (key[2] if service == POOL else key[0] == service and not key[2]):
                    continue
                taken = min(left, amount)
                left -= taken
                self._put(*key[:2], -taken, key[2], key[3], Why.REVERSED, payment, key[4])
        return left

    # --- the rows ---------------------------------------------------------------------------------------------------
    def _put(self, service, month, amount, moved, earmarked, why, payment, award=None) -> None:
        """Keep a row and let the shelves know. Money that only moves is free on the service it reaches."""
        if not amount:
            return
        self.result.append(Dealt(service, month, self.day, amount, moved, earmarked, int(why), payment, award))
        if why != Why.WAITING:
            lies = self.standing.laid.setdefault(payment, {})
            key = (service, month, moved, earmarked, award)
            lies[key] = lies.get(key, 0) + amount
        if award in self.standing.awards:
            self.standing.awards[award].take(service, month, amount)
        if service in (COSTS, PENALTY):
            return
        if earmarked:
            self._shelf(service).earmark(month, amount)
        elif why != Why.WAITING:
            self._shelf(service).free += amount


def _order(movement: Movement) -> tuple:
    """Write-offs, what is owed again; named months, writs, services, the pool; what is taken back last; as they were booked."""
    return _rank(movement), movement.payment or 0, movement.service, movement.amount


def _rank(movement: Movement) -> int:
    if movement.write_off:
        return -2 if movement.amount > 0 else -1
    if movement.amount < 0:
        return 4
    if movement.designated is not None:
        return 0
    if movement.award is not None:
        return 1
    return 2 if movement.service != POOL else 3


def _split(given: int, shares: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """(service, part) of a sum in proportion to the shares."""
    if not given:
        return []
    return [
        (service, part)
        for (service, _), part in zip(shares, money.split(given, [left for _, left in shares]), strict=True)
        if part
    ]
