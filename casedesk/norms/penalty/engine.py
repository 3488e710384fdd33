"""The penalty itself: parts of money, cut into runs of days with one share and one rate, summed exactly, rounded once.

principal x rate % x share x days; the share is per day, nothing is divided by 365 save under ГК РФ ст. 395. The exact sum
is rounded half up to the kopeck once for the whole debt. Lines are rounded cumulatively, so that they add up to the total.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from casedesk.norms.penalty import moratoria
from casedesk.norms.penalty.debt import Debt, Part, balances, parts_by_payment
from casedesk.norms.penalty.ladder import FREE, steps_between
from casedesk.norms.penalty.moratoria import Window
from casedesk.norms.penalty.rates import Rates
from casedesk.norms.reading import Reading
from casedesk.norms.rounding import half_up

MORATORIUM = "moratorium"


@dataclass(frozen=True)
class Line:
    """A run of days: base in kopecks, share of the rate a day, rate in % a year (None where nothing accrues)."""

    first: dt.date
    last: dt.date
    base: int
    share: str
    rate: Decimal | None
    moratorium: bool = False

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def exact(self) -> Fraction:
        """Kopecks, unrounded."""
        if self.rate is None:
            return Fraction(0)
        return self.base * Fraction(self.share) * Fraction(self.rate) / 100 * self.days


@dataclass(frozen=True)
class Penalty:
    """The answer: kopecks, days by share, lines with their amounts in kopecks (which add up to the total)."""

    total: int
    days: dict[str, int]
    lines: list[tuple[Line, int]]
    exact: Fraction


def compute(
    debt: Debt, *, ladder: str, rates: Rates, windows: list[Window], reading: Reading, rate_on: dt.date | None = None
) -> Penalty:
    """The penalty of one debt. Raises NormNotKnown when the ladder or the rate table does not cover a day."""
    windows = [window for window in windows if window.concerns(debt.due)]
    by_balance = balances(debt)
    parts = parts_by_payment(debt, rate_on) if rates.mode == "payment_day" else by_balance
    lines = [line for part in parts for line in _lines(part, debt.due, ladder, rates, windows, reading)]
    exact = sum((line.exact for line in lines), Fraction(0))
    return Penalty(
        total=half_up(exact),
        days=_days(by_balance, debt.due, ladder, windows, reading),
        lines=list(zip(lines, _amounts(lines), strict=True)),
        exact=exact,
    )


def _lines(part: Part, due: dt.date, ladder: str, rates: Rates, windows: list[Window], reading: Reading) -> Iterable[Line]:
    for step in steps_between(ladder, due=due, first=part.first, last=part.last, reading=reading):
        if step.share == FREE:
            yield Line(step.first, step.last, part.amount, FREE, None)
            continue
        for first, last, holds in moratoria.cut(step.first, step.last, windows):
            if holds:
                yield Line(first, last, part.amount, step.share, None, moratorium=True)
                continue
            for begin, end, rate in rates.runs(first, last, part.fixed_on):
                yield Line(begin, end, part.amount, step.share, rate)


def _amounts(lines: list[Line]) -> list[int]:
    amounts, reached, done = [], Fraction(0), 0
    for line in lines:
        reached += line.exact
        upto = half_up(reached)
        amounts.append(upto - done)
        done = upto
    return amounts


def _days(parts: list[Part], due: dt.date, ladder: str, windows: list[Window], reading: Reading) -> dict[str, int]:
    """Calendar days by share; days that a moratorium took from a charged share are counted apart."""
    counted: Counter[str] = Counter()
    for part in parts:
        for step in steps_between(ladder, due=due, first=part.first, last=part.last, reading=reading):
            if step.share == FREE:
                continue
            for first, last, holds in moratoria.cut(step.first, step.last, windows):
                counted[MORATORIUM if holds else step.share] += (last - first).days + 1
    return {"1/300": counted["1/300"], "1/130": counted["1/130"], MORATORIUM: counted[MORATORIUM]} | dict(counted)
