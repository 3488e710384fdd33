"""Organisations and people."""

import datetime as dt
from itertools import count

from casedesk.access.models import Membership, Organisation, Territory, User

LONG_AGO = dt.date(2020, 1, 1)
PASSWORD = "correct horse battery"
_numbers = count(1)


def territory(code: str = "verhneozersk", name: str = "Верхнеозёрск") -> Territory:
    return Territory.objects.get_or_create(code=code, defaults={"name": name})[0]


def creditor(code: str = "osen", name: str = "", **fields) -> Organisation:
    return _organisation(Organisation.Kind.CREDITOR, code, name or f"АО «{code.title()}»", fields)


def municipality(code: str = "verhneozersk-adm", **fields) -> Organisation:
    fields.setdefault("territory", territory())
    return _organisation(Organisation.Kind.MUNICIPALITY, code, "Администрация", fields)


def department(code: str = "osp-1", **fields) -> Organisation:
    return _organisation(Organisation.Kind.BAILIFF_DEPARTMENT, code, "Отдел судебных приставов", fields)


def billing_centre(code: str = "erc", serves=(), **fields) -> Organisation:
    centre = _organisation(Organisation.Kind.BILLING_CENTRE, code, "Расчётный центр", fields)
    centre.serves.add(*serves)
    return centre


def person(role: str, at: Organisation, *, username: str = "", since: dt.date = LONG_AGO, until: dt.date | None = None) -> User:
    """A person who signs in with PASSWORD, in one role at one organisation."""
    username = username or f"{role}-{next(_numbers)}"
    user = User.objects.create_user(username, password=PASSWORD, last_name="Петрова", first_name="Анна", patronymic="Ивановна")
    Membership.objects.create(user=user, organisation=at, role=role, valid_from=since, valid_to=until)
    return user


def _organisation(kind: str, code: str, name: str, fields: dict) -> Organisation:
    return Organisation.objects.get_or_create(code=code, defaults={"kind": kind, "name": name, **fields})[0]
