"""A debt and what happened to it: the parts of money that were overdue, each over its own days.

Payment day: penalty still accrues on the old balance, the new one starts the next day (Пленум ВС от 24.03.2016 № 7
п. 48, 65); `payment_day_on_old_balance=False` reverses that. Money is kopecks.
"""

import datetime as dt
from dataclasses import dataclass

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Movement:
    """Money that came (amount > 0) or was returned to the payer (amount < 0) on a day."""

    on: dt.date
    amount: int


@dataclass(frozen=True)
class Debt:
    """One sum with one due day. `first` is the first day of delay, `through` the last day that is counted."""

    principal: int
    due: dt.date
    through: dt.date
    movements: tuple[Movement, ...] = ()
    payment_day_on_old_balance: bool = True

    @property
    def first(self) -> dt.date:
        return self.due + ONE_DAY

    def last_day_before(self, movement: Movement) -> dt.date:
        """The last day on the balance that stood before the movement."""
        return movement.on if self.payment_day_on_old_balance else movement.on - ONE_DAY


@dataclass(frozen=True)
class Part:
    """Money overdue from `first` to `last`; `fixed_on` is the day that fixes its rate: of its payment, or of the count."""

    amount: int
    first: dt.date
    last: dt.date
    fixed_on: dt.date


def _counted(debt: Debt) -> list[Movement]:
    """Movements up to the counted day in their order; on one day, money that came goes first."""
    return sorted((m for m in debt.movements if m.on <= debt.through), key=lambda m: (m.on, -m.amount))


def balances(debt: Debt) -> list[Part]:
    """What was overdue, period by period; the periods never overlap and none is empty."""
    parts, left, start = [], debt.principal, debt.first
    for movement in _counted(debt):
        last = debt.last_day_before(movement)
        if left > 0 and start <= last:
            parts.append(Part(left, start, last, debt.through))
        start = max(start, last + ONE_DAY)
        left = max(left - movement.amount, 0)
    if left > 0 and start <= debt.through:
        parts.append(Part(left, start, debt.through, debt.through))
    return parts


def parts_by_payment(debt: Debt, rate_on: dt.date | None = None) -> list[Part]:
    """Each part of the money that was paid at once, over its whole delay; the unpaid rest last.

    The oldest money is paid first. The rest takes its rate on `rate_on` (the day of the decision), by default on the day of
    the count.
    """
    open_parts: list[tuple[int, dt.date]] = [(debt.principal, debt.first)]
    done: list[Part] = []
    for movement in _counted(debt):
        last = debt.last_day_before(movement)
        if movement.amount < 0:
            open_parts.append((-movement.amount, max(last + ONE_DAY, debt.first)))
            continue
        open_parts, paid = _pay(open_parts, movement.amount)
        done += [Part(amount, first, last, movement.on) for amount, first in paid]
    done += [Part(amount, first, debt.through, rate_on or debt.through) for amount, first in open_parts]
    return [part for part in done if part.first <= part.last]


def _pay(open_parts: list[tuple[int, dt.date]], amount: int) -> tuple[list, list]:
    left, paid = [], []
    for part, first in open_parts:
        taken = min(part, amount)
        amount -= taken
        if taken:
            paid.append((taken, first))
        if part > taken:
            left.append((part - taken, first))
    return left, paid


def outstanding(debt: Debt) -> int:
    """Principal still owed after the counted day's movements."""
    left = debt.principal
    for movement in _counted(debt):
        left = max(left - movement.amount, 0)
    return left


def overpaid(debt: Debt) -> int:
    """Money that came when nothing was owed any more: it takes no part in the count."""
    left, over = debt.principal, 0
    for movement in _counted(debt):
        left -= movement.amount
        if left < 0:
            over, left = over - left, 0
    return over
