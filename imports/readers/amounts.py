"""A cell -> kopecks. The fast paths serve nearly every cell; everything else goes through `casedesk.common.money`."""

from dataclasses import dataclass

from casedesk.common.money import NotMoney, from_float, kopecks

_EXACT = 2**53 / 100
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
    if kind is float:
        return _of_float(cell)
    if kind is str:
        return _of_text(cell)
    if cell is None:
        return None
    if kind is int:
        if abs(cell) >= _EXACT:
            raise NotMoney(cell, "число вне пределов")
        return cell * 100
    if kind is FormulaWithoutValue:
        raise NotMoney(cell, "формула без сохранённого значения: откройте книгу в Excel, пересчитайте и сохраните")
    raise NotMoney(cell, "здесь не число")


def _of_float(cell: float) -> int:
    scaled = cell * 100
    if -1e13 < scaled < 1e13:
        nearest = round(scaled)
        if -1e-3 < scaled - nearest < 1e-3:
            return nearest
    return from_float(cell)


def _of_text(cell: str) -> int | None:
    whole, _, part = cell.replace(",", ".").partition(".")
    if len(part) == 2 and part.isdigit() and whole.isdigit() and cell.isascii() and len(whole) < 16:
        return int(whole + part)
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
