"""Mark reminders as handed over, which starts the waiting term; or cancel a spoilt one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import TooEarly, lock, take_step
from debtors.models import OpeningRule, PreTrialNotice


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
    notice = _prepared(notice)
    if on < notice.prepared_on:
        raise TooEarly(
            f"Напоминание № {notice.number} подготовлено {notice.prepared_on:%d.%m.%Y}, вручить его "
            f"{on:%d.%m.%Y} нельзя. Укажите день не раньше."
        )
    case = lock(notice.case)
    waiting = OpeningRule.objects.in_force(creditor=case.creditor, on=on).waiting
    until = on + dt.timedelta(days=waiting + 1)
    channel = PreTrialNotice.Channel(channel)
    take_step(
        case,
        "send_reminder",
        by=by,
        on=on,
        subject=notice,
        term_until=until,
        number=notice.number,
        channel=channel.label,
        until=(until - dt.timedelta(days=1)).isoformat(),
    )
    notice.state, notice.channel = PreTrialNotice.State.SENT, channel
    notice.sent_on, notice.sent_by, notice.waiting_until = on, by, until
    notice.save(update_fields=["state", "channel", "sent_on", "sent_by", "waiting_until"])
    return notice


@transaction.atomic
def send_reminders(*, notices: Iterable[PreTrialNotice], channel: str, by: User, on: dt.date) -> Sent:
    """Mark several reminders as handed over in one way on one day; those that may not be are told of, the others are done."""
    done = Sent()
    for notice in notices:
        try:
            done.notices.append(send_reminder(notice=notice, channel=channel, by=by, on=on))
        except NotAllowed as refusal:
            done.refused.append((notice, refusal.message))
    return done


@transaction.atomic
def cancel_reminder(*, notice: PreTrialNotice, reason: str, by: User, on: dt.date) -> PreTrialNotice:
    """Cancel a reminder that was not handed over; its number stays used. Raises ReminderNotPrepared, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(f"Напоминание № {notice.number}: напишите, почему оно отменяется.")
    notice = _prepared(notice)
    case = lock(notice.case)
    take_step(case, "cancel_reminder", by=by, on=on, subject=notice, number=notice.number, why=reason)
    notice.state = PreTrialNotice.State.CANCELLED
    notice.save(update_fields=["state"])
    return notice


def _prepared(notice: PreTrialNotice) -> PreTrialNotice:
    notice = PreTrialNotice.objects.select_for_update(of=("self",)).select_related("case").get(pk=notice.pk)
    if notice.state != PreTrialNotice.State.PREPARED:
        when = f" {notice.sent_on:%d.%m.%Y}" if notice.sent_on else ""
        raise ReminderNotPrepared(
            f"Напоминание № {notice.number} уже {notice.get_state_display()}{when}. Подготовьте новое, если долг остался."
        )
    return notice
