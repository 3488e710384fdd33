"""Which format a file is in, by its first bytes and never by its name."""

import codecs
from dataclasses import replace
from pathlib import Path

from imports.readers.encodings import examine
from imports.readers.errors import Refused
from imports.readers.formats.archive import open_archive
from imports.readers.formats.dbf import is_dbf, open_dbf
from imports.readers.formats.delimited import open_delimited
from imports.readers.formats.markup import open_html, open_spreadsheetml
from imports.readers.formats.packed import unpack
from imports.readers.formats.xls import open_xls
from imports.readers.formats.xlsx import open_xlsx
from imports.sheets import Book

HEAD = 4_096
_FOREIGN = (b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"{\\rtf")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def open_book(path: Path, name: str, *, packed: bool = False) -> Book:
    """Open a file of any supported format. `packed`: it came out of an archive, and may not be one itself. Raises Refused."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as wrong:
        raise Refused("not_readable", f"Файл «{name}» не открывается: {wrong.strerror}. Загрузите его ещё раз.") from wrong
    _refuse_foreign(head, name)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _open_zip(path, name, packed=packed)
    if head.startswith(OLE):
        return open_xls(path, name)
    if is_dbf(head[:64], size):
        return open_dbf(path, name)
    return _open_text(path, head, name)


def _open_text(path: Path, head: bytes, name: str) -> Book:
    opening = _opening(head)
    if opening.startswith("<") and _SPREADSHEET in opening:
        return open_spreadsheetml(path, name)
    if opening.startswith("<") and (opening.startswith(("<html", "<!doctype html", "<table", "<meta")) or "<table" in opening):
        return open_html(path, name)
    if opening.startswith("<?xml"):
        raise Refused("unknown_format", f"«{name}» — XML, но не книга Excel. Нужен XLSX, XLS, CSV или DBF.")
    return open_delimited(path, examine(path))


def _opening(head: bytes) -> str:
    """The beginning of a text as lower-case letters of ASCII, whatever the encoding."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace").lower().lstrip()
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1").lower().lstrip()


def _refuse_foreign(head: bytes, name: str) -> None:
    if head.startswith(b"%PDF"):
        raise Refused("pdf", f"«{name}» — PDF: таблицу из него не прочитать без ошибок. Попросите реестр в XLSX, CSV или DBF.")
    if head.startswith(_FOREIGN):
        raise Refused(
            "unknown_format", f"«{name}» не таблица, а картинка, документ или архив. Нужен XLSX, XLS, CSV, DBF или ZIP."
        )


def _open_zip(path: Path, name: str, *, packed: bool) -> Book:
    archive = open_archive(path)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return open_xlsx(path, archive)
    with archive:
        if packed:
            raise Refused(
                "nested_archive", f"Внутри архива лежит ещё один архив, «{name}». Распакуйте его и загрузите реестры."
            )
        if names & {"mimetype", "xl/workbook.bin", "word/document.xml", "content.xml"}:
            raise Refused("unknown_format", f"«{name}» — книга другого вида (ODS, XLSB или документ). Сохраните её как XLSX.")
        place, files = unpack(archive, name)
    try:
        books = [(shown, open_book(file, shown, packed=True)) for shown, file in files]
    except Refused:
        place.cleanup()
        raise
    whole = replace(books[0][1], sheets=[], problems=[], keep=place)
    for shown, book in books:
        for sheet in book.sheets:
            sheet.name = sheet.name or (shown if len(books) > 1 else "")
        whole.sheets.extend(book.sheets)
        whole.problems.extend(book.problems)
    return whole
