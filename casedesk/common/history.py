"""What people changed in a record: the differences between the versions that django-simple-history keeps, in words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db import models

EMPTY = "пусто"
NAMES = {"+": "Запись создана", "~": "Запись изменена", "-": "Запись удалена"}


@dataclass(frozen=True)
class Difference:
    """One field before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass
class Change:
    """One version: when, by whom, what it did and what differs from the version before."""

    at: dt.datetime
    by: str
    what: str
    about: str = ""
    differences: list[Difference] = field(default_factory=list)


def changes(records: Iterable[Any], labels: Mapping[str, str], about: str = "") -> list[Change]:
    """The versions of one record, newest first. `records`: its history in any order; `labels`: field -> name on the screen.

    Fields without a label are left out, and versions that changed nothing with a label. Foreign keys are shown by their
    name: one query per related model, however many versions there are.
    """
    versions = sorted(records, key=lambda record: (record.history_date, record.history_id), reverse=True)
    if not versions:
        return []
    names = _related_names(versions, labels)
    found = [_change(new, _differences(old, new, labels, names), about) for new, old in pairwise(versions)]
    return [change for change in found if change.differences] + [_change(versions[-1], [], about)]


def _change(record: Any, differences: list[Difference], about: str) -> Change:
    by = record.history_user
    return Change(record.history_date, by.short_name if by else "", NAMES[record.history_type], about, differences)


def _differences(old: Any, new: Any, labels: Mapping[str, str], names: Mapping[tuple, str]) -> list[Difference]:
    pairs = ((label, _said(old, name, names), _said(new, name, names)) for name, label in labels.items())
    return [Difference(label, before, after) for label, before, after in pairs if before != after]


def _said(record: Any, name: str, names: Mapping[tuple, str]) -> str:
    column = record._meta.get_field(name)
    value = getattr(record, column.attname)
    if value is None or value == "":
        return EMPTY
    if isinstance(column, models.ForeignKey):
        return names.get((name, value), f"№ {value}")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "да" if value else "нет"
    return value.strftime("%d.%m.%Y") if isinstance(value, dt.date) else str(value)


def _related_names(versions: Sequence[Any], labels: Mapping[str, str]) -> dict[tuple, str]:
    """(field, key) -> name of every related row that any version points at."""
    names = {}
    for name in labels:
        column = versions[0]._meta.get_field(name)
        if isinstance(column, models.ForeignKey):
            keys = {getattr(version, column.attname) for version in versions} - {None}
            if len(keys) > 1:
                found = column.related_model._base_manager.in_bulk(keys)
                names.update({(name, key): str(thing) for key, thing in found.items()})
    return names
