"""Change whose addresses are: rows are added and ended on a day, and the houses that moved are put down."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from casedesk.common.text import fold
from debtors.models import House
from debtors.rules.address import parse
from enforcement.models import Court, Coverage, CoverageChange, DepartmentCard
from enforcement.queries.coverage import DEPARTMENT, CoverageMap, place_of
from enforcement.rules.coverage import NotHouses, Stretch, read_houses

Authority = Court | DepartmentCard
BATCH = 1_000


class NotAnAddress(Refusal):
    """The street or the houses cannot be read."""

    code = "not_an_address"


class CoverageClash(Refusal):
    """The same stretch is another authority's on the day."""

    code = "coverage_clash"


@dataclass(frozen=True)
class Stretched:
    """A street with its houses, ready to be written."""

    locality: str
    street: str
    stretch: Stretch


def read_place(street: str, houses: str, locality: str = "") -> list[Stretched]:
    """A printed street and its houses. Raises NotAnAddress in words."""
    address = parse(f"{street}, д. 1")
    if not address.street:
        raise NotAnAddress(f"Улица «{street}» не понята: напишите, например, «ул. Ленина» или «пер. Школьный».")
    try:
        stretches = read_houses(houses)
    except NotHouses as wrong:
        raise NotAnAddress(f"Дома на улице «{street}»: {wrong}. Пишите, например: «1-15 нечётные; 2, 4; 5 корп. 2».") from wrong
    town = fold(locality).removeprefix("г ").removeprefix("г. ").strip() or address.locality
    return [Stretched(town, address.street, stretch) for stretch in stretches]


@transaction.atomic
def add_coverage(
    *, authority: Authority, street: str, houses: str, locality: str, valid_from: dt.date, source: str, by: User | None
) -> CoverageChange | None:
    """Give a stretch of a street to an authority from a day; the same stretch of others of its kind ends on that day.

    Returns the change when houses moved, None when nobody lives there yet. Raises NotAnAddress.
    """
    places = read_place(street, houses, locality)

    def write() -> None:
        for one in places:
            if not _of(_same(authority, one), authority).filter(valid_to__isnull=True).exists():
                begin(authority, one, valid_from=valid_from, source=source, by=by)

    return with_change(kind_of(authority), write, on=valid_from, source=source, by=by)


@transaction.atomic
def end_coverage(*, row: Coverage, valid_to: dt.date, source: str, by: User | None) -> CoverageChange | None:
    """End a row on a day; return the change when houses moved."""
    if row.valid_from and valid_to <= row.valid_from:
        raise CoverageClash(
            f"«{row}» действует с {row.valid_from:%d.%m.%Y}: закончить можно только позже. Укажите день после этого."
        )

    def write() -> None:
        row.valid_to = valid_to
        row.save(update_fields=["valid_to"])

    return with_change(kind_of(row.court or row.department), write, on=valid_to, source=source, by=by)


def kind_of(authority: Authority) -> str:
    """A `Court.Kind`, or `department`."""
    return authority.kind if isinstance(authority, Court) else DEPARTMENT


def with_change(kind: str, write: Callable[[], None], *, on: dt.date, source: str, by: User | None) -> CoverageChange | None:
    """Do `write` and put down which houses it moved on the day. Two readings of the coverage, one of the houses."""
    houses = [place_of(house) for house in House.objects.only("pk", "address_key").iterator(5_000)]
    before = CoverageMap.of(kind, on)
    was = {place.house: before.whose(place).authority for place in houses}
    write()
    after = CoverageMap.of(kind, on)
    now = {place.house: after.whose(place).authority for place in houses}
    moved = [[house, was[house], now[house]] for house in was if was[house] != now[house]]
    if not moved:
        return None
    return CoverageChange.objects.create(of=kind, valid_from=on, source=source[:300], houses=moved, recorded_by=by)


def _same(authority: Authority, one: Stretched):
    """Rows of exactly this stretch, of any authority of the kind."""
    stretch = one.stretch
    rows = Coverage.objects.filter(
        locality=one.locality,
        street=one.street,
        number_key=stretch.number_key,
        parity=stretch.parity,
        first=stretch.first,
        last=stretch.last,
    )
    if isinstance(authority, Court):
        return rows.filter(court__kind=authority.kind)
    return rows.filter(department__isnull=False)


def _of(rows, authority: Authority):
    return rows.filter(court=authority) if isinstance(authority, Court) else rows.filter(department=authority)


def end_rows(rows: Iterable[Coverage], on: dt.date, *, by: User | None = None) -> None:
    """End rows on the day, in two batches; those that would begin later are withdrawn."""
    listed = list(rows)
    later = [row.pk for row in listed if row.valid_from and row.valid_from >= on]
    ended = [row for row in listed if row.pk not in later]
    for row in ended:
        row.valid_to = on
    if ended:
        bulk_update_with_history(ended, Coverage, ["valid_to"], batch_size=BATCH, default_user=by)
    if later:
        Coverage.objects.filter(pk__in=later).delete()


def begin(authority: Authority, one: Stretched, *, valid_from: dt.date, source: str, by: User | None) -> Coverage:
    """Give the stretch to the authority; the same stretch of others of its kind ends on the day."""
    end_rows(_same(authority, one).filter(valid_to__isnull=True), valid_from, by=by)
    stretch = one.stretch
    return Coverage.objects.create(
        court=authority if isinstance(authority, Court) else None,
        department=authority if isinstance(authority, DepartmentCard) else None,
        locality=one.locality[:100],
        street=one.street[:150],
        number_key=stretch.number_key[:40],
        parity=stretch.parity,
        first=stretch.first,
        last=stretch.last,
        valid_from=valid_from,
        source=source[:300],
        recorded_by=by,
    )
