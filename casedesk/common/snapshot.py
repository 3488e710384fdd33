"""Long reads that must not see the world move: a report's figures and the lists behind them come from one moment."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

TRIES = 3
LOST_A_RACE = "40001"
"""PostgreSQL: serialization_failure, somebody changed a row that this transaction wants to change."""


T = TypeVar("T")


def in_snapshot(work: Callable[[], T]) -> T:
    """Do the work in one transaction that sees the database as it was when it began; what it writes is kept or not at all.

    On PostgreSQL the isolation is REPEATABLE READ, and work that lost a race for a row is done again, so it must be safe to
    repeat. SQLite isolates by itself. Inside a transaction that has begun, that one's isolation stays.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        with transaction.atomic():
            return work()
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                return work()
        except OperationalError as lost:
            if not left or getattr(lost.__cause__, "sqlstate", "") != LOST_A_RACE:
                raise
    raise AssertionError("the last try returns or raises")
