"""The catalogue of indicators: what can be measured, in words and as two queries that must agree.

An indicator declares `totals`, the quick answer of a whole plan page, and `facts`, the list that the figure opens. The sum
of the list's columns is the totals, for every indicator (a test walks the catalogue). A module under `indicators/`
registers its own; a plan names them by code, so a new row needs no change of the engine.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from casedesk.common.refusals import Refusal
from casedesk.plans.queries.question import Question


class UnknownIndicator(Refusal):
    """A plan names an indicator that the catalogue does not have."""

    code = "unknown_indicator"


class Unit(StrEnum):
    """What a figure is counted in: kopecks, things, hundredths of a per cent."""

    RUB = "RUB"
    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Column:
    """A summed column of an indicator's list. `kind` as in `casedesk.common.tables`: money or number."""

    name: str
    label: str
    kind: str = "money"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line behind a figure. `account` names the account it is about; other things bring their own words.

    `amounts` stand in the order of the indicator's columns.
    """

    amounts: tuple[int, ...]
    account: int | None = None
    label: str = ""
    about: str = ""
    url: str = ""
    on: dt.date | None = None


Totals = tuple[int, ...]
"""Sums of the columns of an indicator's list."""


def first_column(totals: Sequence[int]) -> int | None:
    """The usual figure: the total of the list's first column."""
    return totals[0]


def share_x100(part: int, whole: int) -> int | None:
    """A share in hundredths of a per cent, half up; None when there is no whole."""
    if not whole:
        return None
    sign = -1 if (part < 0) != (whole < 0) else 1
    return sign * ((20000 * abs(part) + abs(whole)) // (2 * abs(whole)))


IN_MONTH = "за месяц"


@dataclass(frozen=True)
class Indicator:
    """One indicator. `definition` says in plain words what is counted; `source` names the plan rows or the law it serves."""

    code: str
    name: str
    definition: str
    unit: Unit
    source: str
    columns: tuple[Column, ...]
    totals: Callable[[Question], Totals]
    facts: Callable[[Question], Iterable[Fact]]
    figure: Callable[[Sequence[int]], int | None] = first_column
    dated: str = field(default="на конец месяца")
    """Which day or period of the asked month the figure speaks of."""

    @property
    def is_flow(self) -> bool:
        """It counts what came in the month, so months add up to a quarter; other figures stand on a day."""
        return self.dated == IN_MONTH

    def value(self, question: Question) -> int | None:
        """The figure in the indicator's unit; None means there is nothing to tell it from."""
        return self.figure(self.totals(question))


_REGISTER: dict[str, Indicator] = {}


def register(*indicators: Indicator) -> None:
    """Put indicators into the catalogue. Raises ValueError when a code is taken."""
    for indicator in indicators:
        if indicator.code in _REGISTER:
            raise ValueError(f"indicator {indicator.code} is registered twice")
        _REGISTER[indicator.code] = indicator


def get(code: str) -> Indicator:
    """The indicator by code. Raises UnknownIndicator naming the known ones."""
    if code not in _REGISTER:
        known = ", ".join(sorted(_REGISTER))
        raise UnknownIndicator(f"Показателя «{code}» нет в каталоге. Есть: {known}.", code=code)
    return _REGISTER[code]


def all_indicators() -> list[Indicator]:
    """Every registered indicator, in order of registration."""
    return list(_REGISTER.values())


def total_of(facts: Iterable[Fact], width: int) -> Totals:
    """Sum a list of facts: what `totals` must give."""
    amounts = [0] * width
    for fact in facts:
        for place, amount in enumerate(fact.amounts):
            amounts[place] += amount
    return tuple(amounts)
