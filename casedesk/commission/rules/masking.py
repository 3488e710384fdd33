"""What of a person's data members read: the rule is data of the commission, the hiding is here."""

import re
from dataclasses import dataclass

from casedesk.commission.rules.words import Shown

FLAT = re.compile(r",?\s*(?:кв|комн|ком|пом|оф)\.?\s*[\w/-]+\s*$", re.IGNORECASE)
FIRM = re.compile(r"[«\"]|^(?:ООО|АО|ОАО|ЗАО|ПАО|МУП|МКУ|ГУП|ТСЖ|ТСН|ЖСК|УК)\b")
HIDDEN = "скрыто регламентом"


@dataclass(frozen=True)
class Mask:
    """How much is shown of each. `FULL` everywhere hides nothing."""

    name: str = Shown.FULL
    address: str = Shown.FULL
    account: str = Shown.FULL

    @property
    def hides(self) -> bool:
        return {self.name, self.address, self.account} != {str(Shown.FULL)}


OPEN = Mask()
_ORDER = list(Shown)


def stricter(one: Mask, other: Mask) -> Mask:
    """What both hide."""
    pairs = ((one.name, other.name), (one.address, other.address), (one.account, other.account))
    return Mask(*(max(pair, key=_ORDER.index) for pair in pairs))


def masked_name(names: str, shown: str) -> str:
    """`Иванов Иван Иванович, Иванова Анна` -> `Иванов И. И., Иванова А.`; organisations are not hidden."""
    if shown == Shown.FULL or not names:
        return names
    people = [one.strip() for one in names.split(",") if one.strip()]
    return ", ".join(_one(person, shown) for person in people)


def _one(name: str, shown: str) -> str:
    if FIRM.search(name):
        return name
    if shown == Shown.HIDDEN:
        return HIDDEN
    surname, *rest = name.split()
    return " ".join([surname, *(f"{part[0].upper()}." for part in rest)])


def masked_address(address: str, shown: str) -> str:
    """`ул. Мира, д. 1, кв. 5` -> `ул. Мира, д. 1`."""
    if shown == Shown.FULL or not address:
        return address
    return HIDDEN if shown == Shown.HIDDEN else FLAT.sub("", address)


def masked_account(number: str, shown: str) -> str:
    """`700000123` -> `…0123`; several numbers each."""
    if shown == Shown.FULL or not number:
        return number
    if shown == Shown.HIDDEN:
        return HIDDEN
    return ", ".join(f"…{one.strip()[-4:]}" for one in number.split(","))
