"""Lists as XLSX: the columns of the screen, written row by row in bounded memory."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.http import FileResponse

from casedesk.common import money, months
from casedesk.common.refusals import Refusal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 300_000

FORMATS = {
    "money": {"num_format": "#,##0.00"},
    "number": {"num_format": "#,##0"},
    "hundredths": {"num_format": "#,##0.00"},
    "day": {"num_format": "dd.mm.yyyy"},
    "moment": {"num_format": "dd.mm.yyyy hh:mm"},
}
WIDTHS = {"money": 15, "number": 11, "hundredths": 10, "day": 12, "month": 11, "moment": 17}


class TooManyRows(Refusal):
    """A sheet that nobody could open."""

    code = "too_many_rows"


def cell_value(kind: str, value: Any) -> Any:
    """The value a workbook keeps: money as roubles, months as `05.2024`, moments without a zone."""
    if value is None:
        return None
    if kind in ("money", "hundredths"):
        return money.roubles(value)
    if kind == "month":
        return months.short(value)
    if kind == "moment":
        return value.replace(tzinfo=None)
    if kind in ("number", "day"):
        return value
    return str(value)


def workbook(
    target, title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()
) -> None:
    """Write one sheet to a file object: notes (what was filtered, as of when), a head that stays in sight, typed cells.

    `columns` are (label, kind); kinds are those of `casedesk.common.tables.Column`. Raises TooManyRows.
    """
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#EFF2F5"})
    styles = {kind: book.add_format(spec) for kind, spec in FORMATS.items()}
    for at, (_, kind) in enumerate(columns):
        sheet.set_column(at, at, WIDTHS.get(kind, 26), styles.get(kind))
    line = 0
    for note in notes:
        sheet.write_string(line, 0, note)
        line += 1
    sheet.freeze_panes(line + 1, 0)
    for at, (label, _) in enumerate(columns):
        sheet.write_string(line, at, label, head)
    first = line
    for row in rows:
        line += 1
        if line - first > MOST_ROWS:
            raise TooManyRows(f"В списке больше {MOST_ROWS} строк: сузьте его фильтрами и выгрузите по частям.")
        for at, value in enumerate(row):
            kind = columns[at][1]
            value = cell_value(kind, value)
            if value is not None:
                sheet.write(line, at, value, styles.get(kind))
    sheet.autofilter(first, 0, max(line, first + 1), max(len(columns) - 1, 0))
    book.close()


def response(
    name: str, title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]], notes: Sequence[str] = ()
) -> FileResponse:
    """The workbook as a download called `name`.xlsx."""
    spool = tempfile.SpooledTemporaryFile(max_size=8 * 2**20)  # noqa: SIM115 - FileResponse closes it
    workbook(spool, title, columns, rows, notes)
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
