"""Whose a house is: stretches of streets against house numbers, the narrower stretch winning over the broader.

Lists of courts print houses as «1-15 (нечётные)», «2, 4, 6», «все», «с 1 по 15», «12 корп. 2», «нечётные».
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.common.text import fold

ALL, ODD, EVEN = "all", "odd", "even"
_SPLIT = re.compile(r"[;,]|\s+и\s+(?!далее)")
_RANGE = re.compile(r"(?:с\s*)?(\d+)\s*[-–—]\s*(\d+)$|с\s+(\d+)\s+по\s+(\d+)$")
_FROM = re.compile(r"(?:с|от)\s+(\d+)(?:\s+и\s+далее|\s+до\s+конца)?$")
_NUMBER = re.compile(r"(?:д(?:ом)?\.?\s*)?(\d+)\s*([а-я]?)(?:\s*(?:/|корп(?:ус)?\.?|к\.?)\s*(\d+[а-я]?))?$")
_WHOLE = frozenset({"", "все", "все дома", "полностью", "вся"})
_LEADING = re.compile(r"^\d+")


class NotHouses(ValueError):
    """The words do not say which houses."""


@dataclass(frozen=True)
class Stretch:
    """Part of a street: one printed number, or the houses from `first` to `last` of a parity; all empty: the whole street."""

    number_key: str = ""
    parity: str = ALL
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Area:
    """A stretch that belongs to somebody. `house` set: that house alone."""

    key: int
    authority: int
    house: int | None = None
    locality: str = ""
    street: str = ""
    stretch: Stretch = Stretch()


@dataclass(frozen=True)
class Place:
    """A house to be looked up. `number_key`: `3а`, `5к2`."""

    house: int | None
    locality: str
    street: str
    number_key: str


@dataclass(frozen=True)
class Answer:
    """Whose the house is: `authority` and the area that says so. Two claims of equal weight are a conflict and no answer."""

    authority: int | None = None
    area: int | None = None
    conflict: tuple[int, ...] = ()


def read_houses(text: str) -> list[Stretch]:
    """The houses that a list prints for a street. Raises NotHouses naming the part that is not understood."""
    words = fold(text).strip(" .")
    if words in _WHOLE:
        return [Stretch()]
    return [_stretch(part.strip(" .")) for part in _SPLIT.split(words) if part.strip(" .")]


def _stretch(part: str) -> Stretch:
    parity = ODD if re.search(r"\bнеч[а-я.]*", part) else EVEN if re.search(r"\bч[её]т[а-я.]*", part) else ALL
    bare = re.sub(r"\(?\b(?:неч|чет)[а-я.]*\)?|\bдома?\b\.?|\bсторона\b|\bномера\b|[()№]", " ", part)
    bare = " ".join(bare.split())
    if not bare:
        return Stretch(parity=parity)
    if found := _RANGE.match(bare):
        first, last = (int(one) for one in found.groups() if one)
        if last < first:
            raise NotHouses(f"«{part}»: дома идут от меньшего к большему")
        return Stretch("", parity, first, last)
    if found := _FROM.match(bare):
        return Stretch("", parity, int(found[1]), None)
    if found := _NUMBER.match(bare):
        number, letter, building = found.groups()
        return Stretch(f"{int(number)}{letter}" + (f"к{building}" if building else ""))
    raise NotHouses(f"«{part}»: не номер дома и не промежуток вида «1-15 нечётные»")


def weight(area: Area, place: Place) -> int:
    """How narrowly the area covers the place: 4 the house itself, 3 its number, 2 a stretch, 1 the street; 0 not at all."""
    if area.house is not None:
        return 4 if area.house == place.house else 0
    if area.street != place.street or (area.locality and place.locality and area.locality != place.locality):
        return 0
    stretch = area.stretch
    if stretch.number_key:
        return 3 if stretch.number_key == place.number_key else 0
    found = _LEADING.match(place.number_key)
    number = int(found[0]) if found else None
    if stretch == Stretch():
        return 1
    if number is None or not _within(stretch, number):
        return 0
    return 2


def _within(stretch: Stretch, number: int) -> bool:
    if stretch.parity != ALL and (number % 2 == 1) != (stretch.parity == ODD):
        return False
    return (stretch.first is None or number >= stretch.first) and (stretch.last is None or number <= stretch.last)


def whose(place: Place, areas: Iterable[Area]) -> Answer:
    """Whose the place is among areas of one kind of authority."""
    weighed = [(weight(area, place), area) for area in areas]
    heaviest = max((heavy for heavy, _ in weighed), default=0)
    if not heaviest:
        return Answer()
    best = [area for heavy, area in weighed if heavy == heaviest]
    authorities = sorted({area.authority for area in best})
    if len(authorities) > 1:
        return Answer(conflict=tuple(authorities))
    return Answer(authorities[0], best[0].key)
