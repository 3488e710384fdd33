"""Which format a file is in, by its first bytes and never by its name."""

from pathlib import Path

from imports.readers.encodings import examine
from imports.readers.errors import Refused
from imports.readers.formats.archive import open_archive
from imports.readers.formats.delimited import open_delimited
from imports.readers.formats.xlsx import open_xlsx
from imports.sheets import Book


def open_book(path: Path, name: str) -> Book:
    """Open a file of any supported format. Raises Refused."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as wrong:
        raise Refused("not_readable", f"Файл «{name}» не открывается: {wrong.strerror}. Загрузите его ещё раз.") from wrong
    if head.startswith(b"%PDF"):
        raise Refused("pdf", f"«{name}» — PDF: таблицу из него не прочитать без ошибок. Попросите реестр в XLSX, CSV или DBF.")
    if head.startswith(b"PK"):
        return _open_zip(path, name)
    return open_delimited(path, examine(path))


def _open_zip(path: Path, name: str) -> Book:
    archive = open_archive(path)
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return open_xlsx(path, archive)
    archive.close()
    raise Refused("unknown_archive", f"В архиве «{name}» нет ни книги Excel, ни реестра.")
