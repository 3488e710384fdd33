"""Money that two files bring: cash desks and billing centres list the transfers of bailiffs that the bank's statement has too.

Whichever file comes second finds the money of the first here. One booked payment answers for one staged payment: of two
equal transfers and one payment booked, one is new.
"""

import datetime as dt
from dataclasses import dataclass

from casedesk.common import money
from debtors.actions.staging import STAGE, PartState
from debtors.queries.dialect import LIVE, rows
from imports.models import DecisionLine, MatchDecision

NEAR = dt.timedelta(days=3)
TO_BOOK = PartState.TO_BOOK.value
_OF_STATEMENT = f"""EXISTS (SELECT 1 FROM {MatchDecision._meta.db_table} d JOIN {DecisionLine._meta.db_table} l
    ON l.decision_id = d.id AND l.row = p.source_row AND l.account_id = p.account_id WHERE d.booking_id = p.booking_id)"""
"""A payment that a decision on a bank document booked: two of them are two documents of the bank, however alike."""
_TAKEN_BACK = f"EXISTS (SELECT 1 FROM debtors_payment r WHERE r.reverses_id = p.id AND r.{LIVE})"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The booked payment that a staged one repeats. Kopecks."""

    booking_id: int
    counts_on: dt.date
    amount: int
    document: str

    def __str__(self) -> str:
        named = f" ({self.document})" if self.document else ""
        sum_ = f"{money.spaced(self.amount)} ₽"
        return f"такой же платёж {sum_} от {self.counts_on:%d.%m.%Y} уже проведён другим файлом{named}"


@dataclass(frozen=True, slots=True)
class Held:
    """A staged payment, as booking it would need it, and the booked one it seems to repeat."""

    account_id: int
    amount: int
    paid_on: dt.date
    channel: str
    document: str
    designated_month: int | None
    booked: Elsewhere


def booked_by_registers() -> dict[int, Held]:
    """Staged payments of a statement, by row, whose account got the same sum from a register within `NEAR` days."""
    return _pairs(f"NOT {_OF_STATEMENT}")


def booked_by_statements() -> dict[int, Held]:
    """Staged payments of a register, by row, whose account got the same sum from a bank document within `NEAR` days."""
    return _pairs(_OF_STATEMENT)


def _pairs(source: str) -> dict[int, Held]:
    """Nearest days first; a row and a booked payment stand in one pair only."""
    near = []
    for row, payment_id, *staged, paid_on, booking_id, counts_on, booked_as in rows(f"""
        SELECT g.row_no, p.id, g.account_id, g.amount, g.channel, g.document, g.designated_month, g.paid_on,
               p.booking_id, p.counts_on, p.document FROM {STAGE} g
        JOIN debtors_payment p ON p.account_id = g.account_id AND p.amount = g.amount
        WHERE g.amount > 0 AND g.payment_state = {TO_BOOK} AND p.channel NOT IN ('turnover', 'write_off') AND p.{LIVE}
          AND {source} AND NOT {_TAKEN_BACK}"""):
        account_id, amount, channel, document, month = staged
        paid_on, counts_on = _day(paid_on), _day(counts_on)
        if abs(paid_on - counts_on) <= NEAR:
            booked = Elsewhere(booking_id, counts_on, amount, booked_as)
            one = Held(account_id, amount, paid_on, channel, document, month, booked)
            near.append((abs(paid_on - counts_on), row, payment_id, one))
    return _one_to_one(near)


def _one_to_one(near: list[tuple[dt.timedelta, int, int, Held]]) -> dict[int, Held]:
    found: dict[int, Held] = {}
    taken: set[int] = set()
    for _, row, payment_id, one in sorted(near, key=lambda pair: pair[:3]):
        if row not in found and payment_id not in taken:
            found[row] = one
            taken.add(payment_id)
    return found


def _day(value: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
