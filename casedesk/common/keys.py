"""Keys for rows that are loaded in bulk with their keys written in."""

from django.db import connection, models


def reserve_ids(model: type[models.Model], number: int) -> list[int]:
    """Take `number` automatic keys for rows that will be inserted with their keys written in.

    Keys of deleted rows are never given out again. On SQLite the caller's transaction must hold the write lock.
    """
    table, key = model._meta.db_table, model._meta.pk.column
    if number <= 0:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, number])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        cursor.execute(f"SELECT COALESCE(MAX({key}), 0) FROM {table}")
        first = max(last[0] if last else 0, cursor.fetchone()[0]) + 1
    return list(range(first, first + number))
