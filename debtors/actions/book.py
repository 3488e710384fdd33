"""Book facts: the one way money enters the ledger.

`open_booking` serialises the bookings of a creditor, `book` writes staged lines in a fixed number of statements and
brings every derived figure up to date, all in the caller's transaction. How known facts are found: `judge_stage`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from debtors.actions.book_facts import insert_facts
from debtors.actions.book_states import refresh_derived
from debtors.actions.judge_stage import judge
from debtors.actions.staging import Stage, StagedFact, stage_facts
from debtors.models import Booking
from debtors.queries.dialect import give_room


class LearntOutOfOrder(Refusal):
    """Bookings of one creditor are learnt one after another; otherwise the past could not be asked again."""

    code = "learnt_out_of_order"


@dataclass(frozen=True)
class Booked:
    """What a booking wrote: numbers of fact rows, and of accounts whose figures were brought up to date."""

    charges: int
    payments: int
    accounts: int

    @property
    def nothing_new(self) -> bool:
        return not (self.charges or self.payments)


def open_booking(*, creditor: Organisation, kind: str, about: str, by: User | None, learnt_at: dt.datetime) -> Booking:
    """Lock the creditor's ledger until the transaction ends and open a booking in it.

    Raises LearntOutOfOrder when `learnt_at` is before the newest booking or undoing of the creditor.
    """
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    give_room()
    newest = newest_moment(creditor)
    if newest and learnt_at < newest:
        raise LearntOutOfOrder(
            f"Проводка от {learnt_at:%d.%m.%Y %H:%M} не может лечь раньше уже сделанной {newest:%d.%m.%Y %H:%M}: "
            "прошлое, каким его знали, не меняется. Проведите текущим временем; день самого факта остаётся своим.",
            learnt_at=learnt_at,
            newest=newest,
        )
    return Booking.objects.create(creditor=creditor, kind=kind, about=about[:300], booked_by=by, learnt_at=learnt_at)


def newest_moment(creditor: Organisation) -> dt.datetime | None:
    """The moment of the creditor's newest booking or undoing."""
    times = Booking.objects.filter(creditor=creditor)
    learnt = times.order_by("-learnt_at").values_list("learnt_at", flat=True).first()
    undone = times.filter(undone_at__isnull=False).order_by("-undone_at").values_list("undone_at", flat=True).first()
    return max(filter(None, (learnt, undone)), default=None)


def book(*, booking: Booking, stage: Stage, on: dt.date, accept: Iterable[str] = ()) -> Booked:
    """Write the staged parts that are to be booked and bring states up to `on`.

    `accept` names the differences a person has confirmed (`charge_differs`, `opening_differs`): the ledger is corrected by
    the difference. Other differing parts are left out. Must run in the transaction of `open_booking`.
    """
    if not stage.lines:
        return Booked(0, 0, 0)
    charges, payments = insert_facts(booking, frozenset(accept))
    if not (charges or payments):
        return Booked(0, 0, 0)
    accounts = refresh_derived(booking, on=on)
    return Booked(charges, payments, accounts)


@transaction.atomic
def book_facts(
    *,
    creditor: Organisation,
    facts: Iterable[StagedFact],
    about: str,
    by: User | None,
    learnt_at: dt.datetime,
    on: dt.date,
    kind: str = Booking.Kind.MANUAL,
) -> Booking:
    """Open a booking, stage, judge and book in one go: manual postings and tests. Known facts are left out as in a file."""
    booking = open_booking(creditor=creditor, kind=kind, about=about, by=by, learnt_at=learnt_at)
    stage = stage_facts(facts)
    judge(stage)
    book(booking=booking, stage=stage, on=on)
    return booking
