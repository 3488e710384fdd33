"""Days and billing months as registers write them. Nothing is guessed: no rolling over of 31.02, no "today" as a default."""

import datetime as dt
import re

from casedesk.common import months

FIRST_YEAR, LAST_YEAR = 1990, 2099
_SERIALS = range(32874, 73051)
"""Excel serial numbers of 1990-2099 in the 1900 system."""
_SHIFT_1904 = 1462

_NUMERIC_DAY = re.compile(
    r"^(\d{1,2})([.\-/])(\d{1,2})\2(\d{4}|\d{2})(?:\s*г(?:ода|\.)?)?(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"
)
_ISO_DAY = re.compile(
    r"^(\d{4})([.\-/])(\d{1,2})\2(\d{1,2})(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?$"
)
_WORDED_DAY = re.compile(r"^[«\"]?(\d{1,2})[»\"]?\s+([а-яё]{3,8})\.?\s+(\d{4})\s*(?:г(?:ода|\.)?)?$")
_WORDED_MONTH = re.compile(r"^([а-яё]{3,8})[.\s,]*(\d{4}|\d{2})\s*(?:г(?:ода|\.)?)?$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[./\-\s](\d{4})(?:\s*г(?:ода|\.)?)?$")
_YEAR_MONTH = re.compile(r"^(\d{4})[./\-\s](\d{1,2})$")
_STEMS = {name[:3]: number for number, name in enumerate(months.NAMES, 1)} | {"мая": 5}
_FULL_MONTHS = [*months.NAMES, *months.GENITIVE]


class NotDay(ValueError):
    """The cell is not a day, or not one of a possible year."""


class NotMonth(ValueError):
    """The cell does not name a billing month."""


def day(value: object, *, epoch_1904: bool = False, serials: bool = True) -> dt.date:
    """A cell of a column declared to hold days -> date. Excel serial numbers are taken when `serials`. Raises NotDay."""
    if isinstance(value, dt.datetime):
        return _in_range(value.date())
    if isinstance(value, dt.date):
        return _in_range(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, epoch_1904=epoch_1904, serials=serials)
    if not isinstance(value, str):
        raise NotDay("нет даты")
    return _from_text(value, epoch_1904=epoch_1904, serials=serials)


def _from_number(value: float, *, epoch_1904: bool, serials: bool) -> dt.date:
    if value != value or abs(value) > 99_999_999:
        raise NotDay("число вне пределов")
    whole = int(value)
    if serials and (whole + (_SHIFT_1904 if epoch_1904 else 0)) in _SERIALS:
        return dt.date(1899, 12, 30) + dt.timedelta(days=whole + (_SHIFT_1904 if epoch_1904 else 0))
    if whole == value and 10_000_000 <= whole <= 99_999_999:
        return _make(whole // 10000, whole // 100 % 100, whole % 100)
    raise NotDay("число не похоже на дату")


def _from_text(value: str, *, epoch_1904: bool, serials: bool) -> dt.date:
    text = value.strip().lower().replace("\xa0", " ")
    if len(text) == 10 and text[2] == "." == text[5] and text[:2].isdecimal():
        return _make(_int(text[6:]), _int(text[3:5]), _int(text[:2]))
    if found := _NUMERIC_DAY.match(text):
        return _make(_year(found[4]), int(found[3]), int(found[1]))
    if found := _ISO_DAY.match(text):
        return _make(int(found[1]), int(found[3]), int(found[4]))
    if text.isascii() and text.isdigit():
        return _from_digits(text, epoch_1904=epoch_1904, serials=serials)
    if (found := _WORDED_DAY.match(text)) and _month_number(found[2]):
        return _make(int(found[3]), _month_number(found[2]), int(found[1]))
    raise NotDay("нужен вид ДД.ММ.ГГГГ")


def _from_digits(text: str, *, epoch_1904: bool, serials: bool) -> dt.date:
    """ГГГГММДД, ГГММДД, or a bare Excel serial."""
    if len(text) == 8:
        return _make(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 6:
        return _make(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    if len(text) == 5 and serials:
        return _from_number(int(text), epoch_1904=epoch_1904, serials=True)
    raise NotDay("нужен вид ДД.ММ.ГГГГ")


def month(value: object) -> int:
    """A cell of a period column -> month. Takes names, digits in five orders, and any day of the month."""
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return months.of(_in_range(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value == value and 0 <= value < 10**8:
        value = str(int(value)) if value == int(value) else f"{value:07.4f}"
    if not isinstance(value, str):
        raise NotMonth("нет периода")
    text = value.strip().lower().replace("\xa0", " ").replace("_", " ")
    return _month_of_digits(text) if text.isascii() and text.isdigit() else _month_of_text(text)


def _month_of_text(text: str) -> int:
    if (found := _WORDED_MONTH.match(text)) and _month_number(found[1]):
        return _month(_year(found[2]), _month_number(found[1]))
    if found := _MONTH_YEAR.match(text):
        return _month(int(found[2]), int(found[1]))
    if found := _YEAR_MONTH.match(text):
        return _month(int(found[1]), int(found[2]))
    try:
        return months.of(_from_text(text, epoch_1904=False, serials=False))
    except NotDay as wrong:
        raise NotMonth("нужен месяц и год, например 02.2024") from wrong


def _month_of_digits(text: str) -> int:
    """ММГГ, ММГГГГ, ГГГГММ, ГГГГММДД and Excel serials; a leading zero may be lost."""
    if len(text) == 5 and int(text) in _SERIALS:
        return months.of(_from_number(int(text), epoch_1904=False, serials=True))
    if len(text) in (3, 5):
        text = "0" + text
    if len(text) == 4:
        return _month_of_four(text)
    if len(text) == 6 and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return _month(int(text[:4]), int(text[4:]))
    if len(text) == 6:
        return _month(int(text[2:]), int(text[:2]))
    if len(text) == 8:
        return months.of(_make(int(text[:4]), int(text[4:6]), int(text[6:])))
    raise NotMonth("нужен месяц и год, например 02.2024")


def _month_of_four(text: str) -> int:
    """ММГГ; read as ГГММ only where ММГГ is impossible."""
    if 1 <= int(text[:2]) <= 12:
        return _month(2000 + int(text[2:]), int(text[:2]))
    return _month(2000 + int(text[:2]), int(text[2:]))


def month_named(name: object, year: object) -> int:
    """Month and year from two columns: `MES`, `GOD`. Raises NotMonth."""
    number = _month_number(str(name).strip().lower()) or _whole(name)
    wholes = _whole(year)
    return _month(wholes + 2000 if 0 <= wholes < 100 else wholes, number)


def _whole(value: object) -> int:
    try:
        return int(float(str(value).strip().replace(",", ".")))
    except (ValueError, OverflowError) as wrong:
        raise NotMonth("нужны номер месяца и год") from wrong


def _month_number(word: str) -> int:
    """Name of a month in any case, or its first letters with or without a point; 0 when it is none."""
    number = _STEMS.get(word[:3], 0)
    return number if number and any(full.startswith(word) for full in (*_FULL_MONTHS, "сент", "нояб")) else 0


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _int(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise NotDay("нужен вид ДД.ММ.ГГГГ")
    return int(text)


def _make(year: int, month_number: int, day_number: int) -> dt.date:
    try:
        return _in_range(dt.date(year, month_number, day_number))
    except ValueError as wrong:
        raise NotDay("такого дня нет в календаре") from wrong


def _month(year: int, number: int) -> int:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        raise NotMonth(f"месяц бывает от 1 до 12, год от {FIRST_YEAR} до {LAST_YEAR}")
    return months.make(year, number)


def _in_range(found: dt.date) -> dt.date:
    if not 1900 <= found.year <= LAST_YEAR:
        raise NotDay(f"год вне пределов 1900–{LAST_YEAR}")
    return found
