"""Take a booked file back: every figure as if it had not come, and the accounts that only it had opened out of sight."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.actions.undo_booking import undo_booking
from debtors.models import Booking, UtilityAccount
from debtors.queries.dialect import LIVE, execute
from enforcement.actions.state_proceedings import take_words_back
from imports.actions.withdraw_documents import untie_register, withdraw_documents
from imports.models import Doubt, ImportBatch


class NothingToUndo(Refusal):
    """The batch booked nothing, or was taken back before."""

    code = "nothing_to_undo"


@transaction.atomic
def undo_import(*, batch: ImportBatch, by: User | None, reason: str, at: dt.datetime, on: dt.date) -> ImportBatch:
    """Undo a booked batch with the differences that were accepted from it; states are brought up to the day `on`.

    Raises NothingToUndo, and BookingBears naming the later bookings that stand on it.
    """
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.status != ImportBatch.Status.APPLIED or batch.booking is None:
        raise NothingToUndo(f"Загрузка {batch}: {batch.get_status_display()}, отменять нечего. Отменяют проведённую загрузку.")
    for booking in _accepted_differences(batch):
        undo_booking(booking=booking, by=by, reason=reason, at=at, on=on)
    withdraw_documents(batch=batch, by=by, reason=reason, at=at, on=on)
    untie_register(batch=batch, by=by, reason=reason, at=at)
    undo_booking(booking=batch.booking, by=by, reason=reason, at=at, on=on)
    _keep_used_accounts(batch.booking)
    take_words_back(booking=batch.booking, on=on, by=by)
    batch.status = ImportBatch.Status.UNDONE
    batch.save(update_fields=["status"])
    return batch


def accounts_gone(batch: ImportBatch) -> int:
    """How many accounts went out of sight with an undone batch."""
    return UtilityAccount.objects.filter(first_booking=batch.booking, first_booking__undone_at__isnull=False).count()


def _accepted_differences(batch: ImportBatch) -> list[Booking]:
    """Bookings of differences a person accepted from this file, newest first."""
    decided = Doubt.objects.filter(batch=batch, booking__isnull=False, booking__undone_at__isnull=True)
    decided = decided.exclude(booking=batch.booking)
    return list(Booking.objects.filter(pk__in=decided.values("booking")).order_by("-learnt_at", "-pk"))


def _keep_used_accounts(booking: Booking) -> None:
    """An account that later files have used goes on under the first of them."""
    live = f"""SELECT account_id, booking_id FROM debtors_charge WHERE {LIVE}
               UNION SELECT account_id, booking_id FROM debtors_payment WHERE {LIVE}"""
    execute(
        f"""UPDATE {UtilityAccount._meta.db_table} SET first_booking_id = u.booking_id
            FROM (SELECT account_id, MIN(booking_id) AS booking_id FROM ({live}) f
                  WHERE account_id IN (SELECT id FROM {UtilityAccount._meta.db_table} WHERE first_booking_id = %s)
                  GROUP BY account_id) u
            WHERE {UtilityAccount._meta.db_table}.id = u.account_id""",
        [booking.pk],
    )
