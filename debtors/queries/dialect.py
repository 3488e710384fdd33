"""The few places where PostgreSQL and SQLite say the same thing differently. All bulk SQL of the ledger goes through here."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection

LIVE = "booking_id NOT IN (SELECT id FROM debtors_booking WHERE undone_at IS NOT NULL)"
"""The facts that count now. The undone bookings are few, so the list is hashed once for the statement."""

RECEIVED = "CASE WHEN channel = 'write_off' THEN 0 ELSE amount END"
WRITTEN_OFF = "CASE WHEN channel = 'write_off' THEN amount ELSE 0 END"
"""What of a row of payments is money, and what only left the books: a write-off settles a charge and is received nowhere."""


def on_postgres() -> bool:
    return connection.vendor == "postgresql"


def month_of(day: str) -> str:
    """SQL for the billing month (`casedesk.common.months`) of a date column."""
    if on_postgres():
        return f"(extract(year FROM {day})::int * 12 + extract(month FROM {day})::int - 1)"
    return f"(CAST(substr({day}, 1, 4) AS integer) * 12 + CAST(substr({day}, 6, 2) AS integer) - 1)"


def greatest(*terms: str) -> str:
    """SQL for the largest of its terms, none of which may be NULL (the two databases differ there)."""
    return f"{'GREATEST' if on_postgres() else 'MAX'}({', '.join(terms)})"


def least(*terms: str) -> str:
    """SQL for the smallest of its terms, none of which may be NULL."""
    return f"{'LEAST' if on_postgres() else 'MIN'}({', '.join(terms)})"


def execute(sql: str, params: Sequence = ()) -> int:
    """Run one statement; return the number of rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _adapted(params))
        return max(cursor.rowcount, 0)


def rows(sql: str, params: Sequence = ()) -> list[tuple]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, _adapted(params))
        return cursor.fetchall()


def _adapted(params: Sequence) -> list:
    """Moments as the database keeps them. SQLite compares texts: «11:00 of Moscow» would be after «09:00 of Greenwich»."""
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, dt.datetime) else value for value in params]


def fresh_table(name: str, columns: str) -> None:
    """An empty table that only this transaction sees. One name has one set of columns.

    A table of that name made earlier is emptied and used again: every table made and dropped keeps its locks until the
    transaction ends, and a long one would run out of them.
    """
    execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns}){' ON COMMIT DROP' if on_postgres() else ''}")
    execute(f"TRUNCATE {name}" if on_postgres() else f"DELETE FROM {name}")


def fresh_table_as(name: str, select: str, params: Sequence = (), *, key: str = "", looked_up: bool = False) -> int:
    """Like `fresh_table`, filled by a query and known to the planner. Returns the number of rows.

    `key`: the columns it will be joined by. SQLite joins by indexes alone and gets one; PostgreSQL hashes, and gets one
    only for a table that is `looked_up` row by row, by a subquery of each row of another.
    """
    execute(f"DROP TABLE IF EXISTS {name}")
    if on_postgres():
        made = execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {select}", params)
        if made and looked_up:
            execute(f"CREATE INDEX {name}_by_key ON {name} ({key})")
        if made:
            analyse_fresh(name)
        return made
    execute(f"CREATE TEMPORARY TABLE {name} AS {select}", params)
    if key:
        execute(f"CREATE INDEX {name}_by_key ON {name} ({key})")
    return rows(f"SELECT count(*) FROM {name}")[0][0]


def analyse_fresh(name: str) -> None:
    """Tell PostgreSQL's planner about how large a table of this transaction is; SQLite plans by indexes alone.

    A small sample is enough: these tables are read whole, and the usual one costs as much as the statement it is for.
    """
    if on_postgres():
        execute(f"SET LOCAL default_statistics_target = 10; ANALYZE {name}; SET LOCAL default_statistics_target TO DEFAULT")


def analyse(name: str) -> None:
    """Renew the statistics of a table that stays."""
    if on_postgres():
        execute(f"ANALYZE {name}")


def analyse_if_grown(table: str, added: int) -> None:
    """Renew the planner's statistics of a table that has grown a good deal since they were taken, by this booking or by others.

    The server's own renewal comes a minute later (never, where it is switched off), and until then a town's registers are
    planned as if the table were empty: nested loops over millions of rows. The size of the file tells it at no cost.
    """
    if on_postgres() and added and _has_grown(table):
        analyse_fresh(table)


def analyse_if_stale(table: str) -> None:
    """The same for a table that only others make larger."""
    if on_postgres() and _has_grown(table):
        execute(f"ANALYZE {table}")


def _has_grown(table: str) -> bool:
    """The table's file is a quarter larger than when its statistics were taken."""
    ((known, real),) = rows(
        "SELECT c.relpages, pg_relation_size(c.oid) / current_setting('block_size')::int FROM pg_class c "
        "WHERE c.oid = %s::regclass",
        [table],
    )
    return real > 1.25 * known + 50


def bulk_load(table: str, columns: Sequence[str], records: Iterable[Sequence], types: Sequence[str] = ()) -> int:
    """Load records by COPY on PostgreSQL and in one prepared statement on SQLite; return how many. Streams: holds none.

    With the PostgreSQL `types` of the columns COPY is binary, which takes a third of the time; values must be of just those.
    """
    loaded = 0

    def counted():
        nonlocal loaded
        for record in records:
            loaded += 1
            yield record

    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if on_postgres():
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN{' (FORMAT binary)' if types else ''}") as copy:
                if types:
                    copy.set_types(types)
                write = copy.write_row
                for record in records:
                    write(record)
                    loaded += 1
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", counted())
    return loaded


def give_room() -> None:
    """Let this transaction's sorts and hashes stay in memory, and let its statements start without compiling themselves.

    With PostgreSQL's usual 4 MB the same answers take twice as long; JIT costs half a second a statement and wins nothing.
    """
    if on_postgres():
        execute("SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")
