"""Working days: weekends, holidays of the Labour Code and the yearly transfers.

Years outside the transfers we know (before 2016, after the last published list) still answer, by weekends and fixed
holidays alone; `doubt` then tells what to warn of. Ageing of old debts must never stop for want of a calendar.
"""

import datetime as dt
from functools import cache

from casedesk.norms.catalogue import Catalogue, shipped

ONE_DAY = dt.timedelta(days=1)


class WorkingCalendar:
    """Answers by the norms `calendar.*` of one catalogue."""

    def __init__(self, norms: Catalogue):
        self._weekend = norms.norm("calendar.weekend").values
        self._holidays = [(v.valid_from, frozenset(v.value)) for v in norms.norm("calendar.holidays").values]
        self._years = {v.valid_from.year: v for v in norms.norm("calendar.transfers").values}
        self._off = {day for v in self._years.values() for day in v.value["off"]}
        self._working = {day for v in self._years.values() for day in v.value["working"]}

    def is_working(self, day: dt.date) -> bool:
        """True on a working day of the five-day week."""
        if day in self._off:
            return False
        if day in self._working:
            return True
        return day.isoweekday() not in self._weekend[-1].value and f"{day:%m-%d}" not in self._holidays_of(day)

    def _holidays_of(self, day: dt.date) -> frozenset[str]:
        started = [days for start, days in self._holidays if start <= day]
        return started[-1] if started else self._holidays[0][1]

    def on_or_after(self, day: dt.date) -> dt.date:
        """The day itself, or the next working day when it is not one: the end of a term (ГК РФ ст. 193)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add(self, day: dt.date, count: int) -> dt.date:
        """The last day of a term of `count` working days that starts the day after `day` (count 0: the day itself, moved)."""
        if count < 0:
            raise ValueError("a term has no negative length")
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return self.on_or_after(day)

    def doubt(self, day: dt.date) -> str | None:
        """Why the answer for this day is not certain, in words for the screen; None when the year's list is sure."""
        year = self._years.get(day.year)
        if year is None:
            return (
                f"Переносы выходных {day.year} года не внесены: день {day:%d.%m.%Y} сверен только с выходными "
                "и праздниками ТК РФ ст. 112."
            )
        if year.confidence == "U!":
            return f"Календарь {day.year} года: {year.note}"
        return None


@cache
def working_calendar(norms: Catalogue | None = None) -> WorkingCalendar:
    """The calendar of a catalogue; of the shipped one by default."""
    return WorkingCalendar(norms or shipped())
