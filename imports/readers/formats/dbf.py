"""DBF tables (dBASE III and its kin), read from raw bytes: libraries hide overflowed numbers, false counts and cut files.

The language byte of the header lies too often, so the encoding is told by the Russian letters of the texts.
"""

import datetime as dt
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from imports.readers.encodings import russian_score
from imports.readers.errors import Refused
from imports.rows import Problem
from imports.sheets import Book, NumberedRow, Sheet

VERSIONS = frozenset((0x02, 0x03, 0x04, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xF5))
TYPES = frozenset(b"CNFDLMIBYTPG0@+OVWQ")
BY_LANGUAGE = {0x65: "cp866", 0x26: "cp866", 0xC9: "cp1251", 0x57: "cp1251"}
RECORDS_AT_ONCE = 2_000
SAMPLE_RECORDS = 2_000
DELETED, END = b"*", b"\x1a"
_JULIAN_EPOCH = 1_721_425


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    start: int
    length: int


@dataclass(frozen=True)
class Layout:
    """What the header states."""

    count: int
    start: int
    length: int
    language: int
    fields: tuple[Field, ...]


def is_dbf(head: bytes, size: int) -> bool:
    """Whether the first 64 bytes are a DBF header: version, plausible lengths, a first field with a name and a known type."""
    if len(head) < 64 or head[0] not in VERSIONS or not 1 <= head[2] <= 12 or not 1 <= head[3] <= 31:
        return False
    start, length = struct.unpack_from("<HH", head, 8)
    return 65 <= start <= size + 1 and length > 1 and head[43] in TYPES and head[32:33].isalnum()


def open_dbf(path: Path, name: str) -> Book:
    """Open a table as one sheet whose first row is the field names. Raises Refused when the header makes no sense."""
    with path.open("rb") as file:
        layout = _read_layout(file)
    encoding = _encoding(path, layout)
    book = Book(format="dbf", sheets=[], encoding=encoding)
    book.problems.extend(_size_problems(path.stat().st_size, layout, name))
    rows = partial(_rows, path, layout, encoding, book.skipped_why)
    widths = {at: field.length for at, field in enumerate(layout.fields) if field.kind == "C"}
    book.sheets.append(Sheet(name="", open_rows=rows, text_only=True, widths=widths))
    return book


def _read_layout(file) -> Layout:
    head = file.read(32)
    count, start, length = struct.unpack_from("<IHH", head, 4)
    fields, offset = [], 1
    while file.tell() + 32 <= start:
        described = file.read(32)
        if len(described) < 32 or described[0] in (0x0D, 0x00):
            break
        name = described[:11].split(b"\x00")[0].decode("cp866", "replace").strip()
        size = described[16] + (256 * described[17] if described[11:12] == b"C" else 0)
        fields.append(Field(name, chr(described[11]), offset, size))
        offset += size
    if not fields or offset > length:
        raise Refused("bad_dbf", "Заголовок DBF повреждён: длины полей не сходятся с длиной записи. Выгрузите файл заново.")
    return Layout(count, start, length, head[29], tuple(fields))


def _size_problems(size: int, layout: Layout, name: str) -> Iterator[Problem]:
    """The count in the header against the bytes there are: a cut file and a false count are both read silently elsewhere."""
    there, rest = divmod(max(size - layout.start, 0), layout.length)
    cut = rest > 1 and there < layout.count
    if cut:
        message = f"Файл «{name}» обрезан внутри записи: из {layout.count} целы {there}. Получите его заново."
        yield Problem("truncated", message, value=str(there))
    elif there != layout.count:
        message = f"В заголовке «{name}» записей {layout.count}, а в файле {there}: он испорчен. Получите его заново."
        yield Problem("false_record_count", message, value=str(layout.count))


def _encoding(path: Path, layout: Layout) -> str:
    """cp866 or cp1251, whichever makes the texts read like Russian; without letters, what the language byte says."""
    texts = bytearray()
    with path.open("rb") as file:
        file.seek(layout.start)
        block = file.read(min(layout.length * SAMPLE_RECORDS, 4 << 20))
    for at in range(0, len(block) - layout.length + 1, layout.length):
        for field in layout.fields:
            if field.kind == "C":
                texts += block[at + field.start : at + field.start + field.length] + b"\n"
    if texts.isascii():
        return BY_LANGUAGE.get(layout.language, "cp866")
    return max(("cp866", "cp1251"), key=lambda name: russian_score(bytes(texts).decode(name, "replace")))


def _rows(path: Path, layout: Layout, encoding: str, skipped: dict[str, int]) -> Iterator[NumberedRow]:
    yield 0, [field.name for field in layout.fields]
    getters = [(field.start, field.start + field.length, _getter(field, encoding)) for field in layout.fields]
    length, number = layout.length, 0
    with path.open("rb") as file:
        file.seek(layout.start)
        while number < layout.count and (block := file.read(length * RECORDS_AT_ONCE)):
            for at in range(0, len(block) - length + 1, length):
                number += 1
                if number > layout.count or block[at : at + 1] == END:
                    return
                if block[at : at + 1] == DELETED:
                    skipped["deleted"] = skipped.get("deleted", 0) + 1
                    continue
                yield number, [read(block[at + start : at + end]) for start, end, read in getters]


def _getter(field: Field, encoding: str) -> Callable[[bytes], object]:
    """Numbers stay text, so that `*******` (overflow) is told from a blank and no digit is lost."""
    if field.kind == "C":
        return lambda raw: raw.decode(encoding, "replace").strip(" \x00").replace("\x00", "\ufffd")
    if field.kind in "NFDL":
        return lambda raw: raw.decode("ascii", "replace").strip(" \x00").replace("\x00", "\ufffd")
    return _BINARY.get((field.kind, field.length), lambda raw: None)


def _moment(raw: bytes) -> dt.date | None:
    days, _ = struct.unpack("<ii", raw)
    return dt.date.fromordinal(days - _JULIAN_EPOCH) if _JULIAN_EPOCH < days < _JULIAN_EPOCH + 3_000_000 else None


def _currency(raw: bytes) -> str:
    value = struct.unpack("<q", raw)[0]
    return f"{'-' if value < 0 else ''}{abs(value) // 10000}.{(abs(value) % 10000) // 100:02d}"


_BINARY: dict[tuple[str, int], Callable[[bytes], object]] = {
    ("I", 4): lambda raw: struct.unpack("<i", raw)[0],
    ("B", 8): lambda raw: struct.unpack("<d", raw)[0],
    ("Y", 8): _currency,
    ("T", 8): _moment,
}
