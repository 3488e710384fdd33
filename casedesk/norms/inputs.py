"""Inputs of a calculator: JSON in, typed values out, and a refusal that names the field and the remedy."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from casedesk.common import money, months
from casedesk.common.refusals import Refusal

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_MISSING = object()


class BadInput(Refusal):
    """A field of the input is wrong. The text names the field, its value and what to write instead."""

    code = "bad_input"

    def __init__(self, field: str, value: object, why: str):
        shown = "" if value is None else f" = «{value}»"
        super().__init__(f"Поле «{field}»{shown}: {why}.", field=field)
        self.field, self.why = field, why


class Inputs:
    """The fields of one JSON object. `path` is where the object stands, as `payments[0].`."""

    def __init__(self, data: Any, allowed: Iterable[str], path: str = ""):
        if not isinstance(data, Mapping):
            raise BadInput(path.rstrip(".") or "(весь ввод)", data, "нужен объект JSON {…}")
        self._data, self._path, self._allowed = data, path, tuple(allowed)
        for key in data:
            if key not in self._allowed:
                raise BadInput(f"{path}{key}", None, f"неизвестный ключ; известны: {', '.join(self._allowed)}")

    def has(self, key: str) -> bool:
        return self._data.get(key) is not None

    def bad(self, key: str, why: str) -> BadInput:
        """The refusal for a value that another field or a rule forbids."""
        return BadInput(f"{self._path}{key}", self._data.get(key), why)

    def raw(self, key: str, default: Any = _MISSING) -> Any:
        """The value as it came. A missing key without a default is refused."""
        value = self._data.get(key, _MISSING)
        if value is _MISSING:
            if default is _MISSING:
                raise BadInput(f"{self._path}{key}", None, "поле обязательно")
            return default
        return value

    def day(self, key: str, default: Any = _MISSING) -> Any:
        """A day, `ГГГГ-ММ-ДД`."""
        if not self.has(key) and default is not _MISSING:
            return default
        return parse_day(f"{self._path}{key}", self.raw(key))

    def month(self, key: str) -> int:
        """A billing month, `ГГГГ-ММ`."""
        text = self.raw(key)
        try:
            return months.parse(text if isinstance(text, str) else "")
        except ValueError:
            raise self.bad(key, "нет такого месяца: нужен вид ГГГГ-ММ, например 2024-05") from None

    def amount(self, key: str, default: Any = _MISSING, *, negative: bool = False, zero: bool = True) -> Any:
        """Roubles with at most two places -> kopecks."""
        if not self.has(key) and default is not _MISSING:
            return default
        number = self._decimal(key, "нужна сумма в рублях, например 1234.56")
        try:
            value = money.from_decimal(number)
        except money.NotMoney:
            raise self.bad(key, "нужна сумма в рублях, не больше двух знаков после точки") from None
        if abs(value) > money.MAX_KOPECKS:
            raise self.bad(key, "слишком большое число")
        if value < 0 and not negative:
            raise self.bad(key, "сумма не может быть отрицательной")
        if value == 0 and not zero:
            raise self.bad(key, "сумма должна быть больше нуля")
        return value

    def percent(self, key: str, default: Any = _MISSING) -> Any:
        """A rate in percent, 0-1000, as Decimal."""
        if not self.has(key) and default is not _MISSING:
            return default
        value = self._decimal(key, "нужна ставка в процентах, например 9.5")
        if not 0 <= value <= 1000:
            raise self.bad(key, "ставка от 0 до 1000 процентов")
        return value

    def _decimal(self, key: str, why: str) -> Decimal:
        value = self.raw(key)
        if isinstance(value, (bool, float)) or not isinstance(value, (str, int, Decimal)):
            raise self.bad(key, why)
        try:
            number = Decimal(value.strip().replace(",", ".") if isinstance(value, str) else value)
        except InvalidOperation:
            raise self.bad(key, why) from None
        if not number.is_finite() or number.adjusted() > 18:
            raise self.bad(key, why)
        return number

    def whole(self, key: str, default: Any = _MISSING, *, least: int = 0, most: int = 10_000) -> Any:
        """A whole number within limits."""
        if not self.has(key) and default is not _MISSING:
            return default
        value = self.raw(key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.bad(key, f"нужно целое число от {least} до {most}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self.raw(key, default)
        if not isinstance(value, bool):
            raise self.bad(key, "нужно true или false")
        return value

    def choice(self, key: str, options: Iterable[str], default: Any = _MISSING) -> str:
        """One of the named words."""
        value = self.raw(key, default)
        options = list(options)
        if value not in options:
            raise self.bad(key, f"можно: {', '.join(options)}")
        return value

    def text(self, key: str, default: Any = _MISSING) -> str:
        value = self.raw(key, default)
        if not isinstance(value, str) or not value:
            raise self.bad(key, "нужен текст")
        return value

    def items(self, key: str, allowed: Iterable[str]) -> Iterator["Inputs"]:
        """The objects of a list; none when the key is missing."""
        rows = self._data.get(key) or []
        if not isinstance(rows, list):
            raise self.bad(key, "нужен список [...]")
        allowed = tuple(allowed)
        for number, row in enumerate(rows):
            yield Inputs(row, allowed, f"{self._path}{key}[{number}].")


def parse_day(field: str, text: Any) -> dt.date:
    """`2024-05-31` -> day. Refuses 31.02 and other days that are not, naming the field."""
    if not isinstance(text, str) or not _DAY.match(text):
        raise BadInput(field, text, "нужна дата вида ГГГГ-ММ-ДД, например 2024-05-31")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(field, text, "такого дня нет в календаре: проверьте число и месяц") from None
    if not 1990 <= day.year <= 2100:
        raise BadInput(field, text, "год должен быть от 1990 до 2100")
    return day
