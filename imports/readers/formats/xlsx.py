"""XLSX books: checked part by part, then read by calamine, or by openpyxl where the markup is unusual or the sheet is vast.

calamine is eight times as fast but aborts the process on a lying dimension and keeps a sheet in memory, so it gets a sheet only
when `xlsx_scan` has bounded it.
"""

import datetime as dt
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError

import openpyxl
import python_calamine
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from imports.readers.errors import Refused
from imports.readers.formats.archive import damaged
from imports.readers.formats.formulas import evaluate
from imports.readers.formats.xlsx_scan import Scan, check_part, scan_sheet
from imports.rows import Problem
from imports.sheets import Book, NumberedRow, Sheet

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
LARGEST_SMALL_PART = 32 << 20
"""Workbook, relations, styles: parsed as a tree."""
CALAMINE_BUDGET = 230 << 20
"""Bytes that calamine may take for what is open at once; a cell costs it about 75 while it loads."""
BYTES_PER_CELL, BYTES_PER_GAP, BYTES_PER_TEXT = 75, 32, 80
_MISLEADING = (".xls", ".xla", ".xlsb", ".ods")
LARGEST_TEXTS = 120 << 20
"""Shared strings beyond this are refused: both readers keep them all in memory."""


def open_xlsx(path: Path, archive: zipfile.ZipFile) -> Book:
    """Check and open a book. Raises Refused."""
    names = set(archive.namelist())
    parts = _sheet_parts(archive)
    texts = _texts_size(archive, names)
    _check_other_parts(archive, names - {part for _, part, _ in parts})
    epoch_1904, zero_styles = _epoch(archive), _zero_styles(archive, names)
    scans = {part: scan_sheet(archive, part, zero_styles) for _, part, _ in parts if part in names}
    archive.close()
    opener = _Opener(path, texts, scans)
    sheets, problems = [], []
    for name, part, hidden in parts:
        if part not in scans:
            continue
        sheets.append(_sheet(opener, name, scans[part], hidden=hidden, epoch_1904=epoch_1904))
        problems.extend(_notices(name, scans[part], hidden=hidden))
    if not sheets:
        raise Refused("no_sheets", "В книге Excel нет ни одного листа с таблицей. Проверьте, тот ли это файл.")
    return Book(format="xlsx", sheets=sheets, problems=problems)


def _sheet(opener: "_Opener", name: str, scan: Scan, *, hidden: bool, epoch_1904: bool) -> Sheet:
    return Sheet(
        name=name,
        open_rows=opener.rows_of(name, scan),
        hidden=hidden,
        heavy=opener.crowded,
        merged=scan.merged,
        outline=scan.outline,
        zero_widths=scan.zero_widths,
        epoch_1904=epoch_1904,
    )


def _notices(name: str, scan: Scan, *, hidden: bool) -> Iterator[Problem]:
    if hidden:
        yield Problem(
            "hidden_sheet", f"Лист «{name}» скрыт и не читается. Откройте его в Excel, если он нужен.", name, fatal=False
        )
    elif scan.hidden_rows:
        message = f"На листе «{name}» скрыто строк: {scan.hidden_rows}. Они прочитаны вместе с остальными."
        yield Problem("hidden_rows", message, name, fatal=False)


def _tree(archive: zipfile.ZipFile, part: str) -> Element:
    try:
        entry = archive.getinfo(part)
        if entry.file_size > LARGEST_SMALL_PART:
            raise damaged()
        check_part(archive, part)
        return fromstring(archive.read(part), forbid_dtd=True)
    except (KeyError, ParseError, DefusedXmlException, ValueError, zipfile.BadZipFile) as wrong:
        raise damaged() from wrong


def _find_all(tree: Element, tag: str) -> list[Element]:
    return [*tree.iter(MAIN + tag), *tree.iter(STRICT + tag)]


def _sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """(sheet name, its part, hidden) in the order of the book."""
    targets = {}
    for relation in _tree(archive, "xl/_rels/workbook.xml.rels"):
        target = relation.get("Target", "")
        targets[relation.get("Id")] = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    found = []
    for sheet in _find_all(_tree(archive, "xl/workbook.xml"), "sheet"):
        part = targets.get(sheet.get(RELATION) or sheet.get(STRICT_RELATION), "")
        if "worksheets/" in part:
            found.append((sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
    return found


def _epoch(archive: zipfile.ZipFile) -> bool:
    properties = _find_all(_tree(archive, "xl/workbook.xml"), "workbookPr")
    return bool(properties) and properties[0].get("date1904", "0") in ("1", "true")


def _zero_styles(archive: zipfile.ZipFile, names: set[str]) -> dict[int, int]:
    """Style number -> digits, for styles whose number format is nothing but zeros."""
    if "xl/styles.xml" not in names:
        return {}
    tree = _tree(archive, "xl/styles.xml")
    formats = {found.get("numFmtId"): found.get("formatCode", "") for found in _find_all(tree, "numFmt")}
    zeros = {key: len(code) for key, code in formats.items() if len(code) > 1 and not code.strip("0")}
    styles = [cell for block in _find_all(tree, "cellXfs") for cell in block] if zeros else []
    return {at: zeros[cell.get("numFmtId")] for at, cell in enumerate(styles) if cell.get("numFmtId") in zeros}


def _texts_size(archive: zipfile.ZipFile, names: set[str]) -> int:
    """Bytes that the shared strings take in memory, about."""
    if "xl/sharedStrings.xml" not in names:
        return 0
    size = archive.getinfo("xl/sharedStrings.xml").file_size
    if size > LARGEST_TEXTS:
        raise Refused(
            "too_many_texts",
            f"В книге больше {LARGEST_TEXTS >> 20} МБ текста: на чтение не хватит памяти. Разделите её или сохраните как CSV.",
        )
    return size + BYTES_PER_TEXT * check_part(archive, "xl/sharedStrings.xml", b"<si")


def _check_other_parts(archive: zipfile.ZipFile, names: set[str]) -> None:
    for part in names - {"xl/sharedStrings.xml"}:
        if part.endswith((".xml", ".rels")):
            check_part(archive, part)


class _Opener:
    """Chooses the reader for each sheet by what its scan found."""

    def __init__(self, path: Path, texts: int, scans: dict[str, Scan]):
        self.path, self.texts = path, texts
        self.crowded = sum(_cost(scan) for scan in scans.values()) + texts > CALAMINE_BUDGET
        """All sheets together are too much: each is let go after a look at its head."""

    def rows_of(self, name: str, scan: Scan) -> Callable[[], Iterator[NumberedRow]]:
        lying = scan.stated_area > 4 * scan.area + 1_000_000
        fits = _cost(scan) + self.texts <= CALAMINE_BUDGET
        read = _calamine_rows if scan.regular and fits and not lying else _openpyxl_rows
        rows = partial(read, self.path, name)
        return partial(_computed, rows, scan.uncached) if scan.uncached else rows


def _cost(scan: Scan) -> int:
    gaps = max(scan.area - scan.cells, 0)
    return scan.cells * BYTES_PER_CELL + gaps * BYTES_PER_GAP + scan.inline_texts * BYTES_PER_TEXT


def _calamine_rows(path: Path, name: str) -> Iterator[NumberedRow]:
    try:
        with _calamine_book(path) as book:
            sheet = book.get_sheet_by_name(name)
        yield from enumerate(sheet.iter_rows(), 1)
    except python_calamine.CalamineError as wrong:
        raise damaged() from wrong
    except BaseException as wrong:
        if type(wrong).__name__ == "PanicException":
            raise damaged() from wrong
        raise


def _calamine_book(path: Path) -> python_calamine.CalamineWorkbook:
    """calamine believes the ending of a path; books are often sent under a wrong one, and then it gets the content."""
    if path.suffix.lower() in _MISLEADING:
        with path.open("rb") as file:
            return python_calamine.CalamineWorkbook.from_filelike(file)
    return python_calamine.CalamineWorkbook.from_path(path)


def _openpyxl_rows(path: Path, name: str) -> Iterator[NumberedRow]:
    """openpyxl looks at the ending of a path, so it is given the open file."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            sheet = book[name]
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, [_plain(cell) for cell in cells]
            book.close()
        except (ValueError, LookupError, TypeError, AttributeError, SyntaxError, zipfile.BadZipFile, OSError) as wrong:
            raise damaged() from wrong


def _plain(cell: object) -> object:
    """openpyxl gives midnight datetimes for days and errors as text; calamine gives days and empty text."""
    if isinstance(cell, dt.datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date()
    return cell


def _computed(rows: Callable[[], Iterator[NumberedRow]], uncached: dict[tuple[int, int], str]) -> Iterator[NumberedRow]:
    """Rows with formulas that have no stored value computed along their row, or marked as unknown."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (number, column), formula in uncached.items():
        by_row.setdefault(number, []).append((column, formula))
    for number, cells in rows():
        formulas = by_row.get(number)
        if formulas:
            cells = [*cells, *[None] * (max(column for column, _ in formulas) + 1 - len(cells))]
            for column, formula in formulas:
                cells[column] = evaluate(formula, number, cells)
        yield number, cells
