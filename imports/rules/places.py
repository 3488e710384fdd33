"""One number for a line of a file: sheet, row and part together, and back."""

PARTS = 2
"""A row may hold two lines for the ledger: its service and, in a column of their own, penalties."""
ROWS = 2**32
_SHEET = ROWS * PARTS


class Places:
    """Numbers rows as they stream by and finds the place again. A file of one sheet starts at sheet 0."""

    def __init__(self, sheets: list[str] | None = None):
        self.sheets: list[str] = list(sheets or [])
        self._base = {name: place * _SHEET for place, name in enumerate(self.sheets)}

    def number(self, sheet: str, row: int) -> int:
        """The number of a row's first line (the second has the next one); a sheet seen for the first time is put down."""
        base = self._base.get(sheet)
        if base is None:
            base = self._base[sheet] = len(self.sheets) * _SHEET
            self.sheets.append(sheet)
        return base + row * PARTS

    def place(self, number: int) -> tuple[str, int]:
        """Sheet and row of a line."""
        at, rest = divmod(number, _SHEET)
        return self.sheets[at], rest // PARTS


def row_of(number: str) -> str:
    """SQL for the row inside its sheet, of a column of line numbers. No `%`: it would be read as a placeholder."""
    return f"(({number} - {number} / {_SHEET} * {_SHEET}) / {PARTS})"
