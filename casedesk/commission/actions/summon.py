"""Invite debtors: numbered papers for the whole agenda, when and how they went, what proves that they arrived."""

import datetime as dt

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.commission.actions.locked import locked, require
from casedesk.commission.models import AgendaItem, Meeting, Seat, Summons
from casedesk.commission.rules.words import Part
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.documents.actions.make import Draft, make_many
from debtors.actions.events import record
from debtors.documents.people import addressee

KIND = "commission_summons"


class NobodyToInvite(Refusal):
    """Everybody on the agenda is invited already, or nobody waits to be sent."""

    code = "nobody_to_invite"


class ProofMissing(Refusal):
    """A delivery without its proof, or before the paper was sent."""

    code = "proof_missing"


@transaction.atomic
def prepare_summonses(*, meeting: Meeting, by: User, on: dt.date) -> list[Summons]:
    """An invitation for each case of the agenda that has none, numbered by the municipality. A fixed number of queries.

    Raises NotAllowed, NobodyToInvite.
    """
    meeting = locked(meeting, "summon", by=by, on=on)
    items = list(meeting.items.filter(summons__isnull=True).select_related("case__creditor").order_by("position"))
    if not items:
        raise NobodyToInvite("Приглашать некого: повестка пуста или приглашения уже составлены.")
    secretary = _secretary(meeting)
    drafts = [Draft(_data(meeting, item, secretary), ("commission.AgendaItem", item.pk)) for item in items]
    papers = make_many(KIND, creditor=meeting.commission.municipality, drafts=drafts, by=by, on=on)
    made = [
        Summons(item=item, document=paper, prepared_on=on, prepared_by=by) for item, paper in zip(items, papers, strict=True)
    ]
    return bulk_create_with_history(made, Summons, default_user=by)


def _secretary(meeting: Meeting) -> str:
    found = Seat.objects.filter(commission=meeting.commission, part=Part.SECRETARY).on(meeting.planned_on).first()
    return found.name if found else ""


def _data(meeting: Meeting, item: AgendaItem, secretary: str) -> dict:
    case = item.case
    return {
        "addressee": addressee(case.debtor_names or "Потребителю услуг"),
        "address": case.address,
        "accounts": case.account_numbers,
        "creditor": case.creditor.name,
        "commission": meeting.commission.name,
        "held_on": meeting.planned_on,
        "time": meeting.time,
        "place": meeting.place,
        "overdue": case.overdue,
        "secretary": secretary,
    }


@transaction.atomic
def send_summonses(*, meeting: Meeting, channel: str, sent_on: dt.date, by: User, on: dt.date) -> int:
    """All prepared invitations went out this way on the day; return how many. Raises NotAllowed, NobodyToInvite."""
    meeting = locked(meeting, "summon", by=by, on=on)
    waiting = list(Summons.objects.select_for_update(of=("self",)).filter(item__meeting=meeting, sent_on__isnull=True))
    if not waiting:
        raise NobodyToInvite("Нет приглашений, которые ждут отправки. Составьте их.")
    _check_day(min(one.prepared_on for one in waiting), sent_on, on, "отправлено")
    for one in waiting:
        one.channel, one.sent_on = channel, sent_on
    bulk_update_with_history(waiting, Summons, ["channel", "sent_on"], default_user=by)
    return len(waiting)


@transaction.atomic
def record_delivery(
    *, summons: Summons, result: str, served_on: dt.date, served_to: str, proof: str, by: User, on: dt.date
) -> Summons:
    """What came of an invitation, with its proof; the case learns of it. Raises ProofMissing, NotAllowed."""
    require(by, Right.RUN_COMMISSION)
    one = (
        Summons.objects.select_for_update(of=("self",))
        .select_related("item__meeting", "item__case", "document")
        .get(pk=summons.pk)
    )
    if one.result:
        raise NotAllowed(f"По документу «{one}» результат уже записан: {one.standing[0]}.")
    if one.sent_on is None:
        raise ProofMissing(f"{one} ещё не отправлено: сначала отметьте день и способ отправки.")
    if not proof.strip():
        raise ProofMissing(f"{one}: назовите подтверждение: номер отправления, расписку или акт.")
    _check_day(one.sent_on, served_on, on, "вручено")
    one.result, one.served_on, one.served_to, one.proof = result, served_on, served_to.strip(), proof.strip()
    one.save(update_fields=["result", "served_on", "served_to", "proof"])
    record(
        "commission_summoned",
        case=one.item.case,
        on=max(served_on, one.item.case.opened_on),
        by=by,
        subject=one,
        meeting=str(one.item.meeting),
        number=one.document.full_number,
        channel=one.get_channel_display(),
        proof=f"{one.get_result_display()}, {one.proof}",
    )
    return one


def _check_day(earliest: dt.date, day: dt.date, today: dt.date, what: str) -> None:
    if not earliest <= day <= today:
        raise ProofMissing(f"День «{what}» {day:%d.%m.%Y} не годится: нужен день с {earliest:%d.%m.%Y} по {today:%d.%m.%Y}.")
