"""Values of norms as an administrator types them, by the unit of the norm."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from casedesk.common.refusals import Refusal
from casedesk.norms.norm import Norm

_DAY = re.compile(r"^(\+?)(\d{2})\.(\d{2})\.(\d{4})$")


class BadNormValue(Refusal):
    """The typed text is not a value of this norm."""

    code = "bad_norm_value"


def read(norm: Norm, text: str) -> Any:
    """The value that the text means. Raises BadNormValue with the form that is wanted."""
    reader = READERS.get(norm.unit)
    if reader is None:
        raise BadNormValue(f"Норму «{norm.about}» меняют только в новой версии программы: её значение сложнее одного числа.")
    return reader(norm, text.strip())


def _percent(norm: Norm, text: str) -> Decimal:
    try:
        value = Decimal(text.rstrip(" %").replace(",", "."))
    except InvalidOperation:
        raise BadNormValue(f"«{text}»: нужна ставка в процентах, например 14,50.") from None
    if not 0 < value < 1000:
        raise BadNormValue(f"«{text}»: ставка должна быть больше 0 и меньше 1000 процентов.")
    return value


def _whole(norm: Norm, text: str) -> int:
    digits = text.replace(" ", "").replace("\u202f", "")
    if not (digits.isascii() and digits.isdigit()) or not 0 < int(digits) < 10**10:
        raise BadNormValue(f"«{text}»: нужно целое положительное число.")
    return int(digits)


def _cap(norm: Norm, text: str) -> dict[str, Any]:
    """The newest rule with another rate: whom it concerns stays."""
    return norm.values[-1].value | {"kind": "at_most", "rate": _percent(norm, text)}


def _calendar(norm: Norm, text: str) -> dict[str, list[dt.date]]:
    """`22.02.2028 08.05.2028 +19.02.2028`: days off, and working Saturdays with a plus."""
    days: dict[str, list[dt.date]] = {"off": [], "working": []}
    for word in text.replace(",", " ").split():
        found = _DAY.match(word)
        if not found:
            raise BadNormValue(f"«{word}»: нужны дни вида 22.02.2028, рабочие субботы — с плюсом: +19.02.2028.")
        plus, day, month, year = found.groups()
        try:
            days["working" if plus else "off"].append(dt.date(int(year), int(month), int(day)))
        except ValueError:
            raise BadNormValue(f"«{word}»: такого дня нет в календаре.") from None
    if not days["off"]:
        raise BadNormValue("Нужен хотя бы один день, перенесённый на нерабочий.")
    return days


READERS: dict[str, Callable[[Norm, str], Any]] = {
    "percent_a_year": _percent,
    "capped_rate": _cap,
    "calendar_year": _calendar,
    **dict.fromkeys(["roubles", "years", "months", "days", "working_days", "calendar_days", "day_of_month"], _whole),
}
"""Units whose values can be typed; the others are tables and come with a release."""


def is_typed(norm: Norm) -> bool:
    return norm.unit in READERS and not norm.windows
