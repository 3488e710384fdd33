"""Walking a bailiffs' table: which rows are data, what the totals say, what stands above the header."""

from collections import Counter
from collections.abc import Callable, Iterator

from casedesk.common.money import NotMoney
from imports.bailiff.cells import RowCells
from imports.bailiff.columns import Found
from imports.bailiff.file import BailiffFile, Line
from imports.profiles.header import is_number_row
from imports.readers.amounts import amount
from imports.readers.linekinds import is_total_text
from imports.rows import ControlTotal, Problem
from imports.sheets import Cells, Sheet

_FEWEST_CELLS = 3
MakeFacts = Callable[[RowCells], object]


def walk(file: BailiffFile, sheet: Sheet, found: Found, make: MakeFacts, *, sums: tuple[str, ...]) -> None:
    """Read the rows of one sheet into `file`. `make` gives the facts of a row, or None after putting down why not.

    `sums` are the money columns whose totals the sheet may state itself.
    """
    walker = _Walker(file, sheet, found, make, sums)
    for position, (number, cells) in enumerate(sheet.rows()):
        walker.take(position, number, cells)


class _Walker:
    def __init__(self, file: BailiffFile, sheet: Sheet, found: Found, make: MakeFacts, sums: tuple[str, ...]):
        self.file, self.sheet, self.found, self.make = file, sheet, found, make
        self.sums = Counter(dict.fromkeys((name for name in sums if name in found.columns), 0))
        self.seen: dict[tuple, int] = {}

    def take(self, position: int, number: int, cells: Cells) -> None:
        why = self._why_skipped(position, cells)
        if why:
            self.file.skipped[why] += 1
            if why == "total":
                self._control(number, cells)
            return
        row = RowCells(self.sheet, self.found, number, cells)
        facts = self.make(row)
        for name in self.sums:
            self.sums[name] += _money(row.raw(name)) or 0
        self._refuse_repeat(row, facts)
        self.file.lines.append(Line(self.sheet.name, number, None if row.is_fatal else facts, row.problems))

    def _why_skipped(self, position: int, cells: Cells) -> str:
        filled = [cell for cell in cells if cell is not None and str(cell).strip()]
        header = self.found.header
        if not filled:
            return "blank"
        if position < header.first:
            return "title"
        if position <= header.last:
            return "header"
        if is_number_row(cells) and len(filled) > len(self.found.columns) // 2:
            return "column_numbers"
        if any(isinstance(cell, str) and len(cell) < 200 and is_total_text(cell) for cell in filled[:2]):
            return "total"
        return "note" if len(filled) < _FEWEST_CELLS else ""

    def _control(self, number: int, cells: Cells) -> None:
        where = f"{self.sheet.name}, строка {number}" if self.sheet.name else f"строка {number}"
        for name, known in self.sums.items():
            at = self.found.columns[name]
            stated = _money(cells[at]) if at < len(cells) else None
            if stated is not None:
                self.file.control_totals.append(ControlTotal(where, name, stated, known))

    def _refuse_repeat(self, row: RowCells, facts: object) -> None:
        """The same line twice would count its money twice."""
        if facts is None:
            return
        key = key_of(facts)
        if key in self.seen:
            message = (
                f"Строка повторяет строку {self.seen[key]}: {key[0] or key[1]}. Вторая не принята, чтобы суммы не удвоились."
            )
            row.problems.append(Problem("duplicate_row", message, self.sheet.name, row.number, value=str(key[0])))
        else:
            self.seen[key] = row.number


def key_of(facts) -> tuple:
    """What makes a line unique in its file: the writ, the proceeding, the debtor, the account."""
    writ = getattr(facts, "writ_number", "") or getattr(facts, "number", "")
    return (writ, getattr(facts, "proceeding", ""), facts.debtor_name.casefold(), getattr(facts, "account", ""))


def _money(cell: object) -> int | None:
    try:
        return amount(cell)
    except NotMoney:
        return None


def titles(sheet: Sheet, found: Found) -> Iterator[str]:
    """The texts above the header, line by line."""
    for _, cells in sheet.peek(found.header.first):
        yield from (str(cell) for cell in cells if isinstance(cell, str) and cell.strip())
