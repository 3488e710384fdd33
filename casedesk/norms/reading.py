"""Reading norms for one calculation, and remembering what was read.

A `Reading` is handed through a calculation. It answers "which value holds on this day" and keeps, for the answer, the
sources of every value that was used and the warnings that travel with doubtful ones. Stored with its answer, it shows years
later which values a figure rested on.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from casedesk.norms.catalogue import Catalogue
from casedesk.norms.norm import Norm, Value
from casedesk.norms.working_days import working_calendar


class Reading:
    """Lookups of one calculator; `asker` is its name as an error would say it."""

    def __init__(self, norms: Catalogue, asker: str):
        self.norms = norms
        self.asker = asker
        self.warnings: list[str] = []
        self._used: dict[tuple[str, dt.date], tuple[Norm, Value]] = {}

    def find(self, name: str, on: dt.date) -> Value | None:
        """The value in force, None where the rule is not there. Raises NormNotKnown where we do not know."""
        norm = self.norms.norm(name)
        value = self.norms.find(name, on=on, asker=self.asker)
        if norm.verified_through and on > norm.verified_through:
            self.warn(
                f"{norm.about}: последнее значение проверено по {norm.verified_through:%d.%m.%Y}, "
                f"а расчёт берёт {on:%d.%m.%Y}. Проверьте, не изменилось ли оно."
            )
        if value is None:
            if norm.runs_out and norm.last_day and on > norm.last_day:
                self.warn(norm.runs_out)
            return None
        self.use(norm, value)
        return value

    def value(self, name: str, on: dt.date) -> Any:
        """What the norm says on the day. Raises NormNotKnown."""
        return self.find(name, on).value

    def use(self, norm: Norm, value: Value) -> None:
        """Put a value among the sources, and its doubt among the warnings."""
        self._used[norm.name, value.valid_from] = (norm, value)
        if value.confidence == "U!":
            self.warn(value.note or norm.note)

    def warn(self, text: str) -> None:
        """Add a warning once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def on_or_after(self, day: dt.date) -> dt.date:
        """The next working day from the day on (ГК РФ ст. 193), with a warning when its year is not sure."""
        return self._sure(working_calendar(self.norms).on_or_after(day))

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The last day of a term of working days that starts the day after `day`."""
        return self._sure(working_calendar(self.norms).add(day, count))

    def _sure(self, day: dt.date) -> dt.date:
        doubt = working_calendar(self.norms).doubt(day)
        if doubt:
            self.warn(doubt)
        return day

    @property
    def sources(self) -> list[dict[str, Any]]:
        """Every value used, by norm and first day: what it was, whence, how sure and when checked."""
        return [source_of(norm, value) for _, (norm, value) in sorted(self._used.items(), key=lambda item: item[0])]


def source_of(norm: Norm, value: Value) -> dict[str, Any]:
    """One value as JSON: dates ISO, numbers as text."""
    return {
        "norm": norm.name,
        "about": norm.about,
        "law": norm.law,
        "act": value.act,
        "value": plain(value.value),
        "from": value.valid_from.isoformat(),
        "to": value.valid_to.isoformat() if value.valid_to else None,
        "confidence": value.confidence,
        "checked_on": value.checked_on.isoformat(),
        "added_on": value.added_on.isoformat() if value.added_on else None,
    }


def plain(value: Any) -> Any:
    """A value of TOML as JSON can carry it without a float."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value
