"""A file as sheets and cells that know where they stand: what every format reader gives and every layout takes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from tempfile import TemporaryDirectory

from imports.rows import Problem

Cells = Sequence[object]
NumberedRow = tuple[int, Cells]
LOOK_AHEAD = 60
"""How many rows are looked at before the layout is settled."""


@dataclass
class Sheet:
    """One table. `open_rows` gives (row number as a person sees it, cells) from the top each time it is called.

    Cells are None or "", text, int, float, bool, date, datetime. All other fields are known before the rows are read.
    """

    name: str
    open_rows: Callable[[], Iterator[NumberedRow]]
    hidden: bool = False
    heavy: bool = False
    """True: not to be kept in memory between looking ahead and reading."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(first row, first column, last row, last column); rows from 1, columns from 0."""
    outline: dict[int, int] = field(default_factory=dict)
    """Row -> nesting level, for rows that have one."""
    zero_widths: dict[int, set[int]] = field(default_factory=dict)
    """Column -> lengths of its zeros-only number formats (`000000000`): leading zeros that live in the format."""
    epoch_1904: bool = False
    text_only: bool = False
    """True for text formats: a date is never a serial number there."""
    widths: dict[int, int] = field(default_factory=dict)
    """Column -> the most characters it can hold, in formats of fixed width."""
    tail: list[list[str]] = field(default_factory=list)
    """The last lines of a text file, known before it is read: control lines stand there."""

    def __post_init__(self) -> None:
        self._ahead: list[NumberedRow] = []
        self._rest: Iterator[NumberedRow] | None = None

    def peek(self, count: int) -> list[NumberedRow]:
        """The first rows, still to be given by `rows`."""
        missing = count - len(self._ahead)
        if missing > 0:
            if self._rest is None:
                self._rest = self.open_rows()
                self._ahead = []
                missing = count
            self._ahead.extend(islice(self._rest, missing))
        return self._ahead[:count]

    def release(self) -> None:
        """Let go of an opened heavy sheet; what was looked at stays known, the rows are opened anew when asked for."""
        if self.heavy:
            self._rest = None

    def rows(self) -> Iterator[NumberedRow]:
        """All rows, once."""
        if self._rest is None:
            return self.open_rows()
        ahead, self._ahead = self._ahead, []
        return chain(ahead, self._rest)


@dataclass
class Book:
    """One file opened: its sheets and what was noticed on the way."""

    format: str
    sheets: list[Sheet]
    encoding: str | None = None
    problems: list[Problem] = field(default_factory=list)
    skipped_why: dict[str, int] = field(default_factory=dict)
    """Rows the format itself leaves out (deleted DBF records); complete once the rows are read."""
    keep: TemporaryDirectory | None = None
    """Where the files of an archive lie while they are read."""

    def close(self) -> None:
        if self.keep:
            self.keep.cleanup()

    @property
    def visible(self) -> list[Sheet]:
        return [sheet for sheet in self.sheets if not sheet.hidden]


def column_letter(index: int) -> str:
    """0 -> A, 26 -> AA: how people name a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
