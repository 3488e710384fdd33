"""Numbers of proceedings as cells and documents print them: `NNNNN/ГГ/OOOOO-ИП`, with the consolidated one beside it."""

import re
from dataclasses import dataclass, field

from casedesk.common.text import clean

_NUMBER = re.compile(r"(?<![\d/])(\d{1,7}) ?/ ?(\d{2}) ?/ ?(\d{5})(?!\d)(?: ?[-–—/] ?(ИП|СД|СВ)(?![а-яё]))?", re.IGNORECASE)
_OLD = re.compile(r"(?<![\d/])(\d{1,7})/(\d{2})/(\d{2})/(\d{2})(?![\d/])")
_BROKEN = re.compile(r"\d[ \t]*[\r\n]+[ \t]*\d+ ?/")
"""A line break inside digits: the first line may be the beginning of the number. Two whole numbers on two lines end in
letters, or the upper one has its three parts."""
_WHOLE_LINE = re.compile(r"/ ?\d{5}(?: ?[-–—/] ?(?:ИП|СД|СВ))?[ \t]*$", re.IGNORECASE)


@dataclass
class Numbers:
    """What stands in one cell. `doubt` says why a number could not be read for sure."""

    own: list[str] = field(default_factory=list)
    consolidated: list[str] = field(default_factory=list)
    doubt: str = ""

    @property
    def first(self) -> str:
        return self.own[0] if self.own else ""


def read_numbers(text: str) -> Numbers:
    """The individual and the consolidated (`-СД`, `-СВ`) numbers of a cell, in their normal form.

    A number without a tail is an individual one. A consolidated number is another proceeding: nothing is booked by it alone.
    """
    numbers = Numbers(doubt=_doubt(text))
    if numbers.doubt:
        return numbers
    plain = clean(text)
    for found in _OLD.finditer(plain):
        numbers.own.append("/".join(found.groups()))
    for found in _NUMBER.finditer(_OLD.sub(" ", plain)):
        serial, year, department, tail = found.groups()
        form = f"{int(serial)}/{year}/{department}-{(tail or 'ИП').upper()}"
        into = numbers.own if form.endswith("ИП") else numbers.consolidated
        if form not in into:
            into.append(form)
    if plain and any(map(str.isdigit, plain)) and not (numbers.own or numbers.consolidated):
        numbers.doubt = "не номер производства вида 12345/24/51034-ИП"
    return numbers


def _doubt(text: str) -> str:
    for found in _BROKEN.finditer(text):
        upper = text[: found.start() + 1].splitlines()[-1]
        if not _WHOLE_LINE.search(upper):
            return "цифры номера стоят на двух строках"
    return ""


def department_of(number: str) -> str:
    """`36570/21/51034-ИП` -> `51034`: region and department. Empty for the old four-part form."""
    found = _NUMBER.search(number)
    return found[3] if found else ""
