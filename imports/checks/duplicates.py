"""The same line twice in one file: booked twice it would double a charge or a payment."""

from collections.abc import Iterable, Iterator

from imports.rows import Problem, Row

MOST_ROWS = 2_500_000
"""What fits in the memory that reading may take."""
_ROW_BITS = 24
"""A place is kept as one number, the count of the row and its line: millions of tuples would not fit in memory."""


class TooManyRows(ValueError):
    """The file has more rows than can be held against each other."""


def mark_duplicates(rows: Iterable[Row], *, kind: str) -> Iterator[Row]:
    """Pass the rows on; a repeated one gets a fatal problem that names the line of the first.

    Charges are one per account, service and month; payments are told apart by their own number, and payments without a
    number are never taken for repeats: two equal payments on one day do happen. Raises TooManyRows.
    """
    key = _payment_key if kind == "payments" else _charge_key
    seen: dict[int, int] = {}
    sheets: list[tuple[int, str]] = []
    for count, row in enumerate(rows):
        if not sheets or sheets[-1][1] != row.sheet:
            sheets.append((count, row.sheet))
        if count >= MOST_ROWS:
            raise TooManyRows
        mark = key(row)
        if mark is not None:
            mark = hash(mark)
            if mark in seen:
                row.problems.append(_repeated(row, seen[mark], sheets))
            else:
                seen[mark] = count << _ROW_BITS | row.row
        yield row


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
