"""Which annual rate a day of delay takes: by the day of payment, by each day, or a rate given by hand; and the cap of 9.5 %.

The cap tests the day that fixes the rate (payment, count, decision) for all days of the delay; `cap_by_day` is the other
reading, which tests each day of the delay.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from casedesk.norms.reading import Reading

ONE_DAY = dt.timedelta(days=1)
KEY_RATE = "key_rate.bank_of_russia"
CAPS = "penalty_caps.rate"
MODES = ("payment_day", "per_day", "fixed")


@dataclass(frozen=True)
class Cap:
    """A limit of the rate given by hand: for fixing days from `first` to `last`."""

    rate: Decimal
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Rates:
    """How the rate is found. `rate` only in the mode "fixed"; `cap`: None, "norms", or a Cap."""

    mode: str
    ladder: str
    reading: Reading
    rate: Decimal | None = None
    cap: Cap | str | None = None
    cap_by_day: bool = False

    def runs(self, first: dt.date, last: dt.date, fixed_on: dt.date) -> Iterator[tuple[dt.date, dt.date, Decimal]]:
        """The days cut where the rate changes: first day, last day, % a year."""
        day = first
        while day <= last:
            rate, until = self._on(day, fixed_on)
            end = min(last, until)
            if self.mode == "per_day":
                self.reading.find(KEY_RATE, end)
            yield day, end, rate
            day = end + ONE_DAY

    def _on(self, day: dt.date, fixed_on: dt.date) -> tuple[Decimal, dt.date]:
        base, until = self._base(day, fixed_on)
        if self.cap is None:
            return base, until
        tested = day if self.mode == "per_day" or self.cap_by_day else fixed_on
        rate, cap_until = self._capped(base, tested)
        return rate, min(until, cap_until) if tested == day else until

    def _base(self, day: dt.date, fixed_on: dt.date) -> tuple[Decimal, dt.date]:
        if self.mode == "fixed":
            return self.rate, dt.date.max
        if self.mode == "per_day":
            value = self.reading.find(KEY_RATE, day)
            return value.value, value.valid_to or dt.date.max
        return self.reading.value(KEY_RATE, fixed_on), dt.date.max

    def _capped(self, base: Decimal, tested: dt.date) -> tuple[Decimal, dt.date]:
        """The rate under the cap, and the last day on which the same cap (or none) holds."""
        if isinstance(self.cap, Cap):
            return self._capped_by_hand(self.cap, base, tested)
        value = self.reading.norms.norm(CAPS).at(tested)
        if value is None:
            self.reading.find(CAPS, tested)
            starts = [v.valid_from for v in self.reading.norms.norm(CAPS).values if v.valid_from > tested]
            return base, min(starts) - ONE_DAY if starts else dt.date.max
        if self.ladder not in value.value["ladders"]:
            if self.ladder in value.value.get("doubtful", ()):
                self.reading.warn(value.note)
            return base, value.valid_to
        self.reading.find(CAPS, tested)
        limit = Decimal(value.value["rate"])
        return (limit if value.value["kind"] == "fixed" else min(base, limit)), value.valid_to

    @staticmethod
    def _capped_by_hand(cap: Cap, base: Decimal, tested: dt.date) -> tuple[Decimal, dt.date]:
        if tested < cap.first:
            return base, cap.first - ONE_DAY
        if tested > cap.last:
            return base, dt.date.max
        return min(base, cap.rate), cap.last
