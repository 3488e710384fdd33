"""The same line twice in one file: booked twice it would double a charge or a payment."""

from collections.abc import Iterable, Iterator
from itertools import repeat

from imports.rows import Block, Problem, Row

MOST_ROWS = 2_500_000
"""What fits in the memory that reading may take."""
_ROW_BITS = 24
"""A place is kept as one number, the count of the row and its line: millions of tuples would not fit in memory."""


class TooManyRows(ValueError):
    """The file has more rows than can be held against each other."""


def mark_duplicates(pieces: Iterable[Row | Block], *, kind: str) -> Iterator[Row | Block]:
    """Pass the rows on; a repeated one gets a fatal problem that names the line of the first.

    Charges are one per account, service and month; payments are told apart by their own number, and payments without a
    number are never taken for repeats: two equal payments on one day do happen. Raises TooManyRows.
    """
    seen = _Seen(_payment_key if kind == "payments" else _charge_key)
    for piece in pieces:
        if type(piece) is not Block:
            yield seen.row(piece)
        elif kind != "payments" and seen.takes(piece):
            yield piece
        else:
            yield from map(seen.row, piece)


class _Seen:
    """The marks of the rows so far, each with the place where it was first seen."""

    def __init__(self, key):
        self.key, self.count = key, 0
        self.marks: dict[int, int] = {}
        self.sheets: list[tuple[int, str]] = []

    def row(self, row: Row) -> Row:
        self._begin(row.sheet, 1)
        mark = self.key(row)
        if mark is not None:
            mark = hash(mark)
            if mark in self.marks:
                row.problems.append(_repeated(row, self.marks[mark], self.sheets))
            else:
                self.marks[mark] = self.count << _ROW_BITS | row.row
        self.count += 1
        return row

    def takes(self, block: Block) -> bool:
        """Take the rows of a block down, unless one of them repeats another: then nothing is taken and it is False."""
        marks = list(map(hash, zip(block.accounts, block.services, block.months, repeat(""))))
        if not self.marks.keys().isdisjoint(marks) or len(set(marks)) < len(marks):
            return False
        self._begin(block.sheet, len(block))
        self.marks.update(zip(marks, (at << _ROW_BITS | row for at, row in enumerate(block.numbers, self.count)), strict=True))
        self.count += len(block)
        return True

    def _begin(self, sheet: str, rows: int) -> None:
        if not self.sheets or self.sheets[-1][1] != sheet:
            self.sheets.append((self.count, sheet))
        if self.count + rows > MOST_ROWS:
            raise TooManyRows


def _charge_key(row: Row) -> tuple | None:
    return (row.account, row.service, row.month, row.flat if not row.account else "") if row.account or row.flat else None


def _payment_key(row: Row) -> tuple | None:
    return (row.document, row.account, row.paid) if row.document else None


def _repeated(row: Row, first: int, sheets: list[tuple[int, str]]) -> Problem:
    count, number = first >> _ROW_BITS, first & (1 << _ROW_BITS) - 1
    sheet = next(name for began, name in reversed(sheets) if began <= count)
    place = f"в строке {number}" + (f" листа «{sheet}»" if sheet != row.sheet else "")
    return Problem(
        "duplicate_row",
        f"Лицевой счёт {row.account or row.address} с той же услугой и месяцем (или номером платежа) уже есть {place}. "
        "Оставьте одну строку.",
        sheet=row.sheet,
        row=row.row,
        value=row.account,
    )
