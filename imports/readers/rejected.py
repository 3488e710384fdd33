"""The rejected rows of a register as the sender's own file: the same headers and columns, and a column of reasons."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import xlsxwriter

from imports.readers.amounts import FormulaWithoutValue
from imports.readers.encodings import examine
from imports.readers.formats.delimited import find_delimiter
from imports.readers.sniff import open_book
from imports.sheets import LOOK_AHEAD, Book, Cells, Sheet

REASON = "Причина"
Reasons = Mapping[tuple[str, int], str]


def write_rejected(original: Path, reasons: Reasons, *, name: str | None = None) -> tuple[str, bytes]:
    """(file ending, content) with what stands above the first rejected row, the rejected rows, and why each was rejected.

    `reasons`: (sheet, row) -> words, as the rows' problems name them. Text registers keep their encoding and delimiter;
    every other format becomes XLSX. Raises Refused when the original is not readable any more.
    """
    book = open_book(original, name or original.name)
    try:
        if book.format == "csv" and not book.keep:
            return ".csv", _as_csv(original, book.sheets[0], reasons)
        return ".xlsx", _as_xlsx(book, reasons)
    finally:
        book.close()


def _lines(sheet: Sheet, reasons: Reasons) -> Iterator[tuple[Cells, str]]:
    """Heading lines and rejected rows of one sheet with the last cell to add."""
    rejected = {row for (name, row) in reasons if name == sheet.name}
    if not rejected:
        return
    heading = _heading_rows(sheet)
    for number, cells in sheet.rows():
        if number in rejected:
            yield cells, reasons[sheet.name, number]
        elif number in heading:
            yield cells, REASON if number == max(heading) else ""


def _heading_rows(sheet: Sheet) -> set[int]:
    """Rows above the first data: up to the fullest row of words among the first ones."""
    best, width = 0, 1
    for number, cells in sheet.peek(LOOK_AHEAD // 2):
        words = sum(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in cells)
        values = sum(
            isinstance(cell, (int, float, dt.date)) or (isinstance(cell, str) and cell[:1].isdigit()) for cell in cells
        )
        if words > width and not values:
            best, width = number, words
    return {number for number, _ in sheet.peek(LOOK_AHEAD // 2) if number <= best}


def _as_csv(original: Path, sheet: Sheet, reasons: Reasons) -> bytes:
    facts = examine(original)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=find_delimiter(facts.sample), lineterminator="\r\n")
    lines = list(_lines(sheet, reasons))
    width = max((len(cells) for cells, _ in lines), default=0)
    for cells, reason in lines:
        padding = [""] * (width - len(cells)) if reason else []
        writer.writerow([*cells, *padding, *([reason] if reason else [])])
    return text.getvalue().encode(facts.encoding, "replace")


def _as_xlsx(book: Book, reasons: Reasons) -> bytes:
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(content, options) as written:
        day = written.add_format({"num_format": "dd.mm.yyyy"})
        mark = written.add_format({"bold": True, "text_wrap": True, "bg_color": "#FDECC8"})
        taken: set[str] = set()
        for sheet in book.visible:
            lines = list(_lines(sheet, reasons))
            if lines:
                target = written.add_worksheet(_free_name(sheet.name, taken))
                _fill(target, lines, zeros=_zero_formats(written, sheet), day=day, mark=mark)
        if not taken:
            written.add_worksheet("Нет отклонённых")
    return content.getvalue()


def _zero_formats(written: xlsxwriter.Workbook, sheet: Sheet) -> dict[int, object]:
    return {at: written.add_format({"num_format": "0" * max(widths)}) for at, widths in sheet.zero_widths.items()}


def _fill(target, lines: Iterable[tuple[Cells, str]], *, zeros: dict[int, object], day: object, mark: object) -> None:
    lines = list(lines)
    last = max(len(cells) for cells, _ in lines)
    for row, (cells, reason) in enumerate(lines):
        for column, cell in enumerate(cells):
            _write(target, row, column, cell, day if isinstance(cell, dt.date) else zeros.get(column))
        if reason:
            target.write_string(row, last, reason, mark)
    target.set_column(0, last - 1, 16)
    target.set_column(last, last, 70)


def _write(target, row: int, column: int, cell: object, style: object) -> None:
    """A cell as it was: text stays text, so that an account keeps its zeros and a formula of the sender is not run."""
    if cell is None or cell == "":
        return
    if isinstance(cell, (bool, int, float, dt.date)):
        target.write(row, column, cell, style)
    else:
        target.write_string(row, column, "" if isinstance(cell, FormulaWithoutValue) else str(cell))


def _free_name(name: str, taken: set[str]) -> str:
    """A sheet name that Excel accepts: no forbidden signs, at most 31, not used yet."""
    plain = "".join("_" if sign in "[]:*?/\\'" else sign for sign in name)[:28] or "Отклонено"
    free, number = plain, 1
    while free.casefold() in taken:
        number += 1
        free = f"{plain[:25]} {number}"
    taken.add(free.casefold())
    return free
