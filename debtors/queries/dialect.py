"""The few places where PostgreSQL and SQLite say the same thing differently. All bulk SQL of the ledger goes through here."""

from collections.abc import Iterable, Sequence

from django.db import connection

LIVE = "booking_id NOT IN (SELECT id FROM debtors_booking WHERE undone_at IS NOT NULL)"
"""The facts that count now. The undone bookings are few, so the list is hashed once for the statement."""


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
        cursor.execute(sql, params)
        return max(cursor.rowcount, 0)


def rows(sql: str, params: Sequence = ()) -> list[tuple]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def fresh_table(name: str, columns: str) -> None:
    """An empty table that only this transaction sees. One name has one set of columns.

    A table of that name made earlier is emptied and used again: every table made and dropped keeps its locks until the
    transaction ends, and a long one would run out of them.
    """
    execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({columns}){' ON COMMIT DROP' if on_postgres() else ''}")
    execute(f"TRUNCATE {name}" if on_postgres() else f"DELETE FROM {name}")


def fresh_table_as(name: str, select: str, params: Sequence = (), *, key: str = "") -> int:
    """Like `fresh_table`, filled by a query and known to the planner. Returns the number of rows.

    `key`: the columns it will be joined by. SQLite joins by indexes alone and gets one; PostgreSQL hashes.
    """
    execute(f"DROP TABLE IF EXISTS {name}")
    execute(f"CREATE TEMPORARY TABLE {name}{' ON COMMIT DROP' if on_postgres() else ''} AS {select}", params)
    if key and not on_postgres():
        execute(f"CREATE INDEX {name}_by_key ON {name} ({key})")
    analyse(name)
    return rows(f"SELECT count(*) FROM {name}")[0][0]


def analyse(name: str) -> None:
    """Tell PostgreSQL's planner how large a fresh table is; SQLite plans by indexes alone."""
    if on_postgres():
        execute(f"ANALYZE {name}")


def analyse_if_grown(table: str, added: int) -> None:
    """Renew the planner's statistics of a table that a booking made a good deal larger.

    The server's own renewal comes a minute later, and until then a town's first registers are planned as if the table were
    empty: nested loops over millions of rows.
    """
    if not on_postgres() or added < 1000:
        return
    ((known,),) = rows("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
    if added > 0.2 * max(known, 0):
        execute(f"ANALYZE {table}")


def analyse_if_stale(table: str) -> None:
    """The same for a table that others made larger: its rows are counted, which is cheap beside a wrong plan."""
    if on_postgres():
        ((known, real),) = rows(
            f"SELECT c.reltuples, (SELECT COUNT(*) FROM {table}) FROM pg_class c WHERE c.oid = %s::regclass", [table]
        )
        if real > 1.2 * max(known, 0) + 1000:
            execute(f"ANALYZE {table}")


def bulk_load(table: str, columns: Sequence[str], records: Iterable[Sequence]) -> int:
    """Load records by COPY on PostgreSQL and in one prepared statement on SQLite; return how many. Streams: holds none."""
    loaded = 0

    def counted():
        nonlocal loaded
        for record in records:
            loaded += 1
            yield record

    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if on_postgres():
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for record in counted():
                    copy.write_row(record)
        else:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", counted())
    return loaded


def give_room() -> None:
    """Let this transaction's sorts and hashes stay in memory, and let its statements start without compiling themselves.

    With PostgreSQL's usual 4 MB the same answers take twice as long; JIT costs half a second a statement and wins nothing.
    """
    if on_postgres():
        execute("SET LOCAL work_mem = '256MB'")
        execute("SET LOCAL jit = off")
