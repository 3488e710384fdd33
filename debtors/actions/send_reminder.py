"""Mark reminders as handed over, which starts the waiting term; or cancel a spoilt one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Coalesce
from simple_history.utils import bulk_update_with_history

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import TooEarly, check_step, take_step
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseEvent, CaseFile, Contact, OpeningRule, PreTrialNotice
from debtors.rules.case_events import EVENTS
from debtors.rules.contact_words import ContactState
from debtors.rules.stages import Stage

BATCH = 2_000
SENT_FIELDS = ["state", "channel", "sent_on", "sent_by", "waiting_until"]


class ReminderNotPrepared(NotAllowed):
    """The reminder was handed over or cancelled before."""

    code = "reminder_not_prepared"


class ReasonMissing(Refusal):
    """Cancelling asks for a reason."""

    code = "reason_missing"


@dataclass
class Sent:
    """What a bulk handing-over did: notices marked, and those refused with the reason in words."""

    notices: list[PreTrialNotice] = field(default_factory=list)
    refused: list[tuple[PreTrialNotice, str]] = field(default_factory=list)


@transaction.atomic
def send_reminder(*, notice: PreTrialNotice, channel: str, by: User, on: dt.date) -> PreTrialNotice:
    """The reminder reached the debtor on the day; the creditor's waiting term runs from the next day.

    Raises ReminderNotPrepared, TooEarly (before it was prepared), NotAllowed (the case is on hold, the right is missing).
    """
    kept = _lock([notice.pk])[0]
    _check(kept, by, on)
    _write([kept], channel, by, on)
    return kept


@transaction.atomic
def send_reminders(*, notices: Iterable[PreTrialNotice], channel: str, by: User, on: dt.date) -> Sent:
    """Mark several reminders as handed over in one way on one day; those that may not be are told of, the others are done.

    A fixed number of statements per creditor, whatever the number of notices.
    """
    done = Sent()
    for notice in _lock([one.pk for one in notices]):
        try:
            _check(notice, by, on)
        except NotAllowed as refusal:
            done.refused.append((notice, refusal.message))
        else:
            done.notices.append(notice)
    _write(done.notices, channel, by, on)
    return done


def _lock(keys: list[int]) -> list[PreTrialNotice]:
    """The notices with their cases, held until the transaction ends."""
    found = PreTrialNotice.objects.select_for_update(of=("self", "case")).select_related("case__creditor", "creditor")
    return list(found.filter(pk__in=keys).order_by("number"))


def _check(notice: PreTrialNotice, by: User, on: dt.date) -> None:
    _check_prepared(notice)
    if on < notice.prepared_on:
        raise TooEarly(
            f"Напоминание № {notice.number} подготовлено {notice.prepared_on:%d.%m.%Y}, вручить его "
            f"{on:%d.%m.%Y} нельзя. Укажите день не раньше."
        )
    check_step(notice.case, "send_reminder", by=by, on=on)


def _write(notices: list[PreTrialNotice], channel: str, by: User, on: dt.date) -> None:
    """Notices, events, stages and next steps of what has been checked, creditor by creditor: each has its own term."""
    channel = PreTrialNotice.Channel(channel)
    for creditor in {notice.creditor for notice in notices}:
        theirs = [notice for notice in notices if notice.creditor_id == creditor.pk]
        waiting = OpeningRule.objects.in_force(creditor=creditor, on=on).waiting
        until = on + dt.timedelta(days=waiting + 1)
        for notice in theirs:
            notice.state, notice.channel = PreTrialNotice.State.SENT, channel
            notice.sent_on, notice.sent_by, notice.waiting_until = on, by, until
        bulk_update_with_history(theirs, PreTrialNotice, SENT_FIELDS, batch_size=BATCH, default_user=by)
        _tell_contacts(theirs, by, on)
        CaseEvent.objects.bulk_create([_event(notice, by, on) for notice in theirs], BATCH)
        ready = [notice.case_id for notice in theirs if notice.case.stage == Stage.REMINDER_READY]
        CaseFile.objects.filter(pk__in=ready).update(stage=Stage.REMINDER_SENT, stage_on=on, stage_until=until)
        refresh_steps(creditor=creditor, on=on, case_ids=[notice.case_id for notice in theirs])


def _tell_contacts(notices: list[PreTrialNotice], by: User, on: dt.date) -> None:
    """Items of campaigns whose letters were marked here and not by a file of results."""
    waiting = Contact.objects.filter(notice__in=notices, state__in=[ContactState.READY, ContactState.SENT])
    waiting.update(
        state=ContactState.DELIVERED,
        sent_on=Coalesce("sent_on", Value(on, DateField())),
        delivered_on=on,
        result="вручено",
        proof=f"отметил(а) {by.short_name}",
    )


def _event(notice: PreTrialNotice, by: User, on: dt.date) -> CaseEvent:
    last = notice.waiting_until - dt.timedelta(days=1)
    data = {"number": notice.number, "channel": notice.get_channel_display(), "until": last.isoformat()}
    EVENTS["reminder_sent"].check(data)
    return CaseEvent(
        case=notice.case,
        code="reminder_sent",
        happened_on=on,
        recorded_by=by,
        data=data,
        term_until=notice.waiting_until,
        subject_kind="pretrialnotice",
        subject_id=notice.pk,
    )


@transaction.atomic
def cancel_reminder(*, notice: PreTrialNotice, reason: str, by: User, on: dt.date) -> PreTrialNotice:
    """Cancel a reminder that was not handed over; its number stays used. Raises ReminderNotPrepared, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(f"Напоминание № {notice.number}: напишите, почему оно отменяется.")
    notice = _lock([notice.pk])[0]
    _check_prepared(notice)
    take_step(notice.case, "cancel_reminder", by=by, on=on, subject=notice, number=notice.number, why=reason)
    notice.state = PreTrialNotice.State.CANCELLED
    notice.save(update_fields=["state"])
    letter = Contact.objects.filter(notice=notice, state__in=[ContactState.READY, ContactState.SENT])
    letter.update(state=ContactState.LEFT_OUT, sent_on=None, why=f"напоминание отменено: {reason.strip()}"[:300])
    return notice


def _check_prepared(notice: PreTrialNotice) -> None:
    if notice.state != PreTrialNotice.State.PREPARED:
        when = f" {notice.sent_on:%d.%m.%Y}" if notice.sent_on else ""
        raise ReminderNotPrepared(
            f"Напоминание № {notice.number} уже {notice.get_state_display()}{when}. Подготовьте новое, если долг остался."
        )
