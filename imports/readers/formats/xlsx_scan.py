"""One streamed pass over the raw parts of an XLSX book before any library opens it.

It verifies what a lying file lies about (dimension, cell addresses, entities, endless cells) and collects what the fast reader
does not tell: merged ranges, outline levels, formulas without values, zeros-only number formats, hidden rows.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from imports.readers.errors import Refused
from imports.readers.formats.archive import damaged

CHUNK = 1 << 20
LONGEST_CELL = 1 << 20
MOST_FORMULAS = 200_000
MOST_MERGES = 100_000

_WIDE = re.compile(rb'<c r="([A-Z]{2,3})\d')
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_OUTLINE = re.compile(rb'<row r="(\d{1,7})"[^>]* outlineLevel="(\d)"')
_HIDDEN = re.compile(rb'<row [^>]*hidden="(?:1|true)"')
_UNCACHED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f(?:[^>]*/>|[^>]*>([^<]*)</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_BORDERS = (b"<c ", b"</c>", b"<row ", b"</row>", b"<mergeCell ", b"</mergeCells>")
"""Where a piece may end, so that no cell is cut in two."""
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass
class Scan:
    """What one sheet holds. Rows from 1, columns from 0."""

    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    stated_area: int = 0
    inline_texts: int = 0
    hidden_rows: int = 0
    regular: bool = True
    """False: the markup is unusual, only the patient reader may have it."""
    head_seen: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    outline: dict[int, int] = field(default_factory=dict)
    uncached: dict[tuple[int, int], str] = field(default_factory=dict)
    zero_widths: dict[int, set[int]] = field(default_factory=dict)

    @property
    def area(self) -> int:
        return self.last_row * (self.last_column + 1)


def column_index(letters: bytes) -> int:
    """b"A" -> 0, b"AA" -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The bytes of a part, piece by piece, with its checksum verified at the end. Raises Refused for damage and entities."""
    tail = b""
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                if not tail and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise damaged()
                joined = tail + chunk
                if any(mark in joined for mark in _ENTITIES):
                    raise Refused(
                        "doctype",
                        f"В части «{part}» книги есть DOCTYPE: так делают опасные файлы. Пересохраните книгу в Excel.",
                    )
                tail = chunk[-16:]
                yield chunk
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as wrong:
        raise damaged() from wrong


def check_part(archive: zipfile.ZipFile, part: str, mark: bytes = b"<") -> int:
    """Walk a part for damage, entities and endless texts; answers how often `mark` stands in it."""
    since, count = 0, 0
    for chunk in chunks(archive, part):
        count += chunk.count(mark)
        last = chunk.rfind(b"<")
        since = since + len(chunk) if last < 0 else len(chunk) - last
        if since > LONGEST_CELL:
            raise endless_cell(part)
    return count


def endless_cell(part: str) -> Refused:
    return Refused(
        "huge_cell", f"В части «{part}» книги ячейка длиннее 1 МБ: Excel таких не создаёт. Проверьте, тот ли это файл."
    )


def scan_sheet(archive: zipfile.ZipFile, part: str, zero_styles: dict[int, int]) -> Scan:
    """Scan one sheet part. `zero_styles`: style number -> digits of its zeros-only format."""
    scan, carry = Scan(), b""
    zeros = _zero_pattern(zero_styles)
    for chunk in chunks(archive, part):
        if not scan.head_seen:
            _head(scan, chunk)
        data = carry + chunk
        cut = max(map(data.rfind, _BORDERS))
        cut = cut if cut >= 0 else max(len(data) - 64, 0)
        carry = data[cut:]
        if len(carry) > LONGEST_CELL:
            raise endless_cell(part)
        _scan_piece(scan, data[:cut], zeros, zero_styles)
    _scan_piece(scan, carry, zeros, zero_styles)
    scan.regular = scan.regular and (bool(scan.last_row) or not scan.cells)
    return scan


def _head(scan: Scan, chunk: bytes) -> None:
    """The root element must be plain `<worksheet`, without a namespace prefix; the dimension stands before the rows."""
    scan.head_seen = True
    scan.regular = b"<worksheet" in chunk
    if stated := _DIMENSION.search(chunk):
        scan.stated_area = int(stated[2]) * (column_index(stated[1]) + 1)


def _zero_pattern(zero_styles: dict[int, int]) -> re.Pattern[bytes] | None:
    if not zero_styles:
        return None
    numbers = "|".join(map(str, sorted(zero_styles)))
    return re.compile(rf'<c r="([A-Z]{{1,3}})\d+" s="({numbers})"'.encode())


def _scan_piece(scan: Scan, piece: bytes, zeros: re.Pattern[bytes] | None, zero_styles: dict[int, int]) -> None:
    cells = piece.count(b'<c r="')
    scan.cells += cells
    if cells != piece.count(b"<c "):
        scan.regular = False
    if cells:
        _bounds(scan, piece)
    scan.inline_texts += piece.count(b"<is>")
    if zeros:
        for letters, style in zeros.findall(piece):
            scan.zero_widths.setdefault(column_index(letters), set()).add(zero_styles[int(style)])
    _notes(scan, piece)


def _bounds(scan: Scan, piece: bytes) -> None:
    """Upper bounds of rows and columns. A cell may stand below its `<row>`: such cells are looked for by their first digit."""
    wide = set(_WIDE.findall(piece))
    scan.last_column = max(scan.last_column, 0, *(column_index(letters) for letters in wide))
    for letter in range(25, scan.last_column, -1):
        if b'<c r="%c' % (65 + letter) in piece:
            scan.last_column = letter
            break
    scan.last_row = max(scan.last_row, 0, *map(int, _ROW.findall(piece)))
    strays = _strays(scan.last_row).findall(piece)
    scan.last_row = max(scan.last_row, *(int(number) for number in set(strays))) if strays else scan.last_row


@lru_cache
def _strays_of(length: int, first: int) -> re.Pattern[bytes]:
    same = rf"[{first + 1}-9]\d{{{length - 1}}}|" if first < 9 else ""
    return re.compile(rf'<c r="[A-Z]{{1,3}}({same}\d{{{length + 1},}})"'.encode())


def _strays(last_row: int) -> re.Pattern[bytes]:
    """Cells whose row has more digits than `last_row`, or as many with a greater first one. Rows below 100 000 need no care."""
    number = str(max(last_row, 99_999))
    return _strays_of(len(number), int(number[0]))


def _notes(scan: Scan, piece: bytes) -> None:
    """Things that most pieces have none of: looked for only where their word stands."""
    if b"outlineLevel=" in piece:
        scan.outline.update((int(row), int(level)) for row, level in _OUTLINE.findall(piece))
    if b"hidden=" in piece:
        scan.hidden_rows += len(_HIDDEN.findall(piece))
    if (b"<f>" in piece or b"<f " in piece) and len(scan.uncached) < MOST_FORMULAS:
        for letters, row, formula in _UNCACHED.findall(piece):
            scan.uncached[int(row), column_index(letters)] = formula.decode("utf-8", "replace")
    if b"<mergeCell " in piece and len(scan.merged) < MOST_MERGES:
        for left, top, right, bottom in _MERGE.findall(piece):
            scan.merged.append((int(top), column_index(left), int(bottom), column_index(right)))
