"""Facts on their way into the ledger: loaded in bulk, held against what is booked already, then booked by `book`.

    with transaction.atomic():
        booking = open_booking(creditor=creditor, kind=Booking.Kind.IMPORT, about="osv.xlsx", by=user, learnt_at=now)
        stage = stage_facts(facts)              # or stage_rows(sql): COPY / executemany, or INSERT .. SELECT
        judge(stage)                            # what is known, what differs
        for difference in differences(): ...    # show them to a person
        booked = book(booking=booking, stage=stage, on=today)

One line may carry up to four parts, each optional: an opening balance, a month's charge, the month's paid turnover and
one dated payment. Each part gets a verdict of its own (`PartState`), because a file may repeat some and bring others anew.
The table lives for the transaction, so a dry run is the same calls and a roll-back.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from casedesk.common import months
from debtors.queries.dialect import analyse_fresh, analyse_if_stale, bulk_load, execute, fresh_table, on_postgres, rows

STAGE = "ledger_stage"
"""The name of the staging table; callers may join it by `row_no`."""


class PartState(IntEnum):
    """What the ledger says of one part of a staged line."""

    TO_BOOK = 0
    KNOWN = 1
    DIFFERS = 2


class StagedFact(NamedTuple):
    """One line to book. Amounts in kopecks; a part that is None is not there.

    `row_no` is the caller's own number, unique in the stage; `source_row` the row of the file that the fact will name.
    `service_id` 0 means: not split by service (payments only). `month` is needed by charges and turnover.
    `opening` is the balance at the end of `opening_month` (for a turnover register of month M that is M - 1), negative when
    money was paid ahead; `opening_on` its day when not the last day of that month. `turnover` is what the register says was
    paid in `month`. `amount` with `paid_on` is one dated payment; a negative one names the payment it reverses.
    `award_id`: the court act on whose writ the money came; such money is never put on one service by the caller.
    """

    row_no: int
    account_id: int
    service_id: int
    month: int | None = None
    opening: int | None = None
    opening_month: int | None = None
    opening_on: dt.date | None = None
    charged: int | None = None
    credited: int = 0
    kind: int = 1
    turnover: int | None = None
    amount: int | None = None
    paid_on: dt.date | None = None
    channel: str = "bank"
    document: str = ""
    designated_month: int | None = None
    reverses_id: int | None = None
    source_row: int | None = None
    award_id: int | None = None


_TYPES = {
    "row_no": "bigint",
    "account_id": "bigint",
    "service_id": "smallint",
    "month": "smallint",
    "opening": "bigint",
    "opening_month": "smallint",
    "opening_on": "date",
    "charged": "bigint",
    "credited": "bigint",
    "kind": "smallint",
    "turnover": "bigint",
    "amount": "bigint",
    "paid_on": "date",
    "channel": "varchar",
    "document": "varchar",
    "designated_month": "smallint",
    "reverses_id": "bigint",
    "source_row": "integer",
    "award_id": "bigint",
    "month_end": "date",
    "opening_state": "smallint",
}
_USUAL = {
    "row_no": "NOT NULL",
    "account_id": "NOT NULL",
    "service_id": "NOT NULL",
    "credited": "DEFAULT 0",
    "kind": "DEFAULT 1",
    "channel": "DEFAULT 'bank'",
    "document": "DEFAULT ''",
    "opening_state": "NOT NULL DEFAULT 1",
}
COLUMNS = f"""
    {", ".join(f"{name} {type_} {_USUAL.get(name, '')}" for name, type_ in _TYPES.items())},
    charge_state smallint NOT NULL DEFAULT 0, payment_state smallint NOT NULL DEFAULT 0,
    turnover_state smallint NOT NULL DEFAULT 0,
    ledger_opening bigint, ledger_charged bigint, ledger_credited bigint, explained bigint NOT NULL DEFAULT 0
"""
"""Before it is judged, a line has the verdict that nearly every line of a register ends with: its charge and its money are new,
its opening balance is what the ledger holds. `judge_plain` finds the lines of which this is not true."""
LOADED = (*StagedFact._fields, "month_end")
"""What is loaded of a fact."""
TURNOVER_LINE = (
    "row_no",
    "account_id",
    "service_id",
    "month",
    "opening",
    "opening_month",
    "opening_on",
    "charged",
    "credited",
    "turnover",
    "source_row",
    "month_end",
    "opening_state",
)
"""Columns of a line of a turnover register, for `stage_lines`. `opening_state` is 0 (to book) for an account just named."""


@dataclass(frozen=True)
class Stage:
    """A filled staging table of this transaction."""

    lines: int


def stage_facts(facts: Iterable[StagedFact]) -> Stage:
    """Load lines into the staging table. Streams the iterable; nothing is judged or booked yet."""
    return stage_lines(LOADED, _with_days(facts))


def stage_lines(columns: Sequence[str], lines: Iterable[Sequence]) -> Stage:
    """The same for plain tuples of the named columns, their days filled in; columns left out take StagedFact's defaults."""
    fresh_table(STAGE, COLUMNS)
    loaded = bulk_load(STAGE, columns, lines, [_TYPES[name] for name in columns])
    _index()
    return Stage(loaded)


def stage_rows(select: str, params: Iterable = (), columns: Iterable[str] = StagedFact._fields) -> Stage:
    """Fill the staging table from a query inside the database: `select` yields the named `columns` of StagedFact in order.

    Columns left out take StagedFact's defaults.
    """
    fresh_table(STAGE, COLUMNS)
    names = ", ".join(columns)
    loaded = execute(f"INSERT INTO {STAGE} ({names}) {select}", tuple(params))
    _fill_days()
    _index()
    return Stage(loaded)


def _index() -> None:
    """SQLite joins by indexes alone; PostgreSQL hashes the stage."""
    if not on_postgres():
        execute(f"CREATE INDEX IF NOT EXISTS {STAGE}_by_account ON {STAGE} (account_id, month)")
        execute(f"CREATE INDEX IF NOT EXISTS {STAGE}_by_row ON {STAGE} (row_no)")
    analyse_fresh(STAGE)
    analyse_if_stale("debtors_utilityaccount")


def _with_days(facts: Iterable[StagedFact]) -> Iterator[tuple]:
    """Add the day that a month's charges and turnover count on, and the opening's own, to each line."""
    days = LastDays()
    for fact in facts:
        month_end = None if fact[3] is None else days[fact[3]]
        if fact[4] is not None and fact[6] is None:
            yield (*fact[:6], days[fact[5]], *fact[7:], month_end)
        else:
            yield (*fact, month_end)


class LastDays(dict[int, dt.date]):
    """Month -> its last day, worked out once for each."""

    def __missing__(self, month: int) -> dt.date:
        self[month] = day = months.last_day(month)
        return day


def _fill_days() -> None:
    """The same days for lines that came by a query."""
    for month_column, day_column in (("month", "month_end"), ("opening_month", "opening_on")):
        present = rows(f"SELECT DISTINCT {month_column} FROM {STAGE} WHERE {month_column} IS NOT NULL")
        cases = " ".join(f"WHEN {month} THEN '{months.last_day(month).isoformat()}'" for (month,) in present)
        if cases:
            cast = f"CAST(CASE {month_column} {cases} END AS date)" if on_postgres() else f"CASE {month_column} {cases} END"
            execute(f"UPDATE {STAGE} SET {day_column} = {cast} WHERE {day_column} IS NULL AND {month_column} IS NOT NULL")
