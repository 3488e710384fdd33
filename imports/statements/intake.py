"""A file of bank statements opened: its bytes decoded, a zip unpacked, the documents of all statements in one row."""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from imports.readers.encodings import examine
from imports.readers.errors import Refused
from imports.readers.formats.archive import open_archive
from imports.readers.formats.packed import unpack
from imports.statements import one_c
from imports.statements.documents import Document, Section, Statement

FORMAT = "1c_bank"
LARGEST = 64 << 20
"""Bytes of one statement. A year of a large city's bank is a tenth of it."""
_SIGNATURE = "1CClientBankExchange"
_HEAD = 4_096


@dataclass
class Opened:
    """The statements of one file as if they were one: lines of the second begin after those of the first."""

    encoding: str
    statements: list[Statement] = field(default_factory=list)

    @property
    def documents(self) -> list[Document]:
        return [document for statement in self.statements for document in statement.documents]

    @property
    def sections(self) -> list[Section]:
        return [section for statement in self.statements for section in statement.sections]

    @property
    def problems(self) -> list:
        return [problem for statement in self.statements for problem in statement.problems]

    @property
    def accounts(self) -> list[str]:
        return list(dict.fromkeys(number for statement in self.statements for number in statement.accounts))

    @property
    def complete(self) -> bool:
        return all(statement.complete for statement in self.statements)

    def distinct(self, own: frozenset[str]) -> list[Document]:
        """Accepted documents of all the statements, each once."""
        return Statement(documents=self.documents).distinct(own)


def is_statement(path: Path) -> bool:
    """True when the file, or the first file inside a zip, begins as the 1C exchange does. Reads a few kilobytes."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(b"PK\x03\x04"):
            head = _first_inside(path)
    except OSError:
        return False
    return _begins(head)


def _first_inside(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            entry = next((one for one in archive.infolist() if not one.is_dir()), None)
            if entry is None or entry.flag_bits & 1:
                return b""
            with archive.open(entry) as file:
                return file.read(_HEAD)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, RuntimeError):
        return b""


def _begins(head: bytes) -> bool:
    plain = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").removeprefix(b"\xef\xbb\xbf")
    return plain.lstrip(b" \t\r\n").startswith(_SIGNATURE.encode())


def open_statements(path: Path, name: str) -> Opened:
    """Read every statement of the file. Raises Refused when it cannot be read as a whole."""
    with path.open("rb") as file:
        packed = file.read(4) == b"PK\x03\x04"
    if not packed:
        return _opened([(name, path)])
    with open_archive(path) as archive:
        place, files = unpack(archive, name)
    with place:
        return _opened(files)


def _opened(files: list[tuple[str, Path]]) -> Opened:
    opened, lines = Opened(""), 0
    for name, path in files:
        if path.stat().st_size > LARGEST:
            raise Refused("too_large", f"Выписка «{name}» больше {LARGEST >> 20} МБ. Выгрузите её по месяцам.")
        facts = examine(path)
        text = path.read_bytes().decode(facts.encoding, errors="replace")
        try:
            statement = one_c.read(text)
        except one_c.NotAStatement as wrong:
            raise Refused("not_a_statement", f"«{name}»: {wrong}. Выгрузите выписку в формате обмена с 1С.") from wrong
        _shift(statement, lines)
        lines += text.count("\n") + 1
        opened.encoding = opened.encoding or facts.encoding
        opened.statements.append(statement)
    return opened


def _shift(statement: Statement, lines: int) -> None:
    """Line numbers go on from file to file, so that a row of the batch names one document."""
    if not lines:
        return
    for document in statement.documents:
        document.line += lines
    for problem in (*statement.problems, *(one for document in statement.documents for one in document.problems)):
        problem.row = problem.row + lines if problem.row is not None else None
