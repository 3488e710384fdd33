"""Rows of a debt package: an account's debt of one resource by age, their totals, and how two sets of them differ.

Plan row Z2b: a creditor and its municipality exchange debt figures by the fifth of every month. All amounts are kopecks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from debtors.rules.ageing import BUCKETS

SENT_BY = 5
"""The day of the next month by which a month's package is sent: plan row Z2b, not a term of law."""

ONLY_THERE, ONLY_HERE, OTHER_SUM, OTHER_AGE = "only_there", "only_here", "other_sum", "other_age"
KINDS = {
    ONLY_THERE: "есть только в пакете",
    ONLY_HERE: "нет в пакете",
    OTHER_SUM: "другая сумма",
    OTHER_AGE: "та же сумма, другой возраст",
}

Key = tuple[str, str]
"""The account's number and the resource: what a row is matched by, and nothing else."""


@dataclass(frozen=True, slots=True)
class DebtRow:
    """What an account owes for a resource on the day. `buckets` stand in the order of the ageing, `before` a month earlier."""

    account: str
    resource: str
    category: str
    house: str = ""
    flat: str = ""
    writs: str = ""
    before: int = 0
    not_yet_due: int = 0
    buckets: tuple[int, ...] = (0,) * len(BUCKETS)

    @property
    def key(self) -> Key:
        return self.account, self.resource

    @property
    def overdue(self) -> int:
        return sum(self.buckets)

    @property
    def debt(self) -> int:
        return self.not_yet_due + self.overdue

    @property
    def amounts(self) -> tuple[int, ...]:
        return self.before, self.debt, self.not_yet_due, *self.buckets, self.overdue


AMOUNTS = ("debt_before", "debt", "not_yet_due", *BUCKETS, "overdue")
"""Names of `DebtRow.amounts`, in their order."""


def totals(rows: Iterable[DebtRow]) -> dict[str, int]:
    """The control totals of rows: how many, of how many accounts, and the sum of every amount."""
    sums, accounts, count = [0] * len(AMOUNTS), set(), 0
    for row in rows:
        count += 1
        accounts.add(row.account)
        for at, amount in enumerate(row.amounts):
            sums[at] += amount
    return {"rows": count, "accounts": len(accounts), **dict(zip(AMOUNTS, sums, strict=True))}


def totals_by(rows: Iterable[DebtRow], name: str) -> dict[str, dict[str, int]]:
    """The totals of each value of `resource` or `category`, in alphabetical order."""
    of = attrgetter(name)
    parts: dict[str, list[DebtRow]] = {}
    for row in rows:
        parts.setdefault(of(row), []).append(row)
    return {value: totals(parts[value]) for value in sorted(parts)}


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that the two sides do not tell alike; None: a side does not have it."""

    kind: str
    theirs: DebtRow | None
    ours: DebtRow | None

    @property
    def key(self) -> Key:
        return (self.theirs or self.ours).key

    @property
    def by(self) -> int:
        """How much more their debt is than ours."""
        return (self.theirs.debt if self.theirs else 0) - (self.ours.debt if self.ours else 0)


def compare(theirs: Iterable[DebtRow], ours: Iterable[DebtRow]) -> list[RowDifference]:
    """Their rows against ours on the day, by account and resource. The differences' `by` add up to that of the totals."""
    left, right = by_key(theirs), by_key(ours)
    found = []
    for key in sorted(left.keys() | right.keys()):
        kind = _kind(left.get(key), right.get(key))
        if kind:
            found.append(RowDifference(kind, left.get(key), right.get(key)))
    return found


def by_key(rows: Iterable[DebtRow]) -> Mapping[Key, DebtRow]:
    return {row.key: row for row in rows}


def _kind(theirs: DebtRow | None, ours: DebtRow | None) -> str:
    if theirs is None:
        return ONLY_HERE if ours.debt else ""
    if ours is None:
        return ONLY_THERE if theirs.debt else ""
    if theirs.debt != ours.debt:
        return OTHER_SUM
    return OTHER_AGE if theirs.amounts[2:] != ours.amounts[2:] else ""
