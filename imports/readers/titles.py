"""What stands above the header: the period, the day, the house or account of the whole sheet, the unit of money."""

import contextlib
import datetime as dt
import re
from dataclasses import dataclass

from casedesk.common import months
from casedesk.common.text import clean, fold
from imports.readers import dates
from imports.readers.accounts import NotAccount, account
from imports.sheets import NumberedRow

_NAMED = r"январ\w*|феврал\w*|март\w*|апрел\w*|ма[йяе]|июн\w*|июл\w*|август\w*|сентябр\w*|октябр\w*|ноябр\w*|декабр\w*"
_MONTH = re.compile(rf"\b({_NAMED})\s+(\d{{4}})", re.IGNORECASE)
_NUMERIC_MONTH = re.compile(r"(?:за|период\w*|месяц)[\s:]+(\d{1,2}[./]\d{4}|\d{4}-\d{2})\b", re.IGNORECASE)
_SPAN = re.compile(r"\bс\s+(\d{1,2}\.\d{1,2}\.\d{4})\s*(?:г\.?)?\s*по\s+(\d{1,2}\.\d{1,2}\.\d{4})", re.IGNORECASE)
_AS_OF = re.compile(
    rf"\bна\s+(?:дату\s+)?(\d{{1,2}}\.\d{{1,2}}\.\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|[«\"]?\d{{1,2}}[»\"]?\s+(?:{_NAMED})\s+\d{{4}})",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?:лицев\w+\s+сч[её]т\w*|\bл/с|\bлс)\s*(?:№|n|:)?\s*([0-9][0-9A-Za-zА-Яа-я\-/]{2,})", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:ул|улица|пер|пр-кт|проспект|просп|пр|бульв|б-р|мкр|ш|пл|наб|туп|проезд|микрорайон|шоссе)\b", re.IGNORECASE
)
_HOUSE = re.compile(r"(?:\bд(?:ом)?\b\.?\s*\d|,\s*\d+\s*[а-я]?(?:/\d+)?\s*$)", re.IGNORECASE)
_THOUSANDS = re.compile(r"тыс\w*\.?\s*руб", re.IGNORECASE)
_LABELS = {
    "адрес": "address",
    "фио": "holder",
    "ф.и.о.": "holder",
    "абонент": "holder",
    "площадь": "area",
    "лицевой счет": "account",
}
_NAME_MONTH = re.compile(r"(20\d{2})[_\-.](0[1-9]|1[0-2])(?!\d)|(?<!\d)(0[1-9]|1[0-2])[_\-.](20\d{2})(?!\d)")


@dataclass
class Context:
    """Facts that hold for every row under the titles. None or "" where the titles do not say."""

    month: int | None = None
    as_of: dt.date | None = None
    address: str = ""
    holder: str = ""
    account: str = ""
    area: str = ""
    thousands: bool = False


def read_titles(rows: list[NumberedRow], sheet_name: str = "") -> Context:
    """Read the rows above a header, and the sheet's name for an account number."""
    found = Context()
    for _, cells in rows:
        texts = [clean(cell) for cell in cells if isinstance(cell, str) and cell.strip() and "\x00" not in cell]
        texts += [cell for cell in cells if isinstance(cell, dt.date)]
        if texts:
            _read_line(found, texts)
    if not found.account:
        found.account = _account_in(sheet_name)
    return found


def _read_line(found: Context, texts: list) -> None:
    line = " ".join(text if isinstance(text, str) else f"{text:%d.%m.%Y}" for text in texts)
    found.month = found.month if found.month is not None else month_in(line)
    found.as_of = found.as_of or day_in(line)
    found.thousands = found.thousands or bool(_THOUSANDS.search(line))
    found.account = found.account or _account_in(line)
    label = fold(str(texts[0])).rstrip(" :")
    if len(texts) > 1 and label in _LABELS:
        setattr(found, _LABELS[label], getattr(found, _LABELS[label]) or str(texts[1]))
    elif len(texts) == 1 and not found.address and is_address(str(texts[0])):
        found.address = str(texts[0])


def month_in(line: str) -> int | None:
    """The billing month that a title names, or None. A span of days counts when it lies in one month."""
    if span := _SPAN.search(line):
        with contextlib.suppress(dates.NotDay):
            first, last = months.of(dates.day(span[1])), months.of(dates.day(span[2]))
            return first if first == last else None
    if _AS_OF.search(line):
        return None
    for pattern in (_MONTH, _NUMERIC_MONTH):
        if named := pattern.search(line):
            with contextlib.suppress(dates.NotMonth):
                return dates.month(" ".join(named.groups()))
    return None


def day_in(line: str) -> dt.date | None:
    """The day after «на …» in a title, or None."""
    named = _AS_OF.search(line)
    with contextlib.suppress(dates.NotDay):
        return dates.day(named[1]) if named else None
    return None


def month_in_name(file_name: str) -> int | None:
    """A month that a file name carries (`osv_2024_05.xlsx`), or None."""
    found = _NAME_MONTH.search(file_name)
    if not found:
        return None
    return months.make(int(found[1] or found[4]), int(found[2] or found[3]))


def _account_in(line: str) -> str:
    named = _ACCOUNT.search(line)
    with contextlib.suppress(NotAccount):
        return account(named[1]) if named else ""
    return ""


def is_address(text: str) -> bool:
    """Whether a text reads like the address of a house or a flat."""
    if len(text) > 300 or not re.search(r"[а-яё]{2}.*\d", text, re.IGNORECASE):
        return False
    return bool(_STREET.search(text)) or ("," in text and bool(_HOUSE.search(text)))
