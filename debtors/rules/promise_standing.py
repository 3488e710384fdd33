"""A promise to pay, held against the money: kept as soon as the sum has come, broken the morning after its day."""

import datetime as dt
from enum import StrEnum


class PromiseState(StrEnum):
    """How a promise stands."""

    WAITING = "waiting"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


PROMISE_NAMES = {
    PromiseState.WAITING: "ждём",
    PromiseState.KEPT: "сдержано",
    PromiseState.BROKEN: "нарушено",
    PromiseState.WITHDRAWN: "снято",
}
PROMISE_CHOICES = [(str(state), name) for state, name in PROMISE_NAMES.items()]
PROMISE_TONES = {
    PromiseState.WAITING: "info",
    PromiseState.KEPT: "ok",
    PromiseState.BROKEN: "danger",
    PromiseState.WITHDRAWN: "",
}


def promise_state(*, amount: int, due_on: dt.date, paid: int, known_through: dt.date) -> PromiseState:
    """The state by what was paid from the day of the promise to its day inclusive, and by how far payments are known.

    Nobody has broken a promise for days whose payments have not been loaded.
    """
    if paid >= amount:
        return PromiseState.KEPT
    return PromiseState.BROKEN if known_through >= due_on else PromiseState.WAITING
