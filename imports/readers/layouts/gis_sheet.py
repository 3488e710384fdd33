"""Sheets of the templates of ГИС ЖКХ: columns found by their header text, for versions change letters and column sets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from imports.profiles.header import Header
from imports.profiles.propose import Proposal
from imports.profiles.synonyms import header_key
from imports.readers.layouts.fields import as_text
from imports.sheets import Cells, Sheet, column_letter

HEADER_WITHIN = 8
Patterns = dict[str, str]


@dataclass
class GisSheet:
    """One sheet with its columns known by field."""

    sheet: Sheet
    columns: dict[str, int]
    texts: dict[str, str]
    header_at: int

    def lines(self, key: str) -> Iterator[tuple[int, Cells]]:
        """Rows under the header that have something in the key column, padded to the width that is needed."""
        at, width = self.columns[key], max(self.columns.values()) + 1
        for index, (number, cells) in enumerate(self.sheet.rows()):
            if index > self.header_at and at < len(cells) and cells[at] not in (None, ""):
                yield number, [*cells, *[None] * (width - len(cells))]

    def text(self, cells: Cells, field: str) -> str:
        at = self.columns.get(field)
        return "" if at is None or cells[at] is None else as_text(cells[at])


def gis_sheet(sheet: Sheet, patterns: Patterns, needed: set[str]) -> GisSheet | None:
    """The sheet when one of its first rows has a header for every needed field, else None."""
    for index, (_, cells) in enumerate(sheet.peek(HEADER_WITHIN)):
        keys = [header_key(cell) if isinstance(cell, str) and "\x00" not in cell else "" for cell in cells]
        columns: dict[str, int] = {}
        for field, pattern in patterns.items():
            at = next((at for at, key in enumerate(keys) if key and re.match(pattern, key)), None)
            if at is not None:
                columns[field] = at
        if needed <= set(columns):
            texts = {field: " ".join(str(cells[at]).split()) for field, at in columns.items()}
            return GisSheet(sheet, columns, texts, index)
    return None


class GisProposal(Proposal):
    """Columns of several sheets at once: shown with their sheet."""

    def __init__(self, sheets: list[GisSheet]):
        main = sheets[0]
        width = max(main.columns.values()) + 1
        texts = [""] * width
        for field, at in main.columns.items():
            texts[at] = main.texts[field]
        header = Header(main.header_at, main.header_at, tuple(texts), tuple(map(header_key, texts)))
        super().__init__(header, {field: [at] for sheet in sheets for field, at in sheet.columns.items()}, 1.0)
        self._sheets = sheets

    def shown(self) -> dict[str, str]:
        told: dict[str, str] = {}
        for sheet in self._sheets:
            for field, at in sheet.columns.items():
                told.setdefault(field, f"{sheet.sheet.name}: {sheet.texts[field]} ({column_letter(at)})")
        return told
