"""Money: integer kopecks inside, Decimal and text at the edges, never a float.

A `DecimalField` is a float on SQLite, so amounts live in `BigIntegerField`s (see `casedesk.common.fields.KopeckField`)
and all arithmetic is on Python integers. This module owns every conversion.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

THIN_SPACE = "\u202f"
MINUS = "\u2212"
MAX_KOPECKS = 2**62

_SPACES = "\u00a0\u202f\u2009\u2007 \t"
_TAIL = re.compile(r"(?:руб(?:лей|ля|ль)?\.?|р\.?|₽)$", re.IGNORECASE)
_ROUBLES_KOPECKS = re.compile(r"^(-?\d+)(?:руб(?:лей|ля|ль)?\.?|р\.?)(\d{1,2})коп(?:еек|ейки|ейка)?\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"^(\d+)(?:[.,](\d{1,2}))?$")
_DOT_GROUPS = re.compile(r"^(\d{1,3}(?:\.\d{3})+),(\d{1,2})$")
_SPACE_GROUPS = re.compile(r"^\d{1,3}(?:[ ']\d{3})+(?:[.,]\d{1,2})?$")


class NotMoney(ValueError):
    """The text is not an amount of roubles, or could be read in two ways."""

    def __init__(self, text: object, why: str):
        self.text, self.why = text, why
        super().__init__(f"«{text}» не сумма: {why}")


def kopecks(text: str) -> int:
    """Read an amount of roubles as people and programs write it; return kopecks.

    Takes thousands separators (spaces of all widths, an apostrophe, or points before a decimal comma), a decimal comma or
    point with one or two digits, a minus sign or parentheses, «руб.», «N руб. M коп.». Raises NotMoney for everything
    else, `1,234` and `12,345.67` included: they can be read in two ways.
    """
    raw = text
    text = text.strip(_SPACES)
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip(_SPACES)
    if text[:1] in ("-", MINUS, "–"):
        if negative:
            raise NotMoney(raw, "и скобки, и минус")
        negative, text = True, text[1:].strip(_SPACES)
    for space in _SPACES:
        text = text.replace(space, " ")
    worded = _ROUBLES_KOPECKS.match(text.replace(" ", ""))
    if worded:
        value = int(worded[1]) * 100 + int(worded[2])
    else:
        text = _TAIL.sub("", text).strip()
        value = _digits(raw, text)
    if value > MAX_KOPECKS:
        raise NotMoney(raw, "слишком большое число")
    return -value if negative else value


def _digits(raw: str, text: str) -> int:
    if not text.isascii() or not text:
        raise NotMoney(raw, "нужны цифры, запятая или точка и не больше двух знаков копеек")
    if _SPACE_GROUPS.match(text):
        text = text.replace(" ", "").replace("'", "")
    dotted = _DOT_GROUPS.match(text)
    if dotted:
        text = dotted[1].replace(".", "") + "," + dotted[2]
    plain = _PLAIN.match(text)
    if not plain:
        raise NotMoney(raw, "нужны цифры, запятая или точка и не больше двух знаков копеек")
    return int(plain[1]) * 100 + int((plain[2] or "0").ljust(2, "0"))


def from_decimal(value: Decimal | int) -> int:
    """Roubles as Decimal -> kopecks. Raises NotMoney when there are parts of a kopeck."""
    scaled = Decimal(value) * 100
    if scaled != scaled.to_integral_value():
        raise NotMoney(value, "есть доли копейки")
    return int(scaled)


def from_float(value: float) -> int:
    """A number cell of a workbook -> kopecks, half up. The one place where a float is let in: XLSX stores nothing else."""
    if value != value or value in (float("inf"), float("-inf")) or abs(value) >= 2**53 / 100:
        raise NotMoney(value, "число вне пределов")
    exact = Decimal(repr(value)) * 100
    return int(exact.to_integral_value(rounding=ROUND_HALF_UP))


def roubles(value: int) -> Decimal:
    """Kopecks -> roubles as Decimal with two places."""
    return Decimal(value).scaleb(-2)


def text(value: int) -> str:
    """Kopecks -> `1234.56`: the form of files, JSON and commands."""
    return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"


def spaced(value: int, *, kopecks_shown: bool = True) -> str:
    """Kopecks -> `1 234,56` with thin spaces and a true minus: the form of the screen."""
    whole = f"{abs(value) // 100:,}".replace(",", THIN_SPACE)
    tail = f",{abs(value) % 100:02d}" if kopecks_shown else ""
    return f"{MINUS if value < 0 else ''}{whole}{tail}"


def thousands(value: int, places: int = 1) -> Decimal:
    """Kopecks -> thousands of roubles, half up, as the municipal forms ask."""
    return roubles(value).scaleb(-3).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split kopecks in proportion to the weights so that the parts add up exactly.

    Uses cumulative half-up rounding, so equal input gives equal output. Raises ValueError when no weight is positive.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("split needs weights that are not negative and not all zero")
    parts, done, reached = [], 0, 0
    for weight in weights:
        reached += weight
        upto = (2 * total * reached + whole) // (2 * whole)
        parts.append(upto - done)
        done = upto
    return parts
