"""A cell -> kopecks. The fast paths serve nearly every cell; everything else goes through `casedesk.common.money`."""

import re
from dataclasses import dataclass

from casedesk.common.money import NotMoney, from_float, kopecks

_EXACT = 2**53 / 100
_DECIMAL_SIGNS = frozenset(",.")
_SPACES = " \u00a0\u202f\u2009"
_GROUPED = re.compile(rf"-?[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})*[.,][0-9]{{2}}$")
_DIGITS_ONLY = str.maketrans("", "", _SPACES + ",.")
DASHES = frozenset(("-", "—", "–", "\u2212"))
"""«Nothing» in reports of 1C."""


@dataclass(frozen=True, slots=True)
class FormulaWithoutValue:
    """A formula that the book keeps without its result: unknown, and never zero."""

    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


def amount(cell: object) -> int | None:
    """Kopecks, or None when nothing is printed. A lone dash is 0. Raises NotMoney for anything that is not an amount."""
    kind = type(cell)
    if kind is str:
        if cell[-3:-2] in _DECIMAL_SIGNS:
            digits = cell[:-3] + cell[-2:]
            if digits.isdigit() and digits.isascii():
                return int(digits)
        return _of_text(cell)
    if kind is float:
        scaled = cell * 100
        nearest = round(scaled) if -1e13 < scaled < 1e13 else 0
        return nearest if nearest and -1e-3 < scaled - nearest < 1e-3 else from_float(cell)
    return None if cell is None else _of_other(cell)


def _of_other(cell: object) -> int:
    if type(cell) is int and abs(cell) < _EXACT:
        return cell * 100
    if isinstance(cell, FormulaWithoutValue):
        raise NotMoney(cell, "формула без сохранённого значения: откройте книгу в Excel, пересчитайте и сохраните")
    raise NotMoney(cell, "здесь не число")


def _of_text(cell: str) -> int | None:
    if _GROUPED.match(cell):
        return int(cell.translate(_DIGITS_ONLY))
    text = cell.strip()
    if not text or text in ("\xa0", "\u200b"):
        return None
    if text in DASHES:
        return 0
    return kopecks("".join(text.split("\n")) if "\n" in text else text)


def hundredths(cell: object) -> int | None:
    """A measure such as an area -> hundredths; longer fractions are rounded half up. Raises NotMoney."""
    if isinstance(cell, str) and cell.count(".") + cell.count(",") == 1 and not cell.strip().endswith((".", ",")):
        plain = cell.strip().replace(",", ".")
        if plain.replace(".", "").isdigit() and plain.isascii():
            return from_float(float(plain))
    return amount(cell)
