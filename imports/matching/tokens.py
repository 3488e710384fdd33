"""The tokens of a payment purpose: numbers of proceedings, writs, orders, accounts and their dates.

Every pattern is a plain sequence without nested repetition, so that any text is read in linear time. A number that stops
where the bank cut the text (position 210) or whose department has fewer than five digits is no number.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

BANK_FIELD = 210
"""Length of the purpose field in a payment order (Bank of Russia 762-P, field 24): longer texts lose their end."""

_OLD_PROCEEDING = re.compile(r"(?<![\d/])(\d{1,7})/(\d{2})/(\d{2})/(\d{2})(?![\d/])")
_PROCEEDING = re.compile(r"(?<![\d/])(\d{1,7}) ?/ ?(\d{2}) ?/ ?(\d{5})(?!\d)(?: ?[-–—] ?(ИП|СД|СВ)(?![а-яё]))?", re.IGNORECASE)
_SERIES = re.compile(r"(?<![А-Яа-яA-Za-z])([ФВB])([СC])[ -]?№? ?(\d{9})(?!\d)", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:(?<![\d/.-])|(?<=СП-))(0?2-\d{1,6}(?:-\d{1,6})?(?:/\d{1,4}(?!\d))?(?:/\d{1,4}[а-я]?(?!\d))?(?:-\d{1,4})?(?:-\d{1,4})?)(?![\d/])",
    re.IGNORECASE,
)
_UIN = re.compile(r"УИН\D{0,3}(\d{20,25})(?!\d)", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?<![а-яё/])(?:л/?с|лиц(?:евой|\.)? ?сч(?:[её]т|\.)?)(?:[аеу])? ?[:№N#]{0,2} ?(\d{5,20})(?![\dа-яё])", re.IGNORECASE
)
_DATE = r"(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d))"
_DATE_AFTER = re.compile(rf"^ ?(?:\([^()]{{0,40}}\))? ?(?:по делу \S{{1,30}} )?от ?{_DATE}", re.IGNORECASE)
_DATE_BEFORE = re.compile(rf"от ?{_DATE} ?(?:г\.?)? ?(?:№|N|исполнительный лист|судебный приказ|и/л|с/п)? ?№?$", re.IGNORECASE)
_PERIOD = re.compile(r"(?:период|за) ?:?(20\d{2})(0[1-9]|1[0-2])(?!\d)", re.IGNORECASE)
_PERIOD_DOTTED = re.compile(r"(?:период|за) ?:?(0[1-9]|1[0-2])[./](20\d{2})(?!\d)", re.IGNORECASE)
_MONTHS = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
_PERIOD_NAMED = re.compile(rf"за ({'|'.join(_MONTHS)})[а-я]{{0,2}} (20\d{{2}})(?!\d)", re.IGNORECASE)
_CUT_NUMBER = re.compile(r"\d ?[\r\n]+ ?\d")


@dataclass(frozen=True)
class Number:
    """A number found in a text: its normal form, where it stands, and whether it had to be guessed."""

    text: str
    start: int
    end: int
    date: dt.date | None = None
    doubt: str = ""


@dataclass
class Tokens:
    """All numbers of one purpose."""

    proceedings: list[Number] = field(default_factory=list)
    consolidated: list[Number] = field(default_factory=list)
    writs: list[Number] = field(default_factory=list)
    orders: list[Number] = field(default_factory=list)
    uin: Number | None = None
    accounts: list[Number] = field(default_factory=list)
    period: str | None = None


def read_date(text: str) -> dt.date | None:
    """`05.03.2021`, `5.3.21` or `2021-03-05` -> day; None when there is no such day. A year is never invented."""
    try:
        if "-" in text:
            return dt.date.fromisoformat(text)
        day, month, year = (int(part) for part in text.split("."))
        return dt.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def read(text: str, *, cut_at: int | None = None, joined: bool = False) -> Tokens:
    """Tokens of a cleaned text. `cut_at`: length at which the bank cut it; `joined`: digits stood on two lines."""
    tokens = Tokens()
    doubt = "цифры номера стояли на двух строках" if joined else ""
    _proceedings(text, tokens, cut_at, doubt)
    tokens.writs = [
        Number(_series(found), *found.span(), date=_date_near(text, found.span()), doubt=doubt)
        for found in _SERIES.finditer(text)
    ]
    taken = [*tokens.proceedings, *tokens.consolidated]
    tokens.orders = [
        Number(found[1], *found.span(), date=_date_near(text, found.span()), doubt=doubt)
        for found in _ORDER.finditer(text)
        if not _cut(found.end(), cut_at) and not any(n.start <= found.start() < n.end for n in taken)
    ]
    found = _UIN.search(text)
    tokens.uin = Number(found[1], *found.span(1)) if found else None
    tokens.accounts = [Number(found[1], *found.span(1)) for found in _ACCOUNT.finditer(text)]
    tokens.period = _period(text)
    return tokens


def proceeding_from_uin(uin: str) -> str | None:
    """Proceeding number inside a bailiff's УИН: 322 + department (5) + year (2) + number (7) + 3. Inferred: a hint only."""
    if len(uin) != 20 or not uin.startswith("322"):
        return None
    return f"{int(uin[10:17])}/{uin[8:10]}/{uin[3:8]}-ИП"


def cut_number(raw: str) -> bool:
    """True when a line break stands between two digits: what looks like a number may be its tail."""
    return bool(_CUT_NUMBER.search(raw))


def _proceedings(text: str, tokens: Tokens, cut_at: int | None, doubt: str) -> None:
    for found in _OLD_PROCEEDING.finditer(text):
        tokens.proceedings.append(Number("/".join(found.groups()), *found.span(), doubt="номер старого образца"))
    for found in _PROCEEDING.finditer(text):
        if _cut(found.end(), cut_at) or any(n.start <= found.start() < n.end for n in tokens.proceedings):
            continue
        number, year, department, tail = found.groups()
        form = f"{int(number)}/{year}/{department}-{(tail or 'ИП').upper()}"
        several = tokens.proceedings if form.endswith("ИП") else tokens.consolidated
        if form not in [known.text for known in several]:
            several.append(Number(form, *found.span(), doubt=doubt))


def _cut(end: int, cut_at: int | None) -> bool:
    return cut_at is not None and end >= cut_at


def _series(found: re.Match) -> str:
    first = "Ф" if found[1].upper() == "Ф" else "В"
    return f"{first}С {found[3]}"


def _date_near(text: str, span: tuple[int, int]) -> dt.date | None:
    after = _DATE_AFTER.match(text[span[1] : span[1] + 60])
    if after:
        return read_date(after[1])
    before = _DATE_BEFORE.search(text[max(0, span[0] - 60) : span[0]])
    return read_date(before[1]) if before else None


def _period(text: str) -> str | None:
    if found := _PERIOD.search(text):
        return f"{found[1]}-{found[2]}"
    if found := _PERIOD_DOTTED.search(text):
        return f"{found[2]}-{found[1]}"
    if found := _PERIOD_NAMED.search(text):
        return f"{found[2]}-{_MONTHS.index(found[1].lower()) + 1:02d}"
    return None
