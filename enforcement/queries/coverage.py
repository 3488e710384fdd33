"""Which court and which bailiff department an address belongs to on a day: for one flat, and for any number of houses."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from casedesk.access.models import Organisation
from debtors.models import CaseFile, House, Premises
from debtors.rules.address import parse
from enforcement.models import Court, Coverage, DepartmentCard
from enforcement.rules.coverage import Answer, Area, Place, Stretch, whose

DEPARTMENT = "department"
"""Asked as a kind beside the kinds of courts."""
_AREA = ("id", "house_id", "locality", "street", "number_key", "parity", "first", "last")


@dataclass
class CoverageMap:
    """The areas of one kind in force on a day, by street and by house. Built with one query."""

    by_street: dict[str, list[Area]] = field(default_factory=lambda: defaultdict(list))
    by_house: dict[int, list[Area]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, kind: str, on: dt.date) -> "CoverageMap":
        """`kind`: a `Court.Kind` or `DEPARTMENT`."""
        if kind == DEPARTMENT:
            found = cls()
            for row in Coverage.objects.on(on).filter(department__isnull=False).values_list("department_id", *_AREA):
                found.add(*row)
            return found
        return cls.of_courts([kind], on)[kind]

    @classmethod
    def of_courts(cls, kinds: Iterable[str], on: dt.date) -> dict[str, "CoverageMap"]:
        """Kind of court -> its areas, courts closed by the day left out. One query for all kinds."""
        found = {str(kind): cls() for kind in kinds}
        live = Coverage.objects.on(on).filter(court__kind__in=list(found)).exclude(court__closed_on__lte=on)
        for kind, *row in live.values_list("court__kind", "court_id", *_AREA):
            found[kind].add(*row)
        return found

    def add(self, authority, pk, house, locality, street, number, parity, first, last) -> None:
        """Keep one row of coverage."""
        area = Area(pk, authority, house, locality, street, Stretch(number, parity, first, last))
        if house is not None:
            self.by_house[house].append(area)
        else:
            self.by_street[street].append(area)

    def whose(self, place: Place) -> Answer:
        """Whose the place is."""
        return whose(place, [*self.by_house.get(place.house, ()), *self.by_street.get(place.street, ())])


def place_of(house: House) -> Place:
    """A house as coverage looks it up."""
    return _place(house.pk, house.address_key)


def _place(pk: int | None, key: str) -> Place:
    locality, _, short = key.partition("|")
    street, _, number = short.partition("|")
    return Place(pk, locality, street, number)


def place_named(text: str) -> Place | None:
    """A typed address as coverage looks it up; None when it names no house."""
    address = parse(text)
    return _place(None, address.house_key) if address.is_house else None


def court_for(premises: Premises | House, on: dt.date, kind: str = Court.Kind.MAGISTRATE) -> Court | None:
    """The court of this kind for an address on the day; None when nobody covers it, or two do."""
    answer = CoverageMap.of(kind, on).whose(place_of(_house(premises)))
    return Court.objects.filter(pk=answer.authority).first() if answer.authority else None


def department_for(premises: Premises | House, on: dt.date) -> Organisation | None:
    """The bailiff department for an address on the day; None when nobody covers it, or two do."""
    answer = CoverageMap.of(DEPARTMENT, on).whose(place_of(_house(premises)))
    card = DepartmentCard.objects.select_related("organisation").filter(pk=answer.authority or 0).first()
    return card.organisation if card else None


def _house(thing: Premises | House) -> House:
    return thing if isinstance(thing, House) else thing.house


def authorities_of_cases(case_ids: Iterable[int], on: dt.date, kind: str) -> dict[int, Answer]:
    """Case id -> whose the address of its main account is. Two queries."""
    areas = CoverageMap.of(kind, on)
    return {case: areas.whose(place) for case, place in places_of_cases(case_ids).items()}


def places_of_cases(case_ids: Iterable[int]) -> dict[int, Place]:
    """Case id -> the house of its main account; cases whose account names no house are left out. One query."""
    names = ("id", "account__premises__house_id", "account__premises__house__address_key", "account__address_text")
    rows = CaseFile.objects.filter(pk__in=list(case_ids)).order_by().values_list(*names)
    found = {case: _place(house, key) if house else place_named(text or "") for case, house, key, text in rows}
    return {case: place for case, place in found.items() if place}


@dataclass(frozen=True)
class CourtsByAddress:
    """Whose the cases' addresses are among courts of each kind, on one day."""

    on: dt.date
    places: dict[int, Place] = field(default_factory=dict)
    answers: dict[str, dict[int, Answer]] = field(default_factory=dict)
    courts: dict[int, Court] = field(default_factory=dict)

    def answer(self, case_id: int, kind: str) -> Answer:
        """Whose the case is; an empty answer when nobody covers it."""
        return self.answers.get(kind, {}).get(case_id, Answer())

    def court(self, case_id: int, kind: str) -> Court | None:
        """The court of this kind; None when nobody covers the address, or two do."""
        return self.courts.get(self.answer(case_id, kind).authority or 0)


def courts_by_address(case_ids: Iterable[int], on: dt.date) -> CourtsByAddress:
    """The courts of every kind for these cases. Three queries however many cases and kinds."""
    maps = CoverageMap.of_courts(Court.Kind.values, on)
    places = places_of_cases(case_ids)
    answers = {kind: {case: areas.whose(place) for case, place in places.items()} for kind, areas in maps.items()}
    named = {pk for found in answers.values() for one in found.values() for pk in (one.authority, *one.conflict) if pk}
    return CourtsByAddress(on, places, answers, Court.objects.in_bulk(named))


def courts_for_cases(case_ids: Iterable[int], on: dt.date, kind: str = Court.Kind.MAGISTRATE) -> dict[int, Court]:
    """Case id -> its court, cases without a clear answer left out. Three queries."""
    answers = authorities_of_cases(case_ids, on, kind)
    courts = Court.objects.in_bulk({answer.authority for answer in answers.values() if answer.authority})
    return {case: courts[answer.authority] for case, answer in answers.items() if answer.authority}


def departments_for_cases(case_ids: Iterable[int], on: dt.date) -> dict[int, Organisation]:
    """Case id -> its bailiff department, cases without a clear answer left out. Three queries."""
    answers = authorities_of_cases(case_ids, on, DEPARTMENT)
    ids = {answer.authority for answer in answers.values() if answer.authority}
    cards = {card.pk: card.organisation for card in DepartmentCard.objects.filter(pk__in=ids).select_related("organisation")}
    return {case: cards[answer.authority] for case, answer in answers.items() if answer.authority}
