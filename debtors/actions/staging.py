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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from casedesk.common import months
from debtors.queries.dialect import analyse, analyse_if_stale, bulk_load, execute, fresh_table, on_postgres, rows

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


COLUMNS = """
    row_no bigint NOT NULL, account_id bigint NOT NULL, service_id smallint NOT NULL, month smallint,
    opening bigint, opening_month smallint, opening_on date, charged bigint, credited bigint, kind smallint,
    turnover bigint, amount bigint, paid_on date, channel varchar(10), document varchar(60),
    designated_month smallint, reverses_id bigint, source_row integer, month_end date,
    opening_state smallint NOT NULL DEFAULT 0, charge_state smallint NOT NULL DEFAULT 0,
    payment_state smallint NOT NULL DEFAULT 0, turnover_state smallint NOT NULL DEFAULT 0,
    ledger_opening bigint, ledger_charged bigint, ledger_credited bigint, explained bigint NOT NULL DEFAULT 0
"""
LOADED = (*StagedFact._fields, "month_end")


@dataclass(frozen=True)
class Stage:
    """A filled staging table of this transaction."""

    lines: int


def stage_facts(facts: Iterable[StagedFact]) -> Stage:
    """Load lines into the staging table. Streams the iterable; nothing is judged or booked yet."""
    fresh_table(STAGE, COLUMNS)
    loaded = bulk_load(STAGE, LOADED, _with_days(facts))
    _index()
    return Stage(loaded)


def stage_rows(select: str, params: Iterable = (), columns: Iterable[str] = StagedFact._fields) -> Stage:
    """Fill the staging table from a query inside the database: `select` yields the named `columns` of StagedFact in order.

    Columns left out take StagedFact's defaults.
    """
    fresh_table(STAGE, COLUMNS)
    columns = tuple(columns)
    defaults = {"credited": "0", "kind": "1", "channel": "'bank'", "document": "''"}
    missing = {name: value for name, value in defaults.items() if name not in columns}
    names = ", ".join((*columns, *missing))
    values = "".join(f", {value}" for value in missing.values())
    inner = ", ".join(f"q.{name}" for name in columns)
    loaded = execute(
        f"INSERT INTO {STAGE} ({names}) WITH q ({', '.join(columns)}) AS ({select}) SELECT {inner}{values} FROM q",
        tuple(params),
    )
    _fill_days()
    _index()
    return Stage(loaded)


def _index() -> None:
    """The judges look lines up by account and month; without an index a repeated file takes the square of its lines."""
    execute(f"CREATE INDEX IF NOT EXISTS {STAGE}_by_account ON {STAGE} (account_id, month)")
    if not on_postgres():
        execute(f"CREATE INDEX IF NOT EXISTS {STAGE}_by_row ON {STAGE} (row_no)")
    analyse(STAGE)
    analyse_if_stale("debtors_utilityaccount")


def _with_days(facts: Iterable[StagedFact]) -> Iterator[tuple]:
    """Add the day that a month's charges and turnover count on, and the opening's own, to each line."""
    ends: dict[int | None, dt.date | None] = {None: None}
    day_of = StagedFact._fields.index("opening_on")
    for fact in facts:
        month = fact[3]
        if month not in ends:
            ends[month] = months.last_day(month)
        if fact[4] is not None and fact[day_of] is None:
            fact = fact._replace(opening_on=months.last_day(fact[5]))
        yield (*fact, ends[month])


def _fill_days() -> None:
    """The same days for lines that came by a query."""
    for month_column, day_column in (("month", "month_end"), ("opening_month", "opening_on")):
        present = rows(f"SELECT DISTINCT {month_column} FROM {STAGE} WHERE {month_column} IS NOT NULL")
        cases = " ".join(f"WHEN {month} THEN '{months.last_day(month).isoformat()}'" for (month,) in present)
        if cases:
            cast = f"CAST(CASE {month_column} {cases} END AS date)" if on_postgres() else f"CASE {month_column} {cases} END"
            execute(f"UPDATE {STAGE} SET {day_column} = {cast} WHERE {day_column} IS NULL AND {month_column} IS NOT NULL")
