"""When a statement or a register is undone: what was decided on its documents goes with it."""

import datetime as dt

from django.db.models import Q

from casedesk.access.models import User
from debtors.actions.undo_booking import undo_booking
from debtors.models import Booking
from imports.models import BankDocument, ImportBatch, MatchDecision

State = BankDocument.State


def withdraw_documents(*, batch: ImportBatch, by: User | None, reason: str, at: dt.datetime, on: dt.date) -> None:
    """Undo what people booked or reversed on the batch's documents, newest first, and take the documents away."""
    decisions = MatchDecision.objects.filter(document__batch=batch)
    own = Booking.objects.filter(
        Q(decisions__in=decisions) | Q(pk__in=decisions.values("undo_booking")), undone_at__isnull=True
    )
    for booking in own.exclude(pk=batch.booking_id).distinct().order_by("-learnt_at", "-pk"):
        undo_booking(booking=booking, by=by, reason=reason, at=at, on=on)
    decisions.standing().update(undone_by=by, undone_at=at, undo_reason=f"отмена загрузки: {reason}"[:500])
    BankDocument.objects.standing().filter(batch=batch).update(state=State.GONE)


def untie_register(*, batch: ImportBatch, by: User | None, reason: str, at: dt.datetime) -> None:
    """A register that is undone answers for no statement line any more: the line waits again."""
    ties = MatchDecision.objects.standing().filter(register=batch)
    BankDocument.objects.filter(decisions__in=ties).update(state=State.WAITING)
    ties.update(undone_by=by, undone_at=at, undo_reason=f"реестр отменён: {reason}"[:500])
