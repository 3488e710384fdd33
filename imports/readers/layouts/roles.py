"""Which column is which in a register without a header, told by what stands in the columns."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from casedesk.common import months
from casedesk.common.money import NotMoney
from imports.readers import dates
from imports.readers.amounts import amount

ENOUGH = 0.8
_YEARS = range(2008, 2041)
"""Of a period told by its content alone: wider, and any code of a branch would be one."""
_MONEY = re.compile(r"^[+\-\u2212]?\d[\d \u00a0']*[.,]\d{2}$")
_ACCOUNT = re.compile(r"^(?=.*\d{4})[0-9A-Za-zА-Яа-я][0-9A-Za-zА-Яа-я\-/]{3,24}$")
_OPERATION = re.compile(r"^(?=.*\d{4})[0-9A-Z\-]{12,40}$")
_NAME = re.compile(r"^[«\"А-ЯЁA-Z][А-ЯЁа-яёA-Za-z.\-«»\"№\d ]*$")
_PLACE = re.compile(r"[А-ЯЁа-яё].*\d")
_TIME = re.compile(r"^\d{1,2}[:\-]\d{2}[:\-]\d{2}$")
KEY_VALUE = re.compile(r"^([A-Za-zА-Яа-я][A-Za-zА-Яа-я_0-9]{1,30}):(.*)$")

Roles = dict[str, list[int]]


def find_roles(rows: Sequence[Sequence[str]]) -> Roles:
    """Role -> columns, for rows of one width. Roles: number, day, time, period, money, operation, account, name, place."""
    if not rows:
        return {}
    roles: Roles = {}
    columns = [[row[at].strip() for row in rows] for at in range(len(rows[0]))]
    for at, column in enumerate(columns):
        roles.setdefault(_role(column), []).append(at)
    roles.pop("", None)
    _settle_accounts(roles, columns)
    _settle_periods(roles, columns)
    return roles


def _role(column: list[str]) -> str:
    filled = [value for value in column if value]
    if len(filled) < len(column) * 0.5:
        return ""
    for name, test in _TESTS:
        if sum(map(test, filled)) >= len(filled) * ENOUGH:
            return name
    return "number" if _is_sequence(filled) else ""


def _is_day(value: str) -> bool:
    try:
        dates.day(value, serials=False)
    except dates.NotDay:
        return False
    return not value.isdigit() or (len(value) == 8 and value.startswith(("19", "20")))


def _is_period(value: str) -> bool:
    if value.isdigit() and len(value) not in (4, 6):
        return False
    try:
        return dates.month(value) // 12 in _YEARS
    except ValueError:
        return False


def _is_money(value: str) -> bool:
    if not _MONEY.match(value):
        return False
    try:
        return amount(value) is not None
    except NotMoney:
        return False


def _is_sequence(values: list[str]) -> bool:
    if not all(value.isascii() and value.isdigit() for value in values):
        return False
    return all(int(later) - int(sooner) == 1 for sooner, later in zip(values, values[1:], strict=False))


_TESTS: list[tuple[str, Callable[[str], bool]]] = [
    ("time", lambda value: bool(_TIME.match(value))),
    ("day", _is_day),
    ("period", _is_period),
    ("money", _is_money),
    ("code", lambda value: bool(_ACCOUNT.match(value) or _OPERATION.match(value))),
    ("name", lambda value: bool(_NAME.match(value)) and not any(map(str.isdigit, value)) and " " in value),
    ("place", lambda value: bool(_PLACE.search(value))),
    ("name", lambda value: bool(_NAME.match(value)) and " " in value),
    ("word", lambda value: value[:1].isalpha()),
]


def _settle_periods(roles: Roles, columns: list[list[str]]) -> None:
    """A period lies near the day of its row. Four digits that are years away are the code of a branch, not a month."""
    if "day" not in roles or "period" not in roles:
        return
    days = columns[roles["day"][0]]
    near = [at for at in roles.pop("period") if _share(columns[at], days) >= ENOUGH]
    if near:
        roles["period"] = near


def _share(periods: list[str], days: list[str]) -> float:
    """The share of rows whose period is at most five years before their day and a year after it."""
    pairs = [pair for pair in zip(periods, days, strict=True) if _is_period(pair[0]) and _is_day(pair[1])]
    apart = [months.of(dates.day(day)) - dates.month(period) for period, day in pairs]
    return sum(-12 <= away <= 60 for away in apart) / len(apart) if apart else 1


def _settle_accounts(roles: Roles, columns: list[list[str]]) -> None:
    """Among code-like columns: the operation number never repeats and is long, the account stands beside the name."""
    codes = roles.pop("code", [])
    operations = [at for at in codes if all(map(_OPERATION.match, filter(None, columns[at]))) and _mixed(columns[at])]
    rest = [at for at in codes if at not in operations]
    if operations:
        roles["operation"] = operations[:1]
    if rest:
        roles["account"] = [max(rest, key=lambda at: _account_score(at, columns[at], roles))]


def _mixed(column: list[str]) -> bool:
    """Letters and digits together, or longer than any account; hardly ever repeated."""
    unique = len(set(column)) >= len(column) * 0.9
    return unique and any(any(map(str.isalpha, value)) or len(value) > 20 for value in column)


def _account_score(at: int, column: list[str], roles: Roles) -> tuple[int, int, int]:
    same_length = Counter(map(len, column)).most_common(1)[0][1]
    beside_name = at + 1 in roles.get("name", []) or at - 1 in roles.get("operation", [])
    long_enough = sum(len(value) >= 6 for value in column)
    return (int(beside_name), long_enough, same_length)
