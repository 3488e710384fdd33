"""Close a meeting and sign its minutes: two people, each by their own sign-in, under the same data (plan row L-App3).

Until both have signed, no decision is in force. With the second signature the minutes are frozen, the decisions become
tasks, and the cases learn of them.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.commission.actions.locked import locked, move
from casedesk.commission.actions.put_in_force import put_in_force
from casedesk.commission.documents.compose import compose_minutes, iso_day
from casedesk.commission.models import AgendaItem, Meeting, Minutes
from casedesk.commission.queries.minutes import content_of
from casedesk.commission.rules.words import MeetingState, Outcome
from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import make
from enforcement.rules.reconciliation_act import digest

KIND, SUBJECT = "commission_minutes", "commission.meeting"


class Undecided(Refusal):
    """Cases of the agenda without a voted decision."""

    code = "undecided"


class NotYourSignature(Refusal):
    """Minutes are signed by whoever presided and whoever kept them, nobody else and nobody for them."""

    code = "not_your_signature"


class AlreadySigned(Refusal):
    """The person has signed already."""

    code = "already_signed"


class MinutesChanged(Refusal):
    """What the person read is not what stands there now."""

    code = "minutes_changed"


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: User, on: dt.date, at: dt.datetime) -> Minutes:
    """End the meeting: debts of the day are kept, the minutes drawn with their hash. Raises NotAllowed, Undecided."""
    meeting = locked(meeting, "close", by=by, on=on)
    items = list(meeting.items.select_related("case").prefetch_related("decisions"))
    open_ones = [
        str(item.position)
        for item in items
        if not item.decisions.all() or any(one.outcome == Outcome.OPEN for one in item.decisions.all())
    ]
    if open_ones:
        raise Undecided(f"Не решены вопросы: {', '.join(open_ones)}. Запишите решение и голоса или «принять к сведению».")
    for item in items:
        item.debt_decided, item.overdue_decided = item.case.debt, item.case.overdue
    AgendaItem.objects.bulk_update(items, ["debt_decided", "overdue_decided"])
    move(meeting, "close")
    meeting.closed_at = at
    meeting.save(update_fields=["state", "closed_at"])
    content = content_of(meeting)
    drawn = {"content": content, "sha256": digest(content), "drawn_at": at, "drawn_by": by}
    return Minutes.objects.update_or_create(meeting=meeting, defaults=drawn)[0]


@transaction.atomic
def reopen_meeting(*, meeting: Meeting, by: User, on: dt.date) -> Meeting:
    """Back to the decisions while nobody has signed. Raises NotAllowed."""
    meeting = locked(meeting, "reopen", by=by, on=on)
    move(meeting, "reopen")
    meeting.save(update_fields=["state"])
    return meeting


def side_of(meeting: Meeting, user: User) -> str:
    """`presided` or `kept` when the person signs these minutes, else empty."""
    if meeting.presided_by_seat and meeting.presided_by_seat.user_id == user.pk:
        return "presided"
    return "kept" if meeting.kept_by_seat and meeting.kept_by_seat.user_id == user.pk else ""


@transaction.atomic
def sign_minutes(*, meeting: Meeting, sha256: str, by: User, on: dt.date, at: dt.datetime) -> Minutes:
    """Sign what was read (`sha256`). The second signature freezes the minutes and puts the decisions in force.

    Raises NotAllowed (not closed), NotYourSignature, AlreadySigned, MinutesChanged.
    """
    meeting = locked(meeting, "sign", by=by, on=on)
    minutes = Minutes.objects.select_for_update(of=("self",)).get(meeting=meeting)
    side = side_of(meeting, by)
    if not side:
        raise NotYourSignature(
            f"Этот протокол подписывают {meeting.presided_by_seat.name} и {meeting.kept_by_seat.name}, каждый под своим "
            "входом. Подписать за другого нельзя."
        )
    if getattr(minutes, f"{side}_by_id"):
        raise AlreadySigned("Вы этот протокол уже подписали. Нужна подпись второго.")
    if by.pk in (minutes.presided_by_id, minutes.kept_by_id):
        raise NotYourSignature("Протокол подписывают двое: один человек за обоих подписать не может.")
    if sha256 != minutes.sha256:
        raise MinutesChanged("Протокол изменился, пока вы его читали. Прочитайте его снова и подпишите.")
    setattr(minutes, f"{side}_by", by)
    setattr(minutes, f"{side}_at", at)
    if minutes.presided_by_id and minutes.kept_by_id:
        _freeze(meeting, minutes, by, on, at)
    else:
        minutes.save()
    return minutes


def _freeze(meeting: Meeting, minutes: Minutes, by: User, on: dt.date, at: dt.datetime) -> None:
    """The paper first, then the frozen row: after it nothing of the minutes changes."""
    zone = timezone.get_current_timezone()
    days = {"presided_on": iso_day(minutes.presided_at, zone), "kept_on": iso_day(minutes.kept_at, zone)}
    data = compose_minutes(minutes.content, sha256=minutes.sha256, **days)
    creditor = meeting.commission.municipality
    minutes.document = make(KIND, creditor=creditor, data=data, subject=(SUBJECT, meeting.pk), by=by, on=on)
    minutes.signed_at = at
    minutes.save()
    meeting.state = MeetingState.SIGNED
    meeting.save(update_fields=["state"])
    put_in_force(meeting=meeting, by=by, on=on)


@transaction.atomic
def unsign_minutes(*, meeting: Meeting, by: User, on: dt.date) -> Minutes:
    """Take one's own signature back while the other has not signed. Raises NotAllowed, NotYourSignature."""
    meeting = locked(meeting, "sign", by=by, on=on)
    minutes = Minutes.objects.select_for_update(of=("self",)).get(meeting=meeting)
    side = side_of(meeting, by)
    if not side or getattr(minutes, f"{side}_by_id") != by.pk:
        raise NotYourSignature("Вашей подписи под этим протоколом нет.")
    setattr(minutes, f"{side}_by", None)
    setattr(minutes, f"{side}_at", None)
    minutes.save()
    return minutes
