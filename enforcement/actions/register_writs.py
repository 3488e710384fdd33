"""Take writs and proceedings from a register into the books, tied to its booking: undoing the booking takes them back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation
from debtors.models import Booking, Liability
from enforcement.models import EnforcementProceeding, Writ

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

    A writ known by number, day and account is not booked again; a new proceeding of a known writ is. `known` counts the rows
    that brought nothing new. Call it in the transaction of the booking, which holds the creditor's lock.
    """
    listed = list(rows)
    writs = _known_writs(booking.creditor, listed)
    fresh: dict[Key, Writ] = {}
    people = _only_debtors({row.account_id for row in listed})
    for row in listed:
        key = _key(row)
        if key not in writs:
            writs[key] = fresh[key] = _writ(row, booking, people.get(row.account_id))
    Writ.objects.bulk_create(fresh.values(), BATCH)
    opened, with_news = _proceedings(listed, writs, booking)
    EnforcementProceeding.objects.bulk_create(opened, BATCH)
    known = sum(1 for row in listed if _key(row) not in fresh and id(row) not in with_news)
    return Registered(len(fresh), len(opened), known)


def _key(row: WritRow) -> Key:
    return row.number, row.issued_on, row.account_id


def _known_writs(creditor: Organisation, rows: list[WritRow]) -> dict[Key, Writ]:
    found = Writ.objects.live().filter(creditor=creditor, account_id__in={row.account_id for row in rows})
    return {(writ.number, writ.issued_on, writ.account_id): writ for writ in found}


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
