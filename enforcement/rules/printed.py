"""How registers print writs and proceedings, and what it means: kinds, states, grounds of the end, numbers."""

import re

from casedesk.common.text import fold

KINDS = (
    ("court_order", re.compile(r"приказ")),
    ("notary_inscription", re.compile(r"надпис|нотариус")),
    ("execution_writ", re.compile(r"лист|\bил\b")),
)
OPEN, FINISHED, TERMINATED = "open", "finished", "terminated"
STATUSES = (
    (TERMINATED, re.compile(r"прекращ")),
    (FINISHED, re.compile(r"оконч|заверш|возвращ|фактич")),
    (OPEN, re.compile(r"исполнен|возбужд|действ|открыт")),
)
_GROUND = re.compile(r"ст\.?\s*(\d+)(?:\s*,?\s*ч\.?\s*(\d+))?(?:\s*,?\s*п\.?\s*(\d+))?")
_WRIT_OF_SERIES = re.compile(r"^(?:[а-я]{2}|0\d{2})\s*№?\s*\d{9}$")


def writ_kind(text: str, number: str = "") -> str | None:
    """The kind of a writ by what the register prints, else by the form of its number (`ФС 012345678` is a writ of a court)."""
    words = fold(text)
    for kind, pattern in KINDS:
        if pattern.search(words):
            return kind
    if _WRIT_OF_SERIES.match(fold(number)):
        return "execution_writ"
    return "court_order" if "/" in number else None


def proceeding_status(text: str, *, ended: bool = False) -> str:
    """The state of a proceeding by its printed word; without a word, by whether it has an end."""
    words = fold(text)
    for status, pattern in STATUSES:
        if pattern.search(words):
            return status
    return FINISHED if ended else OPEN


def ground(text: str) -> str:
    """`ст. 46 ч. 1 п. 4` -> `46.1.4`; empty when no article is named."""
    found = _GROUND.search(fold(text))
    return ".".join(part for part in found.groups() if part) if found else ""
