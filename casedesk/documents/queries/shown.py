"""A document's data as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from casedesk.documents import kinds
from casedesk.documents.models import Document
from casedesk.documents.rules.fields import Field
from casedesk.documents.rules.merge import values

NUMERIC = ("money", "number")


@dataclass
class ShownTable:
    """A table of the data: heads, rows of cells, each with whether it is a number."""

    title: str
    heads: list[tuple[str, bool]] = field(default_factory=list)
    rows: list[list[tuple[str, bool]]] = field(default_factory=list)


@dataclass
class Shown:
    """Single fields as (name, value), and tables. Of an unknown kind nothing but the keys is known."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    tables: list[ShownTable] = field(default_factory=list)


def shown_data(document: Document) -> Shown:
    """The kept data in words, in the order in which the kind declares its fields."""
    try:
        fields = kinds.find(document.kind).all_fields
    except kinds.UnknownKind:
        return Shown([(name, str(value)) for name, value in document.data.items()])
    found = Shown()
    worded = values(fields, document.data)
    for one in fields:
        if one.kind == "table":
            found.tables.append(_table(one, worded[one.word]))
        elif one.kind != "qr" and worded[one.word] not in ("", None):
            found.facts.append((one.about, _said(worded[one.word])))
    return found


def _said(value: Any) -> str:
    return {True: "да", False: "нет"}[value] if isinstance(value, bool) else str(value)


def _table(one: Field, rows: Sequence[dict[str, Any]]) -> ShownTable:
    kinds_ = [(column.word, column.kind in NUMERIC) for column in one.columns]
    heads = [(column.word.replace("_", " ").capitalize(), column.kind in NUMERIC) for column in one.columns]
    return ShownTable(one.about, heads, [[(_said(row[word]), is_number) for word, is_number in kinds_] for row in rows])
