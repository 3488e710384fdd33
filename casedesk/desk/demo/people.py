"""The people of the demo: one per role, with a password that is printed."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from casedesk.access.models import Organisation, Territory, User
from casedesk.access.rights import Role
from casedesk.town.writs import DEPARTMENT, DEPARTMENT_CODE

PASSWORD = "casedesk-demo"
SINCE = dt.date(2023, 1, 1)

TOWN_HALL, BAILIFFS, CENTRE = "gorod", f"osp-{DEPARTMENT_CODE}", "erc"


@dataclass(frozen=True)
class Person:
    """Somebody who signs in to the demo. `at` is the code of their organisation."""

    username: str
    names: tuple[str, str, str]
    role: str
    at: str
    sees: str


PEOPLE = (
    Person("lawyer", ("Орлова", "Татьяна", "Викторовна"), Role.LEGAL_OFFICER, "teplo", "дела, счета, план своего взыскателя"),
    Person("lawyer2", ("Егоров", "Павел", "Андреевич"), Role.LEGAL_OFFICER, "resurs", "то же у другого взыскателя"),
    Person("clerk", ("Сафина", "Алия", "Ринатовна"), Role.REGISTER_CLERK, CENTRE, "загрузки всех трёх взыскателей"),
    Person("supervisor", ("Белов", "Игорь", "Петрович"), Role.PLAN_SUPERVISOR, TOWN_HALL, "план и показатели города"),
    Person("secretary", ("Маркова", "Нина", "Олеговна"), Role.COMMISSION_SECRETARY, TOWN_HALL, "комиссия"),
    Person("chair", ("Дёмин", "Сергей", "Николаевич"), Role.COMMISSION_MEMBER, TOWN_HALL, "комиссия, подписывает протокол"),
    Person("member", ("Громов", "Олег", "Иванович"), Role.COMMISSION_MEMBER, TOWN_HALL, "комиссия"),
    Person("bailiff", ("Тихонов", "Денис", "Юрьевич"), Role.BAILIFF_LIAISON, BAILIFFS, "исполнительные документы отдела"),
    Person("auditor", ("Зимина", "Ольга", "Львовна"), Role.AUDITOR, "teplo", "всё у взыскателя, без изменений"),
    Person("admin", ("Кузнецова", "Мария", "Павловна"), Role.ADMINISTRATOR, TOWN_HALL, "всё, люди и роли"),
)


@transaction.atomic
def make_people(territory: Territory) -> None:
    """Create the organisations around the creditors, and everybody of PEOPLE; what is there stays."""
    _organisation(TOWN_HALL, Organisation.Kind.MUNICIPALITY, f"Администрация г. {territory}", territory)
    _organisation(BAILIFFS, Organisation.Kind.BAILIFF_DEPARTMENT, DEPARTMENT, territory)
    centre = _organisation(CENTRE, Organisation.Kind.BILLING_CENTRE, "Единый расчётный центр", territory)
    centre.serves.set(Organisation.objects.filter(kind=Organisation.Kind.CREDITOR))
    known = set(User.objects.values_list("username", flat=True))
    secret = make_password(PASSWORD)  # one slow hash for all of them
    for person in PEOPLE:
        if person.username not in known:
            _person(person, secret)


def _organisation(code: str, kind: str, name: str, territory: Territory) -> Organisation:
    fields = {"kind": kind, "name": name, "territory": territory}
    return Organisation.objects.get_or_create(code=code, defaults=fields)[0]


def _person(person: Person, secret: str) -> None:
    last, first, patronymic = person.names
    user = User.objects.create(
        username=person.username, last_name=last, first_name=first, patronymic=patronymic, password=secret
    )
    user.memberships.create(organisation=Organisation.objects.get(code=person.at), role=person.role, valid_from=SINCE)


def table() -> str:
    """Who may sign in, as lines for the terminal."""
    rows = [(person.username, Role(person.role).label, person.sees) for person in PEOPLE]
    wide = [max(len(row[column]) for row in rows) for column in range(2)]
    return "\n".join(f"  {name:<{wide[0]}}  {role:<{wide[1]}}  {sees}" for name, role, sees in rows)
