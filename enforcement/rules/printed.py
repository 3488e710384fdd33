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
_ARTICLE = re.compile(r"\bст(?:\.|ат[а-я]+)?\s*(\d+)")
_PART = re.compile(r"\bч(?:\.|аст[а-я]+)?\s*(\d+)")
_POINT = re.compile(r"\bп(?:\.|ункт[а-я]*)?\s*(\d+)")
_BARE_GROUND = re.compile(r"^(4[0-9])\s*[-.,/ ]\s*(\d)(?:\s*[-.,/ ]\s*(\d{1,2}))?$")
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
    """The article of an end in the short form, `46.1.4`; empty when no article is named.

    Registers write it as `ст. 46 ч. 1 п. 4`, backwards as `п.4 ч.1 ст.46`, in words, and bare as `46-1-4` or `46, 1, 4`.
    """
    words = fold(text)
    if bare := _BARE_GROUND.match(words):
        return ".".join(part for part in bare.groups() if part)
    article = _ARTICLE.search(words)
    if not article:
        return ""
    parts = [article[1]]
    for pattern in (_PART, _POINT):
        found = pattern.search(words)
        if not found:
            break
        parts.append(found[1])
    return ".".join(parts)
