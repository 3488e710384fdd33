"""Telling the files of bailiffs and courts from registers of billing centres, by what is in them."""

import zipfile
from pathlib import Path

from imports.bailiff.columns import find_columns, layout_of
from imports.bailiff.data_bank import read_data_bank
from imports.bailiff.file import KIND_OF, BailiffFile
from imports.bailiff.reply import read_reply
from imports.bailiff.rulings import is_ruling, read_rulings
from imports.bailiff.writ_register import read_writ_register
from imports.readers.errors import Refused
from imports.readers.formats.archive import open_archive
from imports.readers.formats.packed import unpack
from imports.readers.sniff import HEAD, open_book
from imports.sheets import Book

READERS = {"reply": read_reply, "data_bank": read_data_bank, "writs": read_writ_register}
OURS = frozenset(KIND_OF.values())
LARGEST, LARGEST_GUESSED = 40 << 20, 4 << 20
"""Bytes. Such registers have a few thousand rows: a larger file is a billing register, unless a person says otherwise."""


def recognise(path: Path, *, kind: str = "auto", name: str | None = None) -> BailiffFile | None:
    """The file read whole when it is one of ours, None when it is something else. Raises Refused.

    `kind` other than `auto` and ours is never ours. Ours asked for and not found is a refusal that says what was looked for.
    """
    name = name or path.name
    if kind not in OURS | {"auto"}:
        return None
    rulings = _rulings(path, name)
    if rulings is not None:
        return rulings
    if path.stat().st_size > (LARGEST if kind in OURS else LARGEST_GUESSED):
        return _not_ours(kind, name)
    try:
        book = open_book(path, name)
    except Refused:
        if kind in OURS:
            raise
        return None
    try:
        return _table(book, kind) or _not_ours(kind, name)
    finally:
        book.close()


def _table(book: Book, kind: str) -> BailiffFile | None:
    tables = []
    for sheet in book.visible:
        found = find_columns(sheet)
        layout = layout_of(found.columns) if found else ""
        if layout and (kind == "auto" or KIND_OF[layout] == kind):
            tables.append((layout, sheet, found))
    if not tables:
        return None
    layout = tables[0][0]
    return READERS[layout](book, [(sheet, found) for one, sheet, found in tables if one == layout])


def _rulings(path: Path, name: str) -> BailiffFile | None:
    """The file, or a zip of nothing but XML, as rulings."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if is_ruling(head):
        return read_rulings([(name, path)])
    if not head.startswith(b"PK\x03\x04"):
        return None
    try:
        archive = open_archive(path)
    except Refused:
        return None
    with archive:
        if not _only_xml(archive):
            return None
        place, files = unpack(archive, name)
    with place:
        return read_rulings(files)


def _only_xml(archive: zipfile.ZipFile) -> bool:
    names = [entry for entry in archive.namelist() if not entry.endswith("/") and not entry.startswith("__MACOSX")]
    return bool(names) and "[Content_Types].xml" not in names and all(entry.lower().endswith(".xml") for entry in names)


def _not_ours(kind: str, name: str) -> None:
    if kind == "bailiff_register":
        raise Refused(
            "not_a_bailiff_register",
            f"«{name}» не похож на ответ приставов: нет колонок номера документа, номера производства и состояния. "
            "Проверьте файл или выберите другой вид.",
        )
    if kind == "writs":
        raise Refused(
            "not_a_writ_register",
            f"В «{name}» нет колонок номера исполнительного документа и сумм. Реестр счетов с документами загружайте как "
            "«лицевые счета».",
        )
    return None
