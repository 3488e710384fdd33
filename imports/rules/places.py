"""One number for a line of a file: sheet, row and part together, and back."""

from collections.abc import Sequence

LINES = 2
"""A service may give two lines for the ledger: its own and, in a column of their own, penalties."""
PARTS = LINES * 2**11
"""So many lines may come of one row: registers wide with services give one service after another under the same number."""
ROWS = 2**32
_SHEET = ROWS * PARTS


class TooManyParts(ValueError):
    """A row gives more lines than can be told apart."""


class Places:
    """Numbers rows as they stream by and finds the place again. A file of one sheet starts at sheet 0."""

    def __init__(self, sheets: list[str] | None = None):
        self.sheets: list[str] = list(sheets or [])
        self._base = {name: place * _SHEET for place, name in enumerate(self.sheets)}
        self._last = -1

    def number(self, sheet: str, row: int) -> int:
        """The number of the first line of a row, or of its next service when the row was numbered last; a second has the next.

        A sheet seen for the first time is put down.
        """
        first = self._base_of(sheet) + row * PARTS
        number = self._last + LINES if first <= self._last < first + PARTS else first
        if number >= first + PARTS:
            raise TooManyParts(f"{sheet}, {row}")
        self._last = number
        return number

    def numbers(self, sheet: str, rows: Sequence[int]) -> list[int]:
        """The numbers of rows that give one line each, or two."""
        base = self._base_of(sheet)
        self._last = base + rows[-1] * PARTS
        return [base + row * PARTS for row in rows]

    def _base_of(self, sheet: str) -> int:
        base = self._base.get(sheet)
        if base is None:
            base = self._base[sheet] = len(self.sheets) * _SHEET
            self.sheets.append(sheet)
        return base

    def place(self, number: int) -> tuple[str, int]:
        """Sheet and row of a line."""
        at, rest = divmod(number, _SHEET)
        return self.sheets[at], rest // PARTS


def row_of(number: str) -> str:
    """SQL for the row inside its sheet, of a column of line numbers. No `%`: it would be read as a placeholder."""
    return f"(({number} - {number} / {_SHEET} * {_SHEET}) / {PARTS})"
