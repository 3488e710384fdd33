"""Old Excel books (BIFF): real ones go to xlrd; a password or another OLE document is refused by name."""

import datetime as dt
import os
import struct
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import xlrd

from imports.readers.errors import Refused
from imports.rows import Problem
from imports.sheets import Book, NumberedRow, Sheet

LARGEST = 20 << 20
"""xlrd keeps the whole book in memory, several times its size."""
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_DOCUMENT = "WordDocument".encode("utf-16-le")


def open_xls(path: Path, name: str) -> Book:
    """Open a BIFF book. Raises Refused."""
    if path.stat().st_size > LARGEST:
        raise Refused("too_large", f"Книга «{name}» старого формата больше {LARGEST >> 20} МБ. Сохраните её как XLSX или CSV.")
    _refuse_other_documents(path, name)
    try:
        with open(os.devnull, "w", encoding="utf-8") as log:
            book = xlrd.open_workbook(path, formatting_info=True, logfile=log)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as wrong:
        if "encrypt" in str(wrong).lower():
            raise _locked(name) from wrong
        raise _damaged(name) from wrong
    except DAMAGE as wrong:
        raise _damaged(name) from wrong
    sheets = [_sheet(book, index) for index in range(book.nsheets)]
    problems = [_hidden(sheet.name) for sheet in sheets if sheet.hidden]
    return Book(format="xls", sheets=sheets, problems=problems)


DAMAGE = (
    AssertionError,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    EOFError,
    OSError,
    struct.error,
    RecursionError,
)
"""What xlrd raises on a damaged book besides errors of its own."""


def _refuse_other_documents(path: Path, name: str) -> None:
    data = path.read_bytes()
    if any(mark in data for mark in _ENCRYPTED):
        raise _locked(name)
    if _DOCUMENT in data:
        raise Refused("unknown_format", f"«{name}» — документ Word, а не таблица. Нужен XLSX, XLS, CSV или DBF.")


def _locked(name: str) -> Refused:
    return Refused("encrypted", f"Книга «{name}» закрыта паролем. Снимите пароль в Excel и пришлите её снова.")


def _damaged(name: str) -> Refused:
    return Refused("damaged_book", f"Книга «{name}» не читается: это не XLS или он повреждён. Сохраните её заново как XLSX.")


def _hidden(name: str) -> Problem:
    return Problem("hidden_sheet", f"Лист «{name}» скрыт и не прочитан. Покажите его, если он нужен.", name, fatal=False)


def _sheet(book: xlrd.Book, index: int) -> Sheet:
    sheet = book.sheet_by_index(index)
    outline = {row + 1: info.outline_level for row, info in sheet.rowinfo_map.items() if info.outline_level}
    return Sheet(
        name=sheet.name,
        open_rows=partial(_rows, book, sheet),
        hidden=sheet.visibility != 0,
        merged=[(top + 1, left, bottom, right - 1) for top, bottom, left, right in sheet.merged_cells],
        outline=outline,
        zero_widths=_zero_widths(book, sheet),
        epoch_1904=bool(book.datemode),
    )


def _zero_widths(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> dict[int, set[int]]:
    """Column -> lengths of its zeros-only number formats."""
    zeros = {}
    for at, style in enumerate(book.xf_list):
        code = book.format_map[style.format_key].format_str if style.format_key in book.format_map else ""
        if len(code) > 1 and not code.strip("0"):
            zeros[at] = len(code)
    widths: dict[int, set[int]] = {}
    if zeros:
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                if (width := zeros.get(sheet.cell_xf_index(row, column))) and sheet.cell_type(
                    row, column
                ) == xlrd.XL_CELL_NUMBER:
                    widths.setdefault(column, set()).add(width)
    return widths


def _rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[NumberedRow]:
    for row in range(sheet.nrows):
        yield row + 1, [_value(cell, book.datemode) for cell in sheet.row(row)]


def _value(cell: xlrd.sheet.Cell, epoch: int) -> object:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _day(cell.value, epoch)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#ERR")
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value.replace("\x00", "\ufffd")
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value


def _day(serial: float, epoch: int) -> dt.date | float:
    try:
        moment = xlrd.xldate_as_datetime(serial, epoch)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return serial
    return moment if moment.time() != dt.time() else moment.date()
