"""Tables saved as markup under the name `.xls`: HTML pages and SpreadsheetML 2003.

Both are parsed as streams of tags; nothing external is ever fetched and DOCTYPE with entities is refused.
"""

import codecs
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

from imports.readers.encodings import examine
from imports.readers.errors import Refused
from imports.sheets import Book, NumberedRow, Sheet

LARGEST = 64 << 20
CHUNK = 1 << 18
WIDEST = 1_000
TALLEST_SPAN = 5_000
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def check_size(path: Path, name: str) -> None:
    if path.stat().st_size > LARGEST:
        raise Refused("too_large", f"Таблица «{name}» в разметке больше {LARGEST >> 20} МБ. Сохраните её как XLSX или CSV.")


def open_html(path: Path, name: str) -> Book:
    """An HTML page: each table with rows is a sheet. Raises Refused when it has none."""
    check_size(path, name)
    encoding = examine(path, longest_line=LARGEST).encoding
    parser = _Tables()
    with path.open("rb") as file:
        decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        while chunk := file.read(CHUNK):
            parser.feed(decoder.decode(chunk))
    parser.close()
    tables = [table for table in parser.done if table.rows]
    if not tables:
        raise Refused("no_table", f"В странице «{name}» нет ни одной таблицы. Проверьте, тот ли это файл.")
    sheets = [
        Sheet(f"Таблица {at}" if len(tables) > 1 else "", partial(_numbered, table.rows), merged=table.merged, text_only=True)
        for at, table in enumerate(tables, 1)
    ]
    return Book(format="html", sheets=sheets, encoding=encoding.removesuffix("-sig"))


def _numbered(rows: list[list[str]]) -> Iterator[NumberedRow]:
    yield from enumerate(rows, 1)


class _Table:
    """Rows of one HTML table; `rowspan` cells are kept as merged ranges and leave the cells under them empty."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._held: dict[int, int] = {}

    def begin_row(self) -> None:
        self.rows.append([])

    def add(self, text: str, across: int, down: int) -> None:
        row = self.rows[-1]
        self.fill_held()
        left, top = len(row), len(self.rows)
        row.extend([text, *[""] * (across - 1)])
        if across > 1 or down > 1:
            self.merged.append((top, left, top + down - 1, left + across - 1))
        if down > 1:
            self._held.update(dict.fromkeys(range(left, left + across), top + down - 1))

    def fill_held(self) -> None:
        row = self.rows[-1]
        while self._held.get(len(row), 0) >= len(self.rows) and len(row) < WIDEST:
            row.append("")


class _Tables(HTMLParser):
    """Collects tables; a nested table is read after the one around it and its text stays out of the outer cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Table] = []
        self._open: list[_Table] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._skip = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            table = _Table()
            self._open.append(table)
            self.done.append(table)
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].begin_row()
        elif tag in ("td", "th") and self._open:
            self._end_cell()
            if not self._open[-1].rows:
                self._open[-1].begin_row()
            given = dict(attrs)
            self._cell = []
            self._span = (_span(given.get("colspan"), WIDEST), _span(given.get("rowspan"), TALLEST_SPAN))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")
        elif tag in ("script", "style"):
            self._skip = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
        elif tag in ("script", "style"):
            self._skip = False

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skip:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._open:
            self._open[-1].add(" ".join("".join(self._cell).split(" ")).strip(), *self._span)
        self._cell = None


def _span(given: str | None, most: int) -> int:
    return max(1, min(int(given), most)) if given and given.isascii() and given.isdigit() else 1


def open_spreadsheetml(path: Path, name: str) -> Book:
    """An XML book of Excel 2003. Raises Refused."""
    check_size(path, name)
    reader = _Spreadsheet(name)
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reader.refuse_doctype
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as wrong:
        raise Refused("damaged_xml", f"XML «{name}» повреждён: {wrong}. Сохраните книгу заново как XLSX.") from wrong
    if not reader.sheets:
        raise Refused("unknown_format", f"«{name}» — XML, но не книга Excel. Нужен XLSX, XLS, CSV или DBF.")
    return Book(format="xml", sheets=reader.sheets, encoding="utf-8")


class _Spreadsheet:
    """Handlers of expat that fill sheets."""

    def __init__(self, name: str):
        self.name = name
        self.sheets: list[Sheet] = []
        self._rows: dict[int, list[object]] = {}
        self._row = self._column = 0
        self._kind = ""
        self._data: list[str] | None = None
        self._merged: list[tuple[int, int, int, int]] = []

    def refuse_doctype(self, *_: object) -> None:
        raise Refused("doctype", f"В «{self.name}» есть DOCTYPE: так делают опасные файлы. Пересохраните книгу в Excel.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition("|")
        given = {key.rpartition("|")[2]: value for key, value in attributes.items()}
        if space != _SPREADSHEET:
            return
        if local == "Worksheet":
            self._rows, self._merged, self._row = {}, [], 0
            rows = self._rows
            self.sheets.append(Sheet(given.get("Name", ""), partial(_sorted_rows, rows), merged=self._merged, text_only=True))
        elif local == "Row":
            self._row = _number(given.get("Index"), self._row + 1)
            self._column = -1
        elif local == "Cell":
            self._column = min(_number(given.get("Index"), self._column + 2) - 1, WIDEST)
            self._span(given)
        elif local == "Data":
            self._kind, self._data = given.get("Type", "String"), []

    def _span(self, given: dict[str, str]) -> None:
        across, down = _number(given.get("MergeAcross"), 0), _number(given.get("MergeDown"), 0)
        if across or down:
            self._merged.append((self._row, self._column, self._row + down, self._column + min(across, WIDEST)))
            self._after = min(across, WIDEST)

    def end(self, tag: str) -> None:
        space, _, local = tag.rpartition("|")
        if space != _SPREADSHEET:
            return
        if local == "Data" and self._data is not None:
            row = self._rows.setdefault(self._row, [])
            row.extend([None] * (self._column + 1 - len(row)))
            row[self._column] = _typed("".join(self._data), self._kind)
            self._data = None
        elif local == "Cell" and self._merged and self._merged[-1][:2] == (self._row, self._column):
            self._column = self._merged[-1][3]

    def text(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)


def _sorted_rows(rows: dict[int, list[object]]) -> Iterator[NumberedRow]:
    """Rows in order; the empty ones between them are not made up."""
    for number in sorted(rows):
        yield number, rows[number]


def _number(given: str | None, otherwise: int) -> int:
    return min(int(given), 1 << 20) if given and given.isascii() and given.isdigit() else otherwise


def _typed(text: str, kind: str) -> object:
    """Numbers stay text (no digit is lost); a date loses its empty time."""
    if kind == "DateTime":
        return text.removesuffix("T00:00:00.000").removesuffix("T00:00:00")
    return text
