"""A legal value and its history, as the data files state them.

A norm (`calendar.holidays`, `key_rate.bank_of_russia`) has values; each holds from its first to its last day, both included,
as acts are worded, and says which act set it, how sure we are and when it was last checked.
"""

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

CONFIDENCE = {
    "V": "подтверждено двумя источниками или текстом нормы",
    "V1": "подтверждено одним источником",
    "U-m": "общеизвестно, текст нормы не сверен",
    "U!": "спорно или недавно изменено, нужна проверка юриста",
}
"""How far a value may be trusted. `U!` raises a warning wherever the value is used."""


@dataclass(frozen=True)
class Value:
    """What the norm says from `valid_from` to `valid_to` (None: until the next change), both days included."""

    valid_from: dt.date
    valid_to: dt.date | None
    value: Any
    act: str
    confidence: str
    checked_on: dt.date
    scope: str = ""
    note: str = ""
    added_on: dt.date | None = None
    """The day an administrator of this installation put it in force; None for values that came with the program."""

    def covers(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, eq=False)
class Norm:
    """A legal value with its dated history, oldest first.

    `outside` says what a day without a value means: "error" (we do not know) or "nothing" (the rule is not there).
    `windows` norms are lists of separate periods that may overlap (moratoria). `verified_through`: the last day for which
    somebody has seen that the newest value still holds. `runs_out`: the warning for days after the last value.
    """

    name: str
    about: str
    law: str
    unit: str
    values: tuple[Value, ...]
    scope: str = ""
    note: str = ""
    outside: str = "error"
    windows: bool = False
    verified_through: dt.date | None = None
    runs_out: str = ""
    file: str = field(default="", repr=False)

    @cached_property
    def _starts(self) -> list[dt.date]:
        return [value.valid_from for value in self.values]

    def at(self, day: dt.date) -> Value | None:
        """The value in force on the day, or None."""
        place = bisect_right(self._starts, day)
        found = self.values[place - 1] if place else None
        return found if found and found.covers(day) else None

    @property
    def first_day(self) -> dt.date:
        return self.values[0].valid_from

    @property
    def last_day(self) -> dt.date | None:
        """The last day with a value; None when the newest value has no end."""
        ends = [value.valid_to for value in self.values]
        return None if None in ends else max(ends)
