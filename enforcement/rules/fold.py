"""What is known of a proceeding: words of its sources folded by the day they speak of. An older never wins."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

STATE = ("status", "ended_on", "ended_ground")
COLUMNS = ("consolidated_number", "bailiff", "opened_on", "department_id", *STATE)
DAYS = frozenset({"opened_on", "ended_on"})
RANK = {"known": 0, "data_bank": 1, "reply": 2, "ruling": 3}
"""Of two words of one day a ruling outweighs a list, and a list of the department outweighs the public bank."""


@dataclass(frozen=True)
class Said:
    """One source's word. `columns` holds only what it speaks of, days as ISO text."""

    as_of: dt.date
    source: str
    order: int
    columns: dict

    @property
    def key(self) -> tuple:
        return self.as_of, RANK[self.source], self.order


def fold(words: Iterable[Said]) -> dict:
    """Columns of the proceeding by these words; days as days. The state (open, ended when and why) moves as one."""
    known: dict = {}
    for word in sorted(words, key=lambda one: one.key):
        said = {name: _value(name, value) for name, value in word.columns.items()}
        if "status" in said:
            _take_state(known, said)
        known.update({name: value for name, value in said.items() if name not in STATE})
    opened, ended = known.get("opened_on"), known.get("ended_on")
    if opened and ended and ended < opened:
        known["ended_on"] = None
    return known


def _take_state(known: dict, said: dict) -> None:
    """A later «окончено» without a day or an article keeps those already known; an open state has neither."""
    was_ended = known.get("status") not in (None, "open")
    for name in ("ended_on", "ended_ground"):
        given = said.get(name)
        if said["status"] == "open":
            known[name] = None if name == "ended_on" else ""
        elif given or not was_ended:
            known[name] = given or (None if name == "ended_on" else "")
    known["status"] = said["status"]


def _value(name: str, value):
    return dt.date.fromisoformat(value) if name in DAYS and value else value


def plain(columns: dict) -> dict:
    """Columns as JSON keeps them: days as ISO text, unknown ones left out."""
    shown = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in columns.items()}
    return {name: value for name, value in shown.items() if value not in (None, "")}
