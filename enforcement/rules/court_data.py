"""The fields of a court event: read them, refuse what is missing or impossible, say them in words."""

import datetime as dt

from casedesk.common import money
from casedesk.common.refusals import Refusal
from enforcement.rules.court_event_kind import CourtEventKind, Field, FieldKind

GRANTED_NAMES = ("granted_principal", "granted_penalty", "granted_duty")


class CourtEventIncomplete(Refusal):
    """A court event came without something that its kind asks for, or with something it does not know."""

    code = "court_event_incomplete"


def read(kind: CourtEventKind, given: dict) -> dict:
    """The event's data as it is kept: days ISO, sums kopecks, empty optional fields left out.

    Takes days as dates or ISO text, sums as int kopecks. Raises CourtEventIncomplete naming what is missing or unknown.
    """
    fields = {field.name: field for field in kind.fields}
    unknown = sorted(set(given) - set(fields))
    if unknown:
        raise CourtEventIncomplete(f"У события «{kind.title}» нет полей: {', '.join(unknown)}.", event=kind.code)
    missing = [field.label for field in kind.fields if field.required and given.get(field.name) in (None, "")]
    if missing:
        raise CourtEventIncomplete(
            f"Событие «{kind.title}» не записано: нужно указать «{'», «'.join(missing)}» ({kind.law}).", event=kind.code
        )
    return {name: _kept(fields[name], value) for name, value in given.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    """Nothing was said. A sum of nought is something."""
    return value is None or value is False or value == ""


def _kept(field: Field, value: object) -> object:
    if field.kind == FieldKind.DAY:
        return value.isoformat() if isinstance(value, dt.date) else dt.date.fromisoformat(str(value)).isoformat()
    if field.kind == FieldKind.MONEY:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise CourtEventIncomplete(f"«{field.label}»: нужна сумма в копейках, не меньше нуля, а дано {value}.")
        return value
    if field.kind == FieldKind.CHOICE and value not in dict(field.choices):
        raise CourtEventIncomplete(f"«{field.label}»: «{value}» не из списка: {', '.join(dict(field.choices))}.")
    return value if field.kind == FieldKind.FLAG else str(value).strip()


def in_words(kind: CourtEventKind, data: dict) -> str:
    """The sentence of the event. Empty fields leave no traces of punctuation behind."""
    said = {field.name: _said(field, data.get(field.name)) for field in kind.fields}
    said["granted"] = money.spaced(sum(data.get(name, 0) for name in GRANTED_NAMES))
    text = " ".join(kind.sentence.format(**said).split())
    return text.removesuffix(":").removesuffix(" дело").strip() if text != "дело" else ""


def _said(field: Field, value: object) -> str:
    if _is_empty(value):
        return ""
    if field.kind == FieldKind.DAY:
        return f"{dt.date.fromisoformat(str(value)):%d.%m.%Y}"
    if field.kind == FieldKind.MONEY:
        return money.spaced(int(value))
    if field.kind == FieldKind.CHOICE:
        return dict(field.choices)[value]
    if field.kind == FieldKind.FLAG:
        return {"is_default": " (заочно)", "late": "поданы после срока"}.get(field.name, field.label.lower())
    return str(value)


def day_of(data: dict, name: str) -> dt.date | None:
    """A day kept in the data."""
    return dt.date.fromisoformat(data[name]) if data.get(name) else None
