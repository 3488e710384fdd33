"""The rejected rows of a file as the sheets they came from, with a column of reasons: to mend and load again."""

import io
from pathlib import Path

import xlsxwriter

from imports.models import ImportBatch
from imports.profiles.header import find_header
from imports.readers.sniff import open_book
from imports.sheets import LOOK_AHEAD, Sheet

REASON = "Причина отказа"


def rejected_book(batch: ImportBatch) -> io.BytesIO:
    """An XLSX with, for each sheet that has rejected rows, its first lines up to the header and those rows.

    Cells keep their text, so leading zeros survive. The file itself is read again.
    """
    reasons: dict[tuple[str, int], list[str]] = {}
    for sheet, row, message in batch.problems.filter(fatal=True, row__isnull=False).values_list("sheet", "row", "message"):
        reasons.setdefault((sheet, row), []).append(message)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False, "default_date_format": "dd.mm.yyyy"})
    for number, sheet in enumerate(open_book(Path(batch.stored.path), batch.file_name).visible, start=1):
        rows = {row: said for (name, row), said in reasons.items() if name == sheet.name}
        if rows:
            _write(book, sheet, rows, number)
    if not book.worksheets():
        book.add_worksheet("Отклонённые").write_row(0, 0, [REASON])
    book.close()
    out.seek(0)
    return out


def _write(book: xlsxwriter.Workbook, sheet: Sheet, rows: dict[int, list[str]], number: int) -> None:
    page = book.add_worksheet((sheet.name or f"Лист{number}")[:31])
    bold = book.add_format({"bold": True, "text_wrap": True})
    header = find_header(sheet)
    width, at = 0, 0
    if header is not None:
        for _, cells in sheet.peek(LOOK_AHEAD)[: header.last + 1]:
            width = max(width, len(cells))
            _put(page, at, cells, bold)
            at += 1
        page.write(at - 1, width, REASON, bold)
    for place, cells in sheet.rows():
        if place in rows:
            _put(page, at, cells, None)
            page.write(at, max(width, len(cells)), " ".join(rows[place]))
            at += 1
    page.set_column(0, max(width - 1, 0), 16)
    page.set_column(width, width, 70)


def _put(page, at: int, cells, style) -> None:
    for column, value in enumerate(cells):
        if value is not None and value != "":
            page.write(at, column, value, style) if not isinstance(value, str) else page.write_string(at, column, value, style)
