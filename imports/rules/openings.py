"""Which month an opening balance belongs to."""

import datetime as dt

from casedesk.common import months


def month_of_balance(day: dt.date) -> int:
    """A balance on a day holds the charges of this month at most.

    On a month's first day (or the last day of the one before, which says the same) nothing of that month is charged yet.
    """
    return months.of(day) - 1 if day.day == 1 else months.of(day)
