"""Take a booking back: its facts stay in the ledger, marked as known until now, and every figure is as if they had not come."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from debtors.actions.book import newest_moment
from debtors.actions.book_states import refresh_derived
from debtors.models import Allocation, Booking, BookingBasis
from debtors.queries.dialect import give_room


class AlreadyUndone(Refusal):
    """The booking was taken back before."""

    code = "already_undone"


class BookingBears(Refusal):
    """Later bookings stand on this one; they are named in `facts["bearing"]` (newest first)."""

    code = "booking_bears"


class UndoneOutOfOrder(Refusal):
    """The moment of undoing lies before the newest booking of the creditor."""

    code = "undone_out_of_order"


@transaction.atomic
def undo_booking(*, booking: Booking, by: User | None, reason: str, at: dt.datetime, on: dt.date) -> Booking:
    """Undo a booking at the moment `at` and bring states up to the day `on`; return it.

    Raises AlreadyUndone, BookingBears (later bookings left out, compared with, replaced or reversed its facts: undo them
    first, newest first) and UndoneOutOfOrder.
    """
    Organisation.objects.select_for_update().get(pk=booking.creditor_id)
    give_room()
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    _check(booking, at)
    booking.undone_at, booking.undone_by, booking.undo_reason = at, by, reason[:300]
    booking.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    afresh = Booking.objects.create(
        creditor=booking.creditor,
        kind=Booking.Kind.ALLOCATION,
        about=f"Распределение после отмены: {booking.about}"[:300],
        booked_by=by,
        learnt_at=at,
    )
    refresh_derived(booking, on=on, writer=afresh)
    if not Allocation.objects.filter(booking=afresh).exists() and not afresh.withdrawn_allocations.exists():
        afresh.delete()
    return booking


def bearing_bookings(booking: Booking) -> list[Booking]:
    """The live bookings that stand on this one, newest first: what must be undone before it."""
    standing = BookingBasis.objects.filter(stands_on=booking, booking__undone_at__isnull=True)
    return list(Booking.objects.filter(pk__in=standing.values("booking")).order_by("-learnt_at", "-pk"))


def _check(booking: Booking, at: dt.datetime) -> None:
    if booking.undone_at:
        raise AlreadyUndone(
            f"Проводка «{booking}» уже отменена {booking.undone_at:%d.%m.%Y %H:%M}: второй раз отменять нечего.",
            undone_at=booking.undone_at,
        )
    newest = newest_moment(booking.creditor)
    if newest and at < newest:
        raise UndoneOutOfOrder(
            f"Отмена от {at:%d.%m.%Y %H:%M} не может лечь раньше последней проводки {newest:%d.%m.%Y %H:%M}. "
            "Отменяйте текущим временем.",
            at=at,
            newest=newest,
        )
    bearing = bearing_bookings(booking)
    if bearing:
        names = "; ".join(f"«{later}» от {later.learnt_at:%d.%m.%Y}" for later in bearing[:5])
        more = f" и ещё {len(bearing) - 5}" if len(bearing) > 5 else ""
        raise BookingBears(
            f"Проводку «{booking}» отменить нельзя: на неё опираются {names}{more}. Сначала отмените их, начиная с последней.",
            bearing=bearing,
        )
