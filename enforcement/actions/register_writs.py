"""Take writs and proceedings from a register into the books, tied to its booking: undoing the booking takes them back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from casedesk.access.models import Organisation
from debtors.models import Booking, Liability
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.models import EnforcementProceeding, Presentation, Writ, WritFact

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class WritRow:
    """One writ of a register, perhaps with its proceeding. Sums in kopecks; `kind`, `status`, `ground` as in the models."""

    account_id: int
    kind: str
    number: str
    issued_on: dt.date | None = None
    court_case: str = ""
    principal: int = 0
    penalty: int = 0
    duty: int = 0
    proceeding: str = ""
    consolidated: str = ""
    opened_on: dt.date | None = None
    bailiff: str = ""
    status: str = EnforcementProceeding.Status.OPEN
    ended_on: dt.date | None = None
    ground: str = ""
    department_id: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Registered:
    """What was new and what was known: writs by creditor, number, day and account; proceedings by writ and number."""

    writs: int
    proceedings: int
    known: int


Key = tuple[str, dt.date | None, int]


@transaction.atomic
def register_writs(*, booking: Booking, rows: Iterable[WritRow]) -> Registered:
    """Book the writs and proceedings that are not there yet, in a fixed number of statements per batch.

    A writ known by number, day and account is not booked again; a new proceeding of a known writ is. One whose register was
    undone comes back as the row it was when people had worked on it. `known` counts the rows that brought nothing new. Call it
    in the transaction of the booking, which holds the creditor's lock.
    """
    listed = list(rows)
    writs, gone = _known_writs(booking.creditor, listed)
    fresh: dict[Key, Writ] = {}
    back: dict[Key, Writ] = {}
    people = _only_debtors({row.account_id for row in listed})
    for row in listed:
        key = _key(row)
        if key in writs:
            continue
        if key in gone:
            gone[key].booking = booking
            writs[key] = back[key] = gone[key]
        else:
            writs[key] = fresh[key] = _writ(row, booking, people.get(row.account_id))
    Writ.objects.bulk_create(fresh.values(), BATCH)
    Writ.objects.bulk_update(back.values(), ["booking"], BATCH)
    opened, with_news = _proceedings(listed, writs, booking)
    EnforcementProceeding.objects.bulk_create(opened, BATCH)
    new = fresh | back
    refresh_writs({writ.pk for writ in new.values()} | {proceeding.writ_id for proceeding in opened})
    known = sum(1 for row in listed if _key(row) not in new and id(row) not in with_news)
    return Registered(len(new), len(opened), known)


def _key(row: WritRow) -> Key:
    return row.number, row.issued_on, row.account_id


def _known_writs(creditor: Organisation, rows: list[WritRow]) -> tuple[dict[Key, Writ], dict[Key, Writ]]:
    """The writs that stand, and those that went with an undone booking but carry what people did with them."""
    worked = Exists(Presentation.objects.filter(writ=OuterRef("pk"))) | Exists(WritFact.objects.filter(writ=OuterRef("pk")))
    stands = Q(booking__isnull=True) | Q(booking__undone_at__isnull=True)
    found = Writ.objects.filter(stands | worked, creditor=creditor, account_id__in={row.account_id for row in rows})
    live: dict[Key, Writ] = {}
    gone: dict[Key, Writ] = {}
    for writ in found.select_related("booking"):
        undone = writ.booking is not None and writ.booking.undone_at is not None
        (gone if undone else live)[writ.number, writ.issued_on, writ.account_id] = writ
    return live, gone


def _only_debtors(account_ids: set[int]) -> dict[int, int]:
    """Account -> its debtor where there is one only; a writ against several people names them itself."""
    people: dict[int, set[int]] = {}
    for account, debtor in Liability.objects.filter(account__in=account_ids).values_list("account_id", "debtor_id"):
        people.setdefault(account, set()).add(debtor)
    return {account: next(iter(found)) for account, found in people.items() if len(found) == 1}


def _writ(row: WritRow, booking: Booking, debtor_id: int | None) -> Writ:
    return Writ(
        creditor_id=booking.creditor_id,
        account_id=row.account_id,
        debtor_id=debtor_id,
        kind=row.kind,
        number=row.number,
        issued_on=row.issued_on,
        court_case=row.court_case,
        principal=row.principal,
        penalty=row.penalty,
        duty=row.duty,
        booking=booking,
        source_row=row.row,
    )


def _proceedings(rows: list[WritRow], writs: dict[Key, Writ], booking: Booking) -> tuple[list[EnforcementProceeding], set[int]]:
    """The proceedings that are not there yet, and the identities of the rows that bring one."""
    known = set(
        EnforcementProceeding.objects.live()
        .filter(writ__in=[writ for writ in writs.values() if writ.pk])
        .values_list("writ_id", "number")
    )
    opened, with_news = [], set()
    for row in rows:
        writ = writs[_key(row)]
        if not row.proceeding or (writ.pk, row.proceeding) in known:
            continue
        known.add((writ.pk, row.proceeding))
        with_news.add(id(row))
        opened.append(
            EnforcementProceeding(
                writ=writ,
                department_id=row.department_id,
                number=row.proceeding,
                consolidated_number=row.consolidated,
                bailiff=row.bailiff,
                opened_on=row.opened_on,
                status=row.status,
                ended_on=row.ended_on,
                ended_ground=row.ground,
                booking=booking,
            )
        )
    return opened, with_news
