"""Several people at one moment, each in a thread with a connection of their own. Needs a server that locks rows."""

import threading
from collections.abc import Callable

import pytest
from django.db import Error, connection, connections

from casedesk.common.refusals import Refusal

PATIENCE = 60

on_a_server = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked by PostgreSQL only"),
]
"""Marks of a module of races."""


def at_once(*works: Callable) -> list:
    """Start all at one moment; return what each answered, a refusal of the program or of the database in its place."""
    start, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable) -> None:
        try:
            start.wait(timeout=PATIENCE)
            answers[number] = work()
        except (Refusal, Error) as refusal:
            answers[number] = refusal
        finally:
            connections.close_all()

    people = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=PATIENCE)
    return answers


def refused(answers: list) -> list[str]:
    """What those were told who did not get through."""
    return [str(getattr(one, "message", one)) for one in answers if isinstance(one, Exception)]
