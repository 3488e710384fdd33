"""Registers of writs: what a creditor presents to bailiffs, and what a court has issued."""

from casedesk.common import money
from enforcement.rules.printed import writ_kind
from imports.bailiff.cells import RowCells
from imports.bailiff.columns import Found
from imports.bailiff.file import WRITS, BailiffFile
from imports.bailiff.walk import walk
from imports.bailiff.writ_line import WritLine
from imports.sheets import Book, Sheet

_PARTS = ("principal", "penalty", "duty")


def read_writ_register(book: Book, tables: list[tuple[Sheet, Found]]) -> BailiffFile:
    """Read the sheets whose header is a register of writs."""
    file = BailiffFile(WRITS, book.format, book.encoding, problems=list(book.problems))
    for sheet, found in tables:
        file.columns = file.columns or found.shown
        walk(file, sheet, found, _line, sums=(*_PARTS, "total", "claimed"))
    return file


def _line(row: RowCells) -> WritLine | None:
    number = row.text("writ_number")
    if not number:
        row.bad("no_writ", "writ_number", "", "нет номера исполнительного документа")
        return None
    kind = writ_kind(row.text("writ_kind"), number)
    if kind is None:
        row.bad("bad_writ_kind", "writ_kind", row.text("writ_kind"), "это не вид исполнительного документа")
        return None
    parts = [row.kopecks(name) or 0 for name in _PARTS]
    total = row.kopecks("total") if "total" in row.found.columns else row.kopecks("claimed")
    if not any(parts) and total:
        parts[0] = total
    line = WritLine(
        row.sheet.name,
        row.number,
        kind,
        number[:40],
        row.day("writ_date"),
        row.text("account"),
        row.text("debtor")[:300],
        row.day("birth_date"),
        row.text("address")[:400],
        row.text("court")[:300],
        *parts,
        total,
        row.text("creditor_inn"),
    )
    _check(row, line)
    return line


def _check(row: RowCells, line: WritLine) -> None:
    if line.total is not None and line.total != line.whole:
        said = f"сумма частей {money.text(line.whole)}, а всего {money.text(line.total)}"
        row.bad("sum_differs", "total", money.text(line.total), said)
    if min(line.principal, line.penalty, line.duty) < 0:
        row.bad("bad_money", "principal", money.text(line.whole), "сумма по документу не бывает меньше нуля")
