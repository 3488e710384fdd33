"""Hold a meeting by the regulations (plan row L-App3): called, attended, opened with a quorum; or failed without one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import User
from casedesk.commission.actions.locked import locked, move
from casedesk.commission.models import AgendaItem, Attendance, Meeting, Seat
from casedesk.commission.queries.quorum import presiding_of, quorum_of, regulations_of, seats_for
from casedesk.commission.rules.words import Part, Presence
from casedesk.common.refusals import Refusal
from casedesk.common.text import fold
from debtors.models import CaseEvent


class WrongAttendance(Refusal):
    """Somebody of another commission, a representative without authority, or standing in for two."""

    code = "wrong_attendance"


class NobodyKeepsMinutes(Refusal):
    """The minutes need somebody other than whoever presides."""

    code = "nobody_keeps_minutes"


@dataclass(frozen=True)
class Attends:
    """How one seat takes part."""

    seat: int
    presence: str
    representative: str = ""
    authority: str = ""
    representative_user: User | None = None


@transaction.atomic
def call_meeting(*, meeting: Meeting, by: User, on: dt.date) -> Meeting:
    """Send the agenda to the members: they see its cases from now on, and the cases know of it. Raises NotAllowed."""
    meeting = locked(meeting, "call", by=by, on=on)
    move(meeting, "call")
    meeting.save(update_fields=["state"])
    known = set(Attendance.objects.filter(meeting=meeting).values_list("seat_id", flat=True))
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, seat=seat) for seat in seats_for(meeting) if seat.pk not in known]
    )
    _tell_cases(meeting, by, on)
    return meeting


def _tell_cases(meeting: Meeting, by: User, on: dt.date) -> None:
    """One event per listed case; a meeting called again tells only the new ones."""
    items = list(meeting.items.select_related("case"))
    told = set(
        CaseEvent.objects.filter(
            code="commission_listed", subject_kind="agendaitem", subject_id__in=[item.pk for item in items]
        ).values_list("subject_id", flat=True)
    )
    CaseEvent.objects.bulk_create([_listed(meeting, item, by, on) for item in items if item.pk not in told])


def _listed(meeting: Meeting, item: AgendaItem, by: User, on: dt.date) -> CaseEvent:
    return CaseEvent(
        case=item.case,
        code="commission_listed",
        happened_on=max(on, item.case.opened_on),
        recorded_by=by,
        data={"meeting": str(meeting), "reason": item.reason},
        term_until=meeting.planned_on,
        subject_kind="agendaitem",
        subject_id=item.pk,
    )


@transaction.atomic
def uncall_meeting(*, meeting: Meeting, by: User, on: dt.date) -> Meeting:
    """Back to preparing: the agenda may change, members no longer see it. Raises NotAllowed."""
    meeting = locked(meeting, "uncall", by=by, on=on)
    move(meeting, "uncall")
    meeting.save(update_fields=["state"])
    Attendance.objects.filter(meeting=meeting).delete()
    return meeting


@transaction.atomic
def mark_attendance(*, meeting: Meeting, attends: Iterable[Attends], by: User, on: dt.date) -> Meeting:
    """Who takes part, in person or through a representative. Raises NotAllowed, WrongAttendance."""
    meeting = locked(meeting, "attend", by=by, on=on)
    rows = {one.seat_id: one for one in Attendance.objects.filter(meeting=meeting).select_related("seat")}
    given = list(attends)
    _check(meeting, rows, given)
    for one in given:
        row, stands_in = rows[one.seat], one.presence == Presence.REPRESENTED
        row.presence = one.presence
        row.representative = one.representative.strip() if stands_in else ""
        row.authority = one.authority.strip() if stands_in else ""
        row.representative_user = one.representative_user if stands_in else None
    Attendance.objects.bulk_update(rows.values(), ["presence", "representative", "authority", "representative_user"])
    return meeting


def _check(meeting: Meeting, rows: dict[int, Attendance], given: list[Attends]) -> None:
    allowed = regulations_of(meeting).representatives
    members = {fold(row.seat.name) for row in rows.values()}
    users = {row.seat.user_id for row in rows.values() if row.seat.user_id}
    standing_in: set[str] = set()
    for one in given:
        if one.seat not in rows:
            raise WrongAttendance("Отмечен человек, которого нет в составе на день заседания. Обновите страницу.")
        if one.presence != Presence.REPRESENTED:
            continue
        seat, who = rows[one.seat].seat, fold(one.representative)
        if not allowed:
            raise WrongAttendance(f"{seat.name}: регламент не допускает представителей.")
        if not who or not one.authority.strip():
            raise WrongAttendance(
                f"{seat.name}: назовите представителя и его полномочие (доверенность или поручение, номер, дата)."
            )
        if who in members or (one.representative_user and one.representative_user.pk in users):
            raise WrongAttendance(f"{one.representative} сам член комиссии: он голосует за себя, а не за {seat.name}.")
        if who in standing_in:
            raise WrongAttendance(f"{one.representative} уже представляет другого члена комиссии: у представителя один голос.")
        standing_in.add(who)


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User, on: dt.date, kept_by_seat: Seat | None = None) -> Meeting:
    """Open: quorum counted and kept, the chair or else a deputy presides, the meeting gets its number.

    `kept_by_seat` keeps the minutes when the secretary is away. Raises NotAllowed (day, quorum, nobody presides),
    NobodyKeepsMinutes.
    """
    meeting = locked(meeting, "open", by=by, on=on)
    found = quorum_of(meeting)
    meeting.presided_by_seat_id = presiding_of(meeting)
    meeting.kept_by_seat = _keeper(meeting, kept_by_seat)
    meeting.held_on, meeting.year = meeting.planned_on, meeting.planned_on.year
    type(meeting.commission).objects.select_for_update().get(pk=meeting.commission_id)  # numbers run without gaps
    last = Meeting.objects.filter(commission=meeting.commission_id, year=meeting.year).aggregate(last=Max("number"))["last"]
    meeting.number = (last or 0) + 1
    meeting.members, meeting.present, meeting.needed = found.members, found.present, found.needed
    move(meeting, "open")
    meeting.save()
    return meeting


def _keeper(meeting: Meeting, chosen: Seat | None) -> Seat:
    in_person = Attendance.objects.filter(meeting=meeting, presence=Presence.PRESENT).exclude(seat=meeting.presided_by_seat_id)
    seats = {one.seat_id: one.seat for one in in_person.select_related("seat")}
    if chosen is not None and chosen.pk in seats:
        return seats[chosen.pk]
    secretary = next((seat for seat in seats.values() if seat.part == Part.SECRETARY), None)
    if secretary is None or chosen is not None:
        raise NobodyKeepsMinutes(
            "Протокол вести некому: секретаря нет лично. Выберите другого присутствующего члена комиссии, "
            "не того, кто ведёт заседание."
        )
    return secretary


@transaction.atomic
def fail_meeting(*, meeting: Meeting, why: str, by: User, on: dt.date) -> Meeting:
    """No quorum or nobody to preside: the meeting did not take place, its cases go to the next one. Raises NotAllowed."""
    meeting = locked(meeting, "fail", by=by, on=on)
    found = quorum_of(meeting)
    move(meeting, "fail")
    meeting.members, meeting.present, meeting.needed = found.members, found.present, found.needed
    meeting.why_not = why.strip()[:300] or f"нет кворума: {found.present} из {found.members}, нужно {found.needed}"
    meeting.save(update_fields=["state", "members", "present", "needed", "why_not"])
    return meeting
