"""Many rows of one model written by one statement, however many there are, on both databases.

The ORM's `bulk_create` and `bulk_update` do so on PostgreSQL only: on SQLite they split by 999 variables, so a thousand claims
of a dozen months are a hundred and fifty statements. Here the rows travel as one parameter, a JSON text that SQLite reads as a
table (`json_each`); PostgreSQL gets arrays (`unnest`). No signals are sent, as with `bulk_create`.
"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault
from django.utils import timezone
from simple_history.utils import get_history_manager_for_model

Row = TypeVar("Row", bound=Model)


def insert_all(rows: Sequence[Row]) -> list[Row]:
    """Insert new rows of one model in one statement; each gets its key. Their order is the order of the keys."""
    listed = list(rows)
    if not listed:
        return listed
    model = type(listed[0])
    if _on_postgres():
        return model._default_manager.bulk_create(listed)
    fields = [
        field for field in model._meta.concrete_fields if field is not model._meta.auto_field and _is_given(field, listed)
    ]
    names = ", ".join(_quoted(field.column) for field in fields)
    values = _json([_prepared(fields, (field.pre_save(row, add=True) for field in fields)) for row in listed])
    key = model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) SELECT {_columns(len(fields))} FROM json_each(%s) "
            f"WHERE true ORDER BY key RETURNING {_quoted(key.column)}",
            [values],
        )
        keys = cursor.fetchall()
    for row, (pk,) in zip(listed, keys, strict=True):
        setattr(row, key.attname, pk)
        row._state.adding, row._state.db = False, connection.alias
    return listed


def insert_with_history(rows: Sequence[Row], *, by) -> list[Row]:
    """The same, with a row of history each, in two statements; `by`: the user it was done by, or None."""
    with transaction.atomic(savepoint=False):
        made = insert_all(rows)
        if made:
            insert_all(_historical(made, by, timezone.now()))
    return made


def update_all(rows: Sequence[Model], names: Sequence[str]) -> int:
    """Write these fields of rows of one model in one statement; return how many rows were found."""
    listed = list(rows)
    if not listed:
        return 0
    meta = type(listed[0])._meta
    fields = [meta.pk, *(meta.get_field(name) for name in names)]
    values = [_prepared(fields, (getattr(row, field.attname) for field in fields)) for row in listed]
    table, key = _quoted(meta.db_table), _quoted(meta.pk.column)
    given = ", ".join(f"{_quoted(field.column)} = given.c{place}" for place, field in enumerate(fields) if place)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {given} FROM ({_given(fields)}) AS given WHERE {table}.{key} = given.c0",
            [list(column) for column in zip(*values, strict=True)] if _on_postgres() else [_json(values)],
        )
        return cursor.rowcount


def _given(fields: Sequence[Field]) -> str:
    """SQL of the values as a table with columns c0, c1, ..."""
    if _on_postgres():
        arrays = ", ".join(f"%s::{_bare_type(field)}[]" for field in fields)
        return f"SELECT * FROM unnest({arrays}) AS rows({', '.join(f'c{place}' for place in range(len(fields)))})"
    return f"SELECT {_columns(len(fields))} FROM json_each(%s)"


def _is_given(field: Field, rows: Sequence[Model]) -> bool:
    """Some row has a value of its own; the database fills a column that no row names. Both at once is refused as no JSON."""
    return not field.has_db_default() or any(not isinstance(getattr(row, field.attname), DatabaseDefault) for row in rows)


def _on_postgres() -> bool:
    return connection.vendor == "postgresql"


def _bare_type(field: Field) -> str:
    """The column's type without its length: `varchar(20)[]` would cut a long value without a word, `varchar[]` refuses it."""
    return field.rel_db_type(connection).split("(")[0]


def _columns(count: int) -> str:
    return ", ".join(f"json_extract(value, '$[{place}]') AS c{place}" for place in range(count))


def _prepared(fields: Sequence[Field], values: Iterable) -> list:
    """A row's values as the database takes them."""
    real = connections[DEFAULT_DB_ALIAS]  # the proxy looks the connection up anew for every value
    return [field.get_db_prep_save(value, connection=real) for field, value in zip(fields, values, strict=True)]


def _json(values: list[list]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _historical(rows: Sequence[Model], by, moment: dt.datetime) -> list[Model]:
    history = get_history_manager_for_model(type(rows[0])).model
    names = [field.attname for field in history.tracked_fields]
    return [
        history(
            history_date=moment,
            history_user=by or history.get_default_history_user(row),
            history_type="+",
            **{name: getattr(row, name) for name in names},
        )
        for row in rows
    ]
