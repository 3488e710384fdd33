"""Tie the bank's register totals of statements to the payment registers they sum up, whichever of the two came first.

The register's payments are booked by the register. The statement's line books nothing: it is only told which register it is.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common import money
from casedesk.common.refusals import Refusal
from debtors.queries.dialect import rows
from imports.models import BankDocument, ImportBatch, MatchDecision

LATEST = dt.timedelta(days=10)
"""A bank hands a register's money over within so many days of its last payment."""
_COUNT = re.compile(r"по (\d{1,6}) плат|(\d{1,6}) ?шт", re.IGNORECASE)


class NotARegister(Refusal):
    """The document or the register cannot be tied."""

    code = "not_a_register"


@dataclass(frozen=True)
class Register:
    """A booked payment register: what the bank passed on for it, how many lines, and the days of its payments."""

    batch_id: int
    sums: frozenset[int]
    count: int
    first_on: dt.date | None
    last_on: dt.date | None

    def fits(self, document: BankDocument) -> bool:
        """Its sum to the kopeck, and a second sign: the number of lines or the days."""
        if document.amount not in self.sums:
            return False
        counted = _COUNT.search(document.purpose)
        if counted and int(counted[1] or counted[2]) == self.count:
            return True
        return self.last_on is not None and self.last_on <= document.counts_on <= self.last_on + LATEST


@transaction.atomic
def tie_registers(*, creditor: Organisation, at: dt.datetime) -> int:
    """Tie what fits one to one; return how many were tied. What fits several registers waits for a person."""
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    waiting = list(
        BankDocument.objects.waiting()
        .filter(creditor=creditor, verdict=BankDocument.Verdict.REGISTER)
        .order_by("counts_on", "id")
    )
    if not waiting:
        return 0
    free = free_registers(creditor)
    tied = 0
    for document in waiting:
        fitting = [register for register in free if register.fits(document)]
        if len(fitting) == 1:
            _tie(document, fitting[0].batch_id, None, at, "сумма и строки реестра совпали")
            free.remove(fitting[0])
            tied += 1
    return tied


@transaction.atomic
def tie_by_hand(*, document: BankDocument, register: ImportBatch, by: User, at: dt.datetime, reason: str) -> MatchDecision:
    """Tie a document to a register that a person names. Raises NotARegister when one of them is not free for it."""
    document = BankDocument.objects.select_for_update().get(pk=document.pk)
    if document.state != BankDocument.State.WAITING:
        raise NotARegister(f"Документ {document} уже {document.get_state_display()}: сначала верните его в невыясненные.")
    if register.pk not in {one.batch_id for one in free_registers(document.creditor)}:
        raise NotARegister(f"Загрузка {register} — не проведённый реестр платежей или уже связана с другим документом.")
    return _tie(document, register.pk, by, at, reason)


def free_registers(creditor: Organisation) -> list[Register]:
    """Booked payment registers that no statement line answers for yet."""
    batches = ImportBatch.objects.filter(creditor=creditor, kind="payments", status=ImportBatch.Status.APPLIED)
    tied = MatchDecision.objects.standing().filter(register__isnull=False)
    free = list(batches.exclude(pk__in=tied.values("register")))
    days = _days([batch.booking_id for batch in free])
    return [
        Register(batch.pk, _passed_on(batch), batch.rows_read - batch.rows_rejected, *days.get(batch.booking_id, (None, None)))
        for batch in free
    ]


def _tie(document: BankDocument, register_id: int, by: User | None, at: dt.datetime, reason: str) -> MatchDecision:
    document.state = BankDocument.State.REGISTER
    document.save(update_fields=["state"])
    return MatchDecision.objects.create(
        document=document,
        kind=MatchDecision.Kind.REGISTER,
        register_id=register_id,
        decided_by=by,
        decided_at=at,
        reason=reason,
    )


def _passed_on(batch: ImportBatch) -> frozenset[int]:
    """What the bank may have transferred for the register: the sum less its fee where stated, else the whole sum."""
    stated = [line for line in batch.control_totals if line["field"] == "transferred"]
    sums = {money.kopecks(str(line["file"])) for line in stated}
    return frozenset(sums or {batch.totals.get("paid", 0)})


def _days(bookings: list[int]) -> dict[int, tuple[dt.date, dt.date]]:
    if not bookings:
        return {}
    marks = ", ".join(["%s"] * len(bookings))
    found = rows(
        f"""SELECT booking_id, MIN(counts_on), MAX(counts_on) FROM debtors_payment
            WHERE booking_id IN ({marks}) AND channel <> 'turnover' GROUP BY booking_id""",
        bookings,
    )
    return {pk: (_day(first), _day(last)) for pk, first, last in found}


def _day(value: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
