"""Formulas that a book keeps without their results, computed where they only look along their own row.

Anything else (another row, another sheet, an unknown function) stays without a value: it is reported, never taken for zero.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from casedesk.common.money import NotMoney, roubles
from imports.readers.amounts import FormulaWithoutValue, amount
from imports.readers.formats.xlsx_scan import column_index

_CELL = r"(\$?[A-Z]{1,3}\$?\d{1,7})"
_TOKEN = re.compile(rf"\s*(?:{_CELL}(?::{_CELL})?|(\d+(?:\.\d+)?)|(SUM\()|([+\-();,]))", re.IGNORECASE)
_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
LONGEST = 300


def evaluate(formula: str, number: int, cells: Sequence[object]) -> float | FormulaWithoutValue:
    """The value of a sum or difference of cells of row `number`, in roubles; FormulaWithoutValue when it cannot be told."""
    try:
        tokens = _tokens(formula)
        value, rest = _sum(tokens, number, cells)
    except (NotMoney, ValueError, IndexError):
        return FormulaWithoutValue(formula)
    return FormulaWithoutValue(formula) if rest else float(roubles(value))


def _tokens(formula: str) -> list[tuple[str, ...]]:
    tokens, at = [], 0
    if not formula or len(formula) > LONGEST:
        raise ValueError("no formula to compute")
    while at < len(formula.rstrip()):
        found = _TOKEN.match(formula, at)
        if not found:
            raise ValueError("not a plain sum")
        tokens.append(found.groups(default=""))
        at = found.end()
    return tokens


def _sum(tokens: list[tuple[str, ...]], number: int, cells: Sequence[object]) -> tuple[int, list[tuple[str, ...]]]:
    """Terms joined by + and -; stops before a closing bracket or a separator of arguments."""
    total, sign = 0, 1
    while tokens and tokens[0][4] not in (")", ",", ";"):
        if tokens[0][4] in ("+", "-"):
            sign = -sign if tokens[0][4] == "-" else sign
            tokens = tokens[1:]
            continue
        value, tokens = _term(tokens, number, cells)
        total, sign = total + sign * value, 1
    return total, tokens


def _term(tokens: list[tuple[str, ...]], number: int, cells: Sequence[object]) -> tuple[int, list[tuple[str, ...]]]:
    first, last, plain, is_sum, sign = tokens[0]
    if first:
        return sum(amount(cells[at]) or 0 for at in _columns(first, last or first, number)), tokens[1:]
    if plain:
        return int(Decimal(plain) * 100), tokens[1:]
    if not is_sum and sign != "(":
        raise ValueError("not a plain sum")
    total, tokens = _sum(tokens[1:], number, cells)
    while tokens[0][4] in (",", ";"):
        value, tokens = _sum(tokens[1:], number, cells)
        total += value
    return total, tokens[1:]


def _columns(first: str, last: str, number: int) -> range:
    """Columns of a reference or a range that stays in its own row. Raises ValueError for other rows."""
    (left, top), (right, bottom) = _REF.fullmatch(first).groups(), _REF.fullmatch(last).groups()
    if int(top) != number or int(bottom) != number:
        raise ValueError("another row")
    return range(column_index(left.upper().encode()), column_index(right.upper().encode()) + 1)
