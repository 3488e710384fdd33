"""Load a list of courts or departments with their addresses: each authority that it names gets exactly what the list says."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from casedesk.common.text import fold
from enforcement.actions.change_coverage import Authority, Stretched, begin, end_rows, kind_of, read_place, with_change
from enforcement.actions.departments import KIND, department_named
from enforcement.models import Court, Coverage, CoverageChange, DepartmentCard
from enforcement.rules.coverage import Stretch

COURT_KINDS = (
    (Court.Kind.ARBITRAZH, ("арбитраж",)),
    (Court.Kind.DISTRICT, ("районн", "городской суд")),
    (Court.Kind.MAGISTRATE, ("миров", "участок")),
)


class BadListRow(Refusal):
    """A row of a list that cannot be taken; the message says why."""

    code = "bad_list_row"


@dataclass(frozen=True)
class ListedAddress:
    """One row of a list as printed: an authority and a stretch of a street. `row` is its place in the file."""

    row: int
    code: str
    name: str
    kind: str
    street: str
    houses: str
    locality: str = ""
    address: str = ""


@dataclass
class Loaded:
    """What a list changed: authorities that are new, rows begun, ended, left as they were; rows refused, and why."""

    rows: int = 0
    created: list[str] = field(default_factory=list)
    begun: int = 0
    ended: int = 0
    same: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    changes: list[CoverageChange] = field(default_factory=list)

    @property
    def houses(self) -> int:
        return sum(len(change.houses) for change in self.changes)


@transaction.atomic
def load_coverage(
    *, rows: list[ListedAddress], valid_from: dt.date, source: str, by: User | None, dry_run: bool = False
) -> Loaded:
    """Bring the authorities that the rows name to the list from the day on. Repeating it changes nothing.

    What such an authority covers and the list leaves out ends on the day; authorities that the list does not name keep theirs.
    A bad row is left out with its reason, and then nothing of its authority is ended.
    """
    loaded = Loaded(rows=len(rows))
    wanted, broken = _wanted(rows, loaded)
    for kind in sorted({kind_of(authority) for authority in wanted}):
        of_kind = {one: stretches for one, stretches in wanted.items() if kind_of(one) == kind}

        def write(of_kind=of_kind) -> None:
            for authority, stretches in of_kind.items():
                _bring(authority, stretches, valid_from, source, by, loaded, keep=authority in broken)

        change = with_change(kind, write, on=valid_from, source=source, by=by)
        if change:
            loaded.changes.append(change)
    if dry_run:
        transaction.set_rollback(True)
    return loaded


def _wanted(rows: list[ListedAddress], loaded: Loaded) -> tuple[dict[Authority, set[Stretched]], set[Authority]]:
    """What the list gives to each authority, and the authorities with a row that could not be read."""
    wanted: dict[Authority, set[Stretched]] = defaultdict(set)
    broken: set[Authority] = set()
    for row in rows:
        authority = None
        try:
            authority = _authority(row, loaded)
            wanted[authority].update(read_place(row.street, row.houses, row.locality))
        except Refusal as refusal:
            loaded.rejected.append((row.row, refusal.message))
            if authority is not None:
                broken.add(authority)
    return wanted, broken


def _bring(
    authority: Authority,
    stretches: set[Stretched],
    on: dt.date,
    source: str,
    by: User | None,
    loaded: Loaded,
    *,
    keep: bool,
) -> None:
    """End what is not listed any more, begin what is new."""
    there = {_stretched(row): row for row in authority.coverage.filter(valid_to__isnull=True, house__isnull=True)}
    loaded.same += len(stretches & set(there))
    gone = [] if keep else [row for one, row in there.items() if one not in stretches]
    end_rows(gone, on)
    fresh = sorted(stretches - set(there), key=str)
    for one in fresh:
        begin(authority, one, valid_from=on, source=source, by=by)
    loaded.ended += len(gone)
    loaded.begun += len(fresh)


def _stretched(row: Coverage) -> Stretched:
    return Stretched(row.locality, row.street, Stretch(row.number_key, row.parity, row.first, row.last))


def _authority(row: ListedAddress, loaded: Loaded) -> Authority:
    """The court or department that a row names, made when it is new. Raises BadListRow."""
    if not row.code or not row.name:
        raise BadListRow(f"Строка {row.row}: нет кода или наименования. Без них непонятно, чей это адрес.")
    words = fold(f"{row.kind} {row.name}")
    if "пристав" in words or " осп" in f" {words}":
        return _department(row, loaded)
    kind = next((kind for kind, marks in COURT_KINDS if any(mark in words for mark in marks)), None)
    if kind is None:
        raise BadListRow(f"Строка {row.row}: «{row.kind or row.name}» — не вид суда и не отдел приставов.")
    court, is_new = Court.objects.get_or_create(
        code=row.code[:20], defaults={"kind": kind, "name": row.name[:300], "address": row.address[:400]}
    )
    if is_new:
        loaded.created.append(court.name)
    return court


def _department(row: ListedAddress, loaded: Loaded) -> DepartmentCard:
    if len(row.code) != 5 or not row.code.isdigit():
        raise BadListRow(f"Строка {row.row}: код отдела «{row.code}»: нужно 5 цифр, как в номерах производств (51034).")
    card = DepartmentCard.objects.filter(number=row.code).first()
    if card is not None:
        return card
    organisation = department_named(row.code, row.name)
    if organisation is None or hasattr(organisation, "department_card"):
        organisation = Organisation.objects.create(kind=KIND, code=row.code, name=row.name[:300])
    loaded.created.append(organisation.name)
    return DepartmentCard.objects.create(organisation=organisation, number=row.code, address=row.address[:400])
