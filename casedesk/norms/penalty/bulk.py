"""Penalty of many accounts at once: whole numbers and prefix tables, equal to the kopeck to the single calculator.

For a due day, `prefix[n]` is the sum of the day weights 1..n: the day's share of the rate, zero while free or under a
moratorium. A part of a month's bill paid on day t then costs amount x rate(t) x prefix[t - due]: one multiplication, whatever
the length of the delay. Tables depend only on the month and the policy, so all accounts share them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

from casedesk.norms.due_dates import due_on
from casedesk.norms.penalty import moratoria
from casedesk.norms.penalty.ladder import FREE, steps_between
from casedesk.norms.penalty.rates import Rates

RATE_SCALE = 10_000
"""Rates are whole ten-thousandths of a percent."""


class BulkPenalty:
    """Penalty as of one day under one ladder and one policy of rates.

    `rates.reading` gathers the sources and warnings of everything that was read. Charges are matched with payments oldest
    first; days are ordinals (`date.toordinal`), money is kopecks. Raises NormNotKnown like the single calculator.
    """

    def __init__(self, *, ladder: str, rates: Rates, through: dt.date, payment_day_on_old_balance: bool = True):
        self._ladder, self._rates, self._through = ladder, rates, through
        self._end = through.toordinal()
        self._lag = 0 if payment_day_on_old_balance else 1
        self._share_scale = _share_scale(ladder, rates)
        self._unit = self._share_scale * RATE_SCALE * 100
        self._tables: dict[int, tuple[int, list[int]]] = {}
        self._fixing: dict[int, int] = {}

    def of_account(self, charges: Iterable[tuple[int, int]], payments: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Penalty of each billing month: (month, kopecks), rounded half up once a month.

        `charges`: (month, kopecks) oldest first; `payments`: (day ordinal, kopecks) in order of days.
        """
        answer = []
        pays = iter(payments)
        day, money = next(pays, _NEVER)
        for month, left in charges:
            due, prefix = self._tables.get(month) or self._table(month)
            total = 0
            while left and day <= self._end:
                taken = left if left < money else money
                number = day - self._lag - due
                if number > 0:
                    total += taken * prefix[number] * (self._fixing.get(day) or self._rate(day))
                left -= taken
                money -= taken
                if not money:
                    day, money = next(pays, _NEVER)
            if left and self._end > due:
                total += left * prefix[self._end - due] * (self._fixing.get(self._end) or self._rate(self._end))
            answer.append((month, (2 * total + self._unit) // (2 * self._unit)))
        return answer

    def _table(self, month: int) -> tuple[int, list[int]]:
        """The due day of the month and its prefix table up to the counted day."""
        due = due_on(month, None, self._rates.reading.norms)
        prefix = [0]
        for weight, days in self._weights(due):
            start = prefix[-1]
            prefix += [start + weight * number for number in range(1, days + 1)]
        self._tables[month] = due.toordinal(), prefix
        return self._tables[month]

    def _weights(self, due: dt.date) -> Iterable[tuple[int, int]]:
        """Runs of equal day weights from the first day of delay: (weight, days)."""
        reading = self._rates.reading
        windows = []
        if due < self._through:
            windows = moratoria.from_norms(ladder=self._ladder, due=due, through=self._through, reading=reading)
        first = due + dt.timedelta(days=1)
        for step in steps_between(self._ladder, due=due, first=first, last=self._through, reading=reading):
            if step.share == FREE:
                yield 0, (step.last - step.first).days + 1
                continue
            share = int(Fraction(step.share) * self._share_scale)
            for begin, end, holds in moratoria.cut(step.first, step.last, windows):
                yield from self._charged(begin, end, 0 if holds else share)

    def _charged(self, first: dt.date, last: dt.date, share: int) -> Iterable[tuple[int, int]]:
        if self._rates.mode != "per_day" or not share:
            yield share, (last - first).days + 1
            return
        for begin, end, rate in self._rates.runs(first, last, last):
            yield share * _scaled(rate), (end - begin).days + 1

    def _rate(self, day: int) -> int:
        """The scaled rate that a fixing day gives; 1 where the table already holds the rate of each day."""
        if self._rates.mode == "per_day":
            scaled = 1
        else:
            on = dt.date.fromordinal(day)
            _, _, rate = next(iter(self._rates.runs(on, on, on)))
            scaled = _scaled(rate)
        self._fixing[day] = scaled
        return scaled


_NEVER = (dt.date.max.toordinal() + 1, 0)


def _scaled(rate) -> int:
    scaled = rate * RATE_SCALE
    if scaled != int(scaled):
        raise ValueError(f"rate {rate} has more than four decimals: count it with the single calculator")
    return int(scaled)


def _share_scale(ladder: str, rates: Rates) -> int:
    """The common denominator of all shares of the ladder."""
    norm = rates.reading.norms.norm(f"penalty_ladders.{ladder}")
    return lcm(*(Fraction(step["share"]).denominator for value in norm.values for step in value.value))
