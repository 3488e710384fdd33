"""What every reader hands on: neutral rows that know where they stood, and the problems found on the way.

A reader turns one file of any layout into `Reading`; staging, booking and the screens know nothing of formats.
Amounts are kopecks, months are `casedesk.common.months`, days are dates. None means "the file does not say".
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

KINDS = ("accounts", "charges", "payments", "bank_statement", "writs", "bailiff_register")


@dataclass(slots=True)
class Problem:
    """A fault at a place of the file, worded for people: the thing, the value, the rule, the remedy."""

    code: str
    message: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    fatal: bool = True
    """True: the row (or the file, when `row` is None) is not booked. False: a warning that travels along."""


@dataclass(slots=True)
class ControlTotal:
    """A total that the file itself states, to be held against the sum of the rows. Kopecks; `counts` are whole numbers."""

    where: str
    field: str
    file: int
    rows: int
    money: bool = True

    @property
    def agrees(self) -> bool:
        return self.file == self.rows


@dataclass(slots=True)
class Row:
    """One data row in neutral form."""

    sheet: str
    row: int
    account: str = ""
    alias_numbers: tuple[str, ...] = ()
    """Other numbers of the same account: ЕЛС, ЖКУ id, a shortened number."""
    holder: str = ""
    address: str = ""
    flat: str = ""
    service: str = ""
    month: int | None = None
    opening: int | None = None
    charged: int | None = None
    recalculated: int | None = None
    paid: int | None = None
    closing: int | None = None
    penalty: int | None = None
    paid_on: dt.date | None = None
    document: str = ""
    category: str = ""
    """A `debtors.models.Category` value when the file tells it."""
    area_x100: int | None = None
    birth_date: dt.date | None = None
    extra: dict[str, str] = field(default_factory=dict)
    """Fields only some files have: writ, proceeding, GIS ids, own status. Text as printed."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        return not any(problem.fatal for problem in self.problems)


@dataclass(slots=True)
class Block:
    """Data rows of one sheet that follow each other and have no fault, column by column. `make` gives one of them whole."""

    sheet: str
    numbers: Sequence[int]
    accounts: Sequence[str]
    services: Sequence[str]
    months: Sequence[int | None]
    sums: dict[str, list[int | None]]
    """Field of `Row` -> kopecks, for the fields that the register has."""
    make: Callable[[int], Row]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[Row]:
        return map(self.make, range(len(self)))

    def part(self, first: int, after: int) -> "Block":
        """The rows from `first` up to `after`."""
        cut = slice(first, after)
        sums = {name: values[cut] for name, values in self.sums.items()}
        columns = (self.numbers[cut], self.accounts[cut], self.services[cut], self.months[cut])
        return Block(self.sheet, *columns, sums, lambda at: self.make(first + at))

    def only(self, places: Sequence[int]) -> "Block":
        """The rows at these places."""
        sums = {name: [values[at] for at in places] for name, values in self.sums.items()}
        columns = ([values[at] for at in places] for values in (self.numbers, self.accounts, self.services, self.months))
        return Block(self.sheet, *columns, sums, lambda at: self.make(places[at]))


@dataclass
class Reading:
    """One file, read. `pieces` may be consumed once: it streams. The other fields are complete after it is exhausted."""

    format: str
    encoding: str | None
    kind: str
    profile: str
    confidence: float
    pieces: Iterable[Row | Block]
    """The rows in their order; plain ones may come as blocks. Iterating over the reading itself gives rows only."""
    columns: dict[str, str] = field(default_factory=dict)
    """Field of `Row` -> header text (with its place) it is read from: what the preview shows and the profile keeps."""
    skipped_why: dict[str, int] = field(default_factory=dict)
    control_totals: list[ControlTotal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    """Faults of the file as a whole. A fatal one means: refused."""
    as_of: dt.date | None = None
    """The day a balances-only register speaks of."""
    balances_only: bool = False

    def __iter__(self) -> Iterator[Row]:
        for piece in self.pieces:
            if type(piece) is Block:
                yield from piece
            else:
                yield piece
