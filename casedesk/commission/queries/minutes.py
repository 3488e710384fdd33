"""Minutes as data: what was heard and decided at a meeting, in a fixed form, so that the same minutes give the same hash."""

from typing import Any

from casedesk.commission.models import AgendaItem, Attendance, Decision, Meeting
from casedesk.commission.rules.words import CAME_NAMES, CHOICE_NAMES, OUTCOME_NAMES, PART_NAMES, PRESENCE_NAMES, Part, Presence


def content_of(meeting: Meeting) -> dict[str, Any]:
    """The meeting's minutes. Sums in kopecks, days ISO. A fixed number of queries."""
    presided, kept = meeting.presided_by_seat, meeting.kept_by_seat
    return {
        "commission": meeting.commission.name,
        "number": meeting.number,
        "held_on": meeting.held_on.isoformat(),
        "place": meeting.place,
        "topic": meeting.topic,
        "guests": meeting.guests,
        "group": meeting.group.name if meeting.group else "",
        "quorum": {"members": meeting.members, "present": meeting.present, "needed": meeting.needed},
        "presided": {"seat": presided.pk, "name": presided.name, "part": _presides_as(meeting)},
        "kept": {"seat": kept.pk, "name": kept.name, "part": PART_NAMES[kept.part]},
        "attendance": [_attends(one) for one in Attendance.objects.filter(meeting=meeting).select_related("seat")],
        "items": [_item(item) for item in _items(meeting)],
    }


def _presides_as(meeting: Meeting) -> str:
    if meeting.group_id and meeting.group.lead_id == meeting.presided_by_seat_id:
        return "руководитель рабочей группы"
    return PART_NAMES[meeting.presided_by_seat.part]


def _items(meeting: Meeting):
    found = meeting.items.select_related("case__creditor").order_by("position", "pk")
    return found.prefetch_related("decisions__votes__seat", "decisions__responsible")


def _attends(one: Attendance) -> dict[str, Any]:
    said = PRESENCE_NAMES[one.presence]
    if one.presence == Presence.REPRESENTED:
        said = f"через представителя: {one.representative}, {one.authority}"
    part = PART_NAMES[one.seat.part] if one.seat.part != Part.MEMBER else "член комиссии"
    return {"seat": one.seat_id, "name": one.seat.name, "part": f"{part}, {one.seat.post}", "presence": said}


def _item(item: AgendaItem) -> dict[str, Any]:
    case = item.case
    return {
        "position": item.position,
        "case": case.number,
        "creditor": case.creditor.name,
        "debtor": case.debtor_names,
        "address": case.address,
        "accounts": case.account_numbers,
        "debt": case.debt if item.debt_decided is None else item.debt_decided,
        "overdue": case.overdue if item.overdue_decided is None else item.overdue_decided,
        "reason": item.reason,
        "came": CAME_NAMES.get(item.came, ""),
        "heard": item.heard,
        "decisions": [_decision(one) for one in sorted(item.decisions.all(), key=lambda one: one.pk)],
    }


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "words": one.words,
        "responsible": one.responsible.name if one.responsible else "",
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "outcome": OUTCOME_NAMES[one.outcome],
        "for": one.votes_for,
        "against": one.votes_against,
        "abstained": one.votes_abstained,
        "by_casting": one.by_casting,
        "votes": {vote.seat.name: CHOICE_NAMES[vote.choice] for vote in one.votes.all()},
    }
