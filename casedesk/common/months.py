"""Billing months as small integers: year * 12 + (month - 1), so that age in months is a subtraction."""

import datetime as dt
import re

NAMES = ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"]
GENITIVE = ["января", "февраля", "марта", "апреля", "мая", "июня"]
GENITIVE += ["июля", "августа", "сентября", "октября", "ноября", "декабря"]
_ISO = re.compile(r"^(\d{4})-(\d{2})$")


def of(day: dt.date) -> int:
    """The month a day lies in."""
    return day.year * 12 + day.month - 1


def make(year: int, month: int) -> int:
    """The month by calendar year and number 1-12."""
    if not 1 <= month <= 12:
        raise ValueError(f"нет месяца {month}: нужен от 1 до 12")
    return year * 12 + month - 1


def parse(text: str) -> int:
    """`2024-05` -> month. Raises ValueError with the remedy."""
    found = _ISO.match(text or "")
    if not found or not 1 <= int(found[2]) <= 12:
        raise ValueError(f"«{text}» не месяц: нужен вид ГГГГ-ММ, например 2024-05")
    return make(int(found[1]), int(found[2]))


def first_day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> dt.date:
    return first_day(month + 1) - dt.timedelta(days=1)


def iso(month: int) -> str:
    """Month -> `2024-05`: the form of files, URLs and commands."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def named(month: int) -> str:
    """Month -> `май 2024`: the form of the screen."""
    return f"{NAMES[month % 12]} {month // 12}"


def short(month: int) -> str:
    """Month -> `05.2024`: the form of narrow columns."""
    return f"{month % 12 + 1:02d}.{month // 12:04d}"


def fully_counted(day: dt.date) -> int:
    """The newest month whose charges count by this day: a month counts from its last day."""
    return of(day) if day == last_day(of(day)) else of(day) - 1
