"""What a kind of paper may print: declared fields, each with the word that a lawyer writes in the template.

A field's `name` is the key of the data that a room composes; its `word` is the Russian merge field: `{{ сумма }}`. Data is
JSON, so that a document keeps what it was made from: money in kopecks, days ISO, months as `casedesk.common.months` ints.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casedesk.common.refusals import Refusal

KINDS = {
    "text": "текст",
    "money": "сумма",
    "number": "число",
    "day": "дата",
    "month": "месяц",
    "person": "лицо",
    "flag": "да или нет",
    "qr": "QR-код",
    "table": "таблица",
}
LISTED_AT_MOST = 12


class BadDocumentData(Refusal):
    """The data does not fit the declared fields: which field, what was given, what is allowed."""

    code = "bad_document_data"


@dataclass(frozen=True)
class Field:
    """One merge field. A `table` has `columns`; a field that is not `required` may be left out and prints as nothing."""

    name: str
    word: str
    kind: str
    about: str
    required: bool = True
    columns: tuple["Field", ...] = ()

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"field {self.name}: no kind {self.kind!r}; known: {', '.join(KINDS)}")
        if not self.word.isidentifier():
            raise ValueError(f"field {self.name}: {self.word!r} cannot be a merge field: letters, digits and _ only")
        if bool(self.columns) != (self.kind == "table"):
            raise ValueError(f"field {self.name}: columns belong to a table, and a table needs them")

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]


def person(name: str, *, forms: Mapping[str, str] | None = None, declines: bool = True) -> dict[str, Any]:
    """The value of a `person` field. `declines=False` for organisations and for several people in one line."""
    return {"name": name, "forms": dict(forms or {}), "declines": declines}


def checked(fields: Sequence[Field], data: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    """The data with every declared field, absent ones as None. Raises BadDocumentData naming the field and the remedy."""
    known = {field.name: field for field in fields}
    for name in data:
        if name not in known:
            allowed = ", ".join(list(known)[:LISTED_AT_MOST])
            raise BadDocumentData(f"Поля «{where}{name}» у этого документа нет. Есть: {allowed}.", field=name)
    return {field.name: _value(field, data.get(field.name), where) for field in fields}


def _value(field: Field, value: Any, where: str) -> Any:
    if value is None:
        if field.required:
            raise BadDocumentData(f"Не заполнено поле «{where}{field.name}» ({field.about}).", field=field.name)
        return [] if field.kind == "table" else None
    if field.kind == "table":
        rows = list(value)
        return [checked(field.columns, row, f"{field.name}[{number}].") for number, row in enumerate(rows, 1)]
    return _SHAPES[field.kind](field, value, where)


def _bad(field: Field, value: Any, where: str, need: str) -> BadDocumentData:
    return BadDocumentData(f"Поле «{where}{field.name}» ({field.about}): «{value}» не подходит, {need}.", field=field.name)


def _text(field: Field, value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _bad(field, value, where, "нужен текст")
    return "".join(sign for sign in value if sign in "\n\t" or ord(sign) >= 32)


def _whole(field: Field, value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        need = "нужно целое число копеек" if field.kind == "money" else "нужно целое число"
        raise _bad(field, value, where, need)
    return value


def _day(field: Field, value: Any, where: str) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise _bad(field, value, where, "нужна дата ГГГГ-ММ-ДД") from None


def _person(field: Field, value: Any, where: str) -> dict[str, Any]:
    if isinstance(value, str):
        value = person(value)
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        raise _bad(field, value, where, "нужно имя")
    return person(_text(field, value["name"], where), forms=value.get("forms"), declines=bool(value.get("declines", True)))


def _flag(field: Field, value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise _bad(field, value, where, "нужно да или нет")
    return value


_SHAPES = {
    "text": _text,
    "qr": _text,
    "money": _whole,
    "number": _whole,
    "month": _whole,
    "day": _day,
    "person": _person,
    "flag": _flag,
}
