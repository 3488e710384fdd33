"""Days and terms as the explanation says them."""

import calendar
import datetime as dt


def add_months(day: dt.date, count: int) -> dt.date:
    """The corresponding day `count` months later; the last day of a shorter month (ГК РФ ст. 192 п. 3)."""
    month = day.year * 12 + day.month - 1 + count
    year, number = divmod(month, 12)
    return dt.date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def add_years(day: dt.date, count: int) -> dt.date:
    """The corresponding day `count` years later (ГК РФ ст. 192 п. 1)."""
    return add_months(day, 12 * count)


def said(day: dt.date) -> str:
    """`31.05.2024`"""
    return f"{day:%d.%m.%Y}"
