"""Plain lines of a flat register, read many at a time.

A register's lines are nearly all alike: digits for an account, a service, sums that meet. Reading such lines column by column
is several times as fast as line by line. Whatever is not alike (titles in the middle, totals, a cell that is no amount, a line
whose sums do not meet) is given to the line reader, so the answer is the same in every case.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import Protocol

from imports.profiles.propose import Proposal
from imports.readers.amount_columns import amounts
from imports.readers.layouts.fields import Fields, as_text, flat_number
from imports.readers.titles import Context
from imports.readers.totals import Totals
from imports.rows import Block, Row
from imports.sheets import Cells, NumberedRow, Sheet

LINES = 2_000
"""Lines taken at a time."""
FEWEST = 8
"""A shorter run of plain lines is read line by line."""
_EXACT_ACCOUNT = 10.0**15
_OPAQUE = (as_text, flat_number)
"""Readers of cells that fail for nothing but a NUL."""


class Table(Protocol):
    """What a `FlatTable` tells of itself, and the line reader it lends."""

    sheet: Sheet
    proposal: Proposal
    context: Context
    fields: Fields
    totals: Totals
    sums: dict[str, list[tuple[int, int]]]
    account_column: int | None
    last_column: int
    zero_width: int
    mixed_zeros: bool
    combined: bool
    has_merges: bool
    blank_is: int | None
    checks_balance: bool

    def single_rows(self, lines: Iterable[NumberedRow]) -> Iterator[Row]: ...

    def read_line(self, number: int, cells: Cells, found: str, name: str) -> Row: ...

    def checked(self, row: Row) -> Row: ...


class Texts(dict):
    """Cell -> clean text, remembered: registers repeat a few services."""

    def __missing__(self, cell: object) -> str:
        text = as_text(cell)
        if type(cell) is str:
            self[cell] = text
        return text


class BlockReader:
    """Reads the lines of one flat table as blocks and single rows, in their order."""

    def __init__(self, table: Table):
        self.table, self.fields = table, table.fields
        self._texts = Texts()
        setters = {name: (at, read) for name, at, read in self.fields.setters}
        self._service = setters.pop("service", (None, None))[0]
        self._month = setters.pop("month", (None, None))
        self._opaque = [at for at, read in setters.values() if read in _OPAQUE]
        self._checked = [(at, read) for at, read in setters.values() if read not in _OPAQUE]

    @staticmethod
    def takes(table: Table) -> bool:
        """Whether the table's lines can be told from their columns alone."""
        return table.account_column is not None and not table.combined and not table.has_merges and table.fields.plain

    def pieces(self, body: Iterator[NumberedRow]) -> Iterator[Row | Block]:
        while lines := list(islice(body, LINES)):
            found = self._accounts(lines)
            for plain, group in groupby(range(len(lines)), key=lambda at: found[at] is not None):
                run = [*group]
                first, after = run[0], run[-1] + 1
                block = self._block(lines[first:after], found[first:after]) if plain and len(run) >= FEWEST else None
                yield from block or self.table.single_rows(lines[first:after])

    def _accounts(self, lines: list[NumberedRow]) -> list[str | None]:
        """The account of each line that has one in plain digits, and every cell that the header promises; None for others."""
        column, width = self.table.account_column, self.table.last_column + 1
        cells = [line[column] if len(line) >= width else None for _, line in lines]
        kinds = set(map(type, cells))
        if kinds == {str}:
            joined = "".join(cells)
            if joined.isdigit() and joined.isascii() and min(map(len, cells)) > 3:
                return cells
        return [self._account(cell) for cell in cells]

    def _account(self, cell: object) -> str | None:
        if type(cell) is str:
            return cell if len(cell) > 3 and cell.isdigit() and cell.isascii() else None
        if type(cell) is float and not self.table.mixed_zeros and 1000 <= cell < _EXACT_ACCOUNT and cell.is_integer():
            return str(int(cell)).zfill(self.table.zero_width)
        return None

    def _block(self, lines: list[NumberedRow], accounts: list[str]) -> list[Row | Block] | None:
        """The lines as blocks, with rows of their own for those whose sums do not meet; None when a cell is not plain."""
        numbers = [number for number, _ in lines]
        columns = list(zip(*[cells for _, cells in lines], strict=False))
        try:
            sums = {name: self._sum(columns, places) for name, places in self.table.sums.items()}
            months = self._months(columns, len(lines))
            self._check(columns)
        except (ValueError, TypeError):
            return None
        if self.table.blank_is is None and any(None in sums[name] for name in sums if name != "penalty"):
            return None
        block = Block(
            self.table.sheet.name,
            numbers,
            accounts,
            self._services(columns, len(lines)),
            months,
            sums,
            self._maker(lines, accounts),
        )
        return self._split(block)

    def _sum(self, columns: list[tuple], places: list[tuple[int, int]]) -> list[int | None]:
        if len(places) == 1:
            found, blank = amounts(columns[places[0][0]]), self.table.blank_is
            return found if blank is None or None not in found else [blank if value is None else value for value in found]
        signed = [[(value or 0) * sign for value in amounts(columns[at])] for at, sign in places]
        return list(map(sum, zip(*signed, strict=True)))

    def _months(self, columns: list[tuple], count: int) -> list[int | None]:
        at, read = self._month
        usual = self.table.context.month
        if at is None:
            return [usual] * count
        return [usual if cell is None or cell == "" else read(cell) for cell in columns[at]]

    def _services(self, columns: list[tuple], count: int) -> list[str]:
        usual = self.table.proposal.service
        if self._service is None:
            return [usual] * count
        texts = self._texts
        return [usual if cell is None or cell == "" else texts[cell] for cell in columns[self._service]]

    def _check(self, columns: list[tuple]) -> None:
        """Raise ValueError when a cell that is needed only for new accounts is not what its column holds."""
        for at in self._opaque if self._service is None else (*self._opaque, self._service):
            if "\x00" in "".join([cell for cell in columns[at] if type(cell) is str]):
                raise ValueError("NUL")
        for at, read in self._checked:
            for cell in columns[at]:
                if cell is not None and cell != "":
                    read(cell)

    def _maker(self, lines: list[NumberedRow], accounts: list[str]) -> Callable[[int], Row]:
        read = self.table.read_line

        def make(at: int) -> Row:
            number, cells = lines[at]
            return read(number, cells, accounts[at], "")

        return make

    def _split(self, block: Block) -> list[Row | Block]:
        """Count the sums; take out the lines whose balance does not meet, for the line reader to word the problem."""
        whole = self.table.totals.whole
        for name in self.table.totals.fields:
            whole[name] += sum(filter(None, block.sums[name]))
        wrong = _unbalanced(block) if self.table.checks_balance else []
        pieces: list[Row | Block] = []
        start = 0
        for at in (*wrong, len(block)):
            if at > start:
                pieces.append(block if not wrong else block.part(start, at))
            if at < len(block):
                pieces.append(self.table.checked(block.make(at)))
            start = at + 1
        return pieces


def _unbalanced(block: Block) -> list[int]:
    """Places of the lines to be looked at: opening + charged + recalculated - paid is not closing."""
    zeros = [0] * len(block)
    parts = [block.sums.get(name, zeros) for name in ("opening", "charged", "recalculated", "paid", "closing")]
    return [
        at
        for at, (opening, charged, recalculated, paid, closing) in enumerate(zip(*parts, strict=True))
        if (opening or 0) + (charged or 0) + (recalculated or 0) - (paid or 0) != (closing or 0)
    ]
