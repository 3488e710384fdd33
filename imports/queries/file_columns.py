"""The columns of a file as a person should see them: header, first rows, what the program takes each column for."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from imports.models import ColumnProfile
from imports.profiles.header import Header, find_header
from imports.profiles.propose import Proposal, propose
from imports.profiles.saved import SavedProfile
from imports.readers.sniff import open_book
from imports.sheets import LOOK_AHEAD, Book, column_letter

SHOWN_ROWS = 6


@dataclass
class FileColumn:
    """One column: where it stands, its header, the field it is taken for ("" for none), its first values."""

    at: int
    letter: str
    text: str
    field: str
    values: list[str]


@dataclass
class FileColumns:
    """The first table of a file."""

    sheet: str
    columns: list[FileColumn]
    confidence: float
    proposal: Proposal
    header: Header

    @property
    def signature(self) -> str:
        return signature(self.header)

    def saved(self, name: str, kind: str, fields: dict[int, str]) -> SavedProfile:
        """The profile a person confirmed: column position -> field."""
        columns: dict[str, list[str]] = {}
        for at, chosen in sorted(fields.items()):
            if chosen:
                columns.setdefault(chosen, []).append(self.header.keys[at])
        profile = self.proposal.save(name, kind=kind, layout="flat")
        profile.columns = columns
        return profile


def file_columns(path: Path, name: str) -> FileColumns | None:
    """Look at the first table of a file; None when it is none with a header (cards, packed formats). Raises Refused."""
    return columns_of(open_book(path, name))


def columns_of(book: Book) -> FileColumns | None:
    """The same of an opened book; its rows are still to be read after."""
    for sheet in book.visible:
        header = find_header(sheet)
        if header is None:
            continue
        proposal = propose(header)
        fields = {at: field for field, places in proposal.columns.items() for at in places}
        below = sheet.peek(LOOK_AHEAD)[header.last + 1 : header.last + 1 + SHOWN_ROWS]
        columns = [
            FileColumn(at, column_letter(at), text, fields.get(at, ""), [_shown(cells, at) for _, cells in below])
            for at, text in enumerate(header.texts)
        ]
        return FileColumns(sheet.name, columns, proposal.confidence, proposal, header)
    return None


def signature(header: Header) -> str:
    """One word for a set of columns in their order."""
    return hashlib.sha256("\x1f".join(header.keys).encode()).hexdigest()


def profile_chooser(creditor_id: int) -> Callable[[Book], SavedProfile | None] | None:
    """What finds the creditor's confirmed columns for a book with that very header; None when nothing was ever confirmed.

    The book is the one that is going to be read: a workbook is too dear to open twice.
    """
    known = {profile.signature: profile.saved for profile in ColumnProfile.objects.filter(creditor_id=creditor_id)}

    def choose(book: Book) -> SavedProfile | None:
        found = columns_of(book)
        saved = known.get(found.signature) if found else None
        return SavedProfile.from_dict(saved) if saved else None

    return choose if known else None


def _shown(cells, at: int) -> str:
    value = cells[at] if at < len(cells) else None
    return "" if value is None else str(value)[:60]
