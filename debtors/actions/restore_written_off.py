"""Put written-off debt back on the books: what money came for, or a whole act. Reversals of the same facts, never edits."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.book import book, open_booking
from debtors.actions.moves import check_may
from debtors.actions.post_write_off import tell_cases, write_off_fact
from debtors.actions.staging import stage_facts
from debtors.models import Booking, Payment, WriteOffAct, WriteOffReversal
from debtors.queries.written_off import Restorable, of_act, restorable, standing, watched

Why = WriteOffReversal.Why


class NothingToRestore(Refusal):
    """Nothing of the write-off stands, or no money came for it."""

    code = "nothing_to_restore"


@transaction.atomic
def restore_for_money(
    *, creditor: Organisation, by: User | None, learnt_at: dt.datetime, on: dt.date, account_ids: Iterable[int] | None = None
) -> WriteOffReversal:
    """Restore what money came for on watched accounts (or on those named); the money then pays it. One booking for all.

    Raises NotAllowed, NothingToRestore.
    """
    check_may(by, Right.WORK_CASES)
    Organisation.objects.select_for_update().get(pk=creditor.pk)
    facts: QuerySet[Payment] = watched([creditor.pk], on)
    if account_ids is not None:
        facts = facts.filter(account__in=list(account_ids))
    found = restorable(facts, on)
    return restore_lines(creditor, found, why=Why.MONEY_CAME, note="", by=by, learnt_at=learnt_at, on=on)


@transaction.atomic
def restore_act(*, act: WriteOffAct, why: str, note: str, by: User, learnt_at: dt.datetime, on: dt.date) -> WriteOffReversal:
    """Restore everything of an act that still stands. Raises NotAllowed (right, no reason), NothingToRestore."""
    check_may(by, Right.APPROVE_WRITE_OFFS)
    if not note.strip():
        raise NotAllowed(f"Напишите, почему восстанавливается долг по акту № {act.number}.")
    Organisation.objects.select_for_update().get(pk=act.creditor_id)
    act = WriteOffAct.objects.select_related("creditor").get(pk=act.pk)
    left = standing(of_act(act)) if act.booking_id else []
    found = [Restorable(one.payment_id, one.account_id, one.service_id, one.month, on, one.left) for one in left]
    return restore_lines(act.creditor, found, why=why, note=note.strip(), by=by, learnt_at=learnt_at, on=on)


def restore_lines(creditor, found: Sequence[Restorable], *, why: str, note: str, by, learnt_at, on) -> WriteOffReversal:
    if not found:
        raise NothingToRestore("Восстанавливать нечего: списанного нет, или деньги по нему не приходили.")
    total = sum(one.kopecks for one in found)
    about = f"Восстановление списанного долга: {Why(why).label}"
    booking = open_booking(creditor=creditor, kind=Booking.Kind.WRITE_OFF, about=about, by=by, learnt_at=learnt_at)
    made = WriteOffReversal.objects.create(
        creditor=creditor, why=why, note=note[:300], total=total, made_on=on, made_by=by, booking=booking
    )
    facts = [
        write_off_fact(
            row, one.account_id, one.service_id, one.month, -one.kopecks, one.on, f"восст. {made.pk}", one.payment_id
        )
        for row, one in enumerate(found, start=1)
    ]
    book(booking=booking, stage=stage_facts(facts), on=on)
    tell_cases("write_off_restored", booking, by=by, on=on, document=Why(why).label)
    return made
