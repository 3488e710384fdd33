"""How often and when a person may be contacted: counting against a limit. Numbers come from the norms or the creditor.

A week is seven days in a row and a month thirty: a calendar week would let through four calls between Friday and Monday.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from debtors.rules.contact_words import LIMIT_NAMES, LIMIT_OF, ContactChannel, LimitClass

WINDOWS = (("day", 1, "за день"), ("week", 7, "за неделю"), ("month", 30, "за месяц"))


@dataclass(frozen=True)
class Frequency:
    """At most so many in a day, a week, a month."""

    day: int
    week: int
    month: int


@dataclass(frozen=True)
class Hours:
    """Full hours of the day: from the first, not including the last."""

    first: int
    until: int


@dataclass(frozen=True)
class Limits:
    """The limits of a day. An absent class is not limited; `hours` None: any hour."""

    frequency: Mapping[str, Frequency]
    hours: Hours | None = None
    hours_off: Hours | None = None
    source: str = ""

    def reached(self, channel: str, past: Iterable[dt.date], on: dt.date) -> str:
        """Why one more contact by the channel on the day is too many; empty when it is not."""
        kind = LIMIT_OF.get(ContactChannel(channel))
        allowed = self.frequency.get(kind) if kind else None
        if allowed is None:
            return ""
        days = [day for day in past if day <= on]
        for name, length, words in WINDOWS:
            most = getattr(allowed, name)
            count = sum((on - day).days < length for day in days)
            if count >= most:
                return f"предел {words}: {LIMIT_NAMES[LimitClass(kind)]} {count} из {most}"
        return ""

    def closed(self, channel: str, now: dt.datetime, *, day_off: bool) -> str:
        """Why the channel is silent at this hour; empty when it is not."""
        hours = self.hours_off if day_off else self.hours
        if LIMIT_OF.get(ContactChannel(channel)) is None or hours is None or hours.first <= now.hour < hours.until:
            return ""
        return f"сейчас {now:%H:%M}; писать и звонить можно с {hours.first}:00 до {hours.until}:00"
