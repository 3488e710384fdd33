"""Finding the header of a table: which rows hold it and what each column is called once its rows are joined."""

import datetime as dt
import re
from dataclasses import dataclass

from imports.profiles.groups import service_groups
from imports.profiles.synonyms import field_of, header_key
from imports.sheets import LOOK_AHEAD, NumberedRow, Sheet

DEEPEST = 3
_VALUE = re.compile(r"^[(\-\u2212]?\d[\d\s.,:/\-\u00a0\u202f\u2009']*\)?(?:\s*(?:р|руб)\.?)?$")
_WEIGHTS = {"account": 4, "account_holder": 4, "address": 2, "flat": 2, "holder": 2, "month": 2, "extra": 0, "row_number": 0}
_WEIGHTS |= dict.fromkeys(("opening", "charged", "paid", "closing", "amount", "balance", "recalculated"), 2)


@dataclass(frozen=True)
class Header:
    """`first` and `last` are positions in the peeked rows; `texts` are joined for display, `keys` folded for matching."""

    first: int
    last: int
    texts: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def fields(self) -> list[str]:
        return [field_of(key) if key else "" for key in self.keys]


def find_header(sheet: Sheet, *, depth: int | None = None, deepest: int = DEEPEST) -> Header | None:
    """The best header among the first rows, or None. `depth` fixes the number of its rows (a saved profile knows it)."""
    rows = sheet.peek(LOOK_AHEAD)
    best, best_score = None, 3.0
    for first in range(len(rows)):
        if not _may_be_header(rows[first]):
            continue
        for rows_deep in [depth] if depth else range(1, deepest + 1):
            last = first + rows_deep - 1
            if last >= len(rows) or (rows_deep > 1 and not _may_go_on(rows[last])):
                break
            header = join(sheet, rows, first, last)
            score = _score(header)
            if score > best_score:
                best, best_score = header, score
    return best


def _score(header: Header) -> float:
    fields = set(header.fields) - {""}
    buckets = header.fields.count("age_bucket")
    grouped = sum(map(len, service_groups(header.keys).values()))
    return sum(_WEIGHTS.get(name, 1) for name in fields) + min(buckets, 5) * 0.5 + min(grouped, 16) * 0.5 - 0.01 * header.first


def _filled(row: NumberedRow) -> list[object]:
    return [cell for cell in row[1] if cell is not None and cell != ""]


def _may_be_header(row: NumberedRow) -> bool:
    filled = _filled(row)
    return len(filled) >= 2 and not any(is_value(cell) for cell in filled)


def _may_go_on(row: NumberedRow) -> bool:
    filled = _filled(row)
    return bool(filled) and not any(is_value(cell) for cell in filled)


def is_value(cell: object) -> bool:
    """A number, a day, an amount or digits: what stands in data rows and never in a header."""
    if isinstance(cell, (int, float, dt.date)):
        return True
    return isinstance(cell, str) and bool(_VALUE.match(cell.strip()))


def join(sheet: Sheet, rows: list[NumberedRow], first: int, last: int) -> Header:
    """Join the header rows column by column, spreading merged cells sideways."""
    width = max(len(rows[index][1]) for index in range(first, last + 1))
    lines = [_spread(sheet, rows[index], width) for index in range(first, last + 1)]
    for upper, lower in zip(lines, lines[1:], strict=False):
        _fill_right(upper, lower)
    texts, keys = [], []
    for column in range(width):
        parts = []
        for line in lines:
            part = " ".join(str(line[column]).split())
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        texts.append(" / ".join(parts))
        keys.append(" / ".join(filter(None, map(header_key, parts))))
    return Header(first, last, tuple(texts), tuple(keys))


def _spread(sheet: Sheet, row: NumberedRow, width: int) -> list[object]:
    number, cells = row
    line = ["" if cell is None else cell for cell in cells] + [""] * (width - len(cells))
    for top, left, bottom, right in sheet.merged:
        if top == number and right > left and left < width:
            line[left : min(right, width - 1) + 1] = [line[left]] * (min(right, width - 1) + 1 - left)
        del bottom
    return line


def _fill_right(upper: list[object], lower: list[object]) -> None:
    """An empty upper cell over a filled lower one belongs to the upper cell on its left."""
    for column in range(1, len(upper)):
        if upper[column] == "" and lower[column] != "":
            upper[column] = upper[column - 1]


def is_number_row(cells) -> bool:
    """A row of column numbers 1, 2, 3…: part of the heading in printed forms."""
    filled = [cell for cell in cells if cell is not None and cell != ""]
    if len(filled) < 3:
        return False
    try:
        numbers = [int(str(cell).strip().removesuffix(".0")) for cell in filled]
    except ValueError:
        return False
    return numbers[0] in (1, 2) and all(later - sooner == 1 for sooner, later in zip(numbers, numbers[1:], strict=False))
