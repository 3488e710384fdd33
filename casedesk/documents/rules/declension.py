"""Names of people in the six cases, the gender from the patronymic. Somebody's own correction goes before the rules."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pytrovich.detector import PetrovichGenderDetector
from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

CASES = {
    "genitive": ("родительный", "кого? (нет, взыскать с)"),
    "dative": ("дательный", "кому? (вручить)"),
    "accusative": ("винительный", "кого? (вызвать, ограничить)"),
    "instrumental": ("творительный", "кем? (подписано)"),
    "prepositional": ("предложный", "о ком? (в отношении)"),
}
"""Case -> its name, which is also the filter in a template, and the question it answers."""

_MAKER = PetrovichDeclinationMaker()
_DETECTOR = PetrovichGenderDetector()
_PARTS = (NamePart.LASTNAME, NamePart.FIRSTNAME, NamePart.MIDDLENAME)
_FIRMS = {"ооо", "ао", "оао", "зао", "пао", "нао", "муп", "мку", "гуп", "фгуп", "тсж", "тсн", "жск", "снт", "ук"}
_TURKIC = {"оглы": Gender.MALE, "кызы": Gender.FEMALE}


def in_case(who: Mapping[str, Any], case: str) -> str:
    """A `person` value in a case: the stored form, else by the rules; what cannot be declined stays as it is."""
    stored = who.get("forms", {}).get(case)
    if stored:
        return stored
    return declined(who["name"], case) if who.get("declines", True) else who["name"]


@lru_cache(maxsize=20_000)
def declined(name: str, case: str) -> str:
    """`Петров Иван Ильич` -> `Петрову Ивану Ильичу`: surname, first name, patronymic, in this order.

    Initials and names of other lengths stay as they are, so a line with two people or a firm is never bent.
    """
    if name.isupper():
        return declined(name.title(), case).upper()
    parts = name.split()
    turkic = parts[3].lower() if len(parts) == 4 else ""
    if parts and parts[0].lower() in _FIRMS:
        return name
    if len(parts) not in (2, 3) and turkic not in _TURKIC or any("." in part or not _is_a_word(part) for part in parts):
        return name
    gender = _TURKIC.get(turkic) or _gender(parts[:3])
    if gender is None:
        return name
    bent = [_MAKER.make(kind, gender, Case[case.upper()], part) for kind, part in zip(_PARTS, parts[:3], strict=False)]
    if turkic:
        bent[2:] = parts[2:]
    return " ".join(bent)


def _gender(parts: list[str]) -> Gender | None:
    if len(parts) == 3:
        ending = parts[2].lower()
        if ending.endswith("ич"):
            return Gender.MALE
        if ending.endswith("на"):
            return Gender.FEMALE
    names = dict(zip(("lastname", "firstname", "middlename"), parts, strict=False))
    found = _DETECTOR.detect(**names)
    return found if found in (Gender.MALE, Gender.FEMALE) else None


def _is_a_word(part: str) -> bool:
    return part.replace("-", "").replace("’", "").replace("'", "").isalpha()
