"""Who is at a meeting, whether that is a quorum, and who presides."""

from casedesk.commission.models import Attendance, Meeting, Regulations, Seat
from casedesk.commission.rules import voting
from casedesk.commission.rules.voting import Here, Quorum


def regulations_of(meeting: Meeting) -> Regulations:
    """The regulations in force on the day of the meeting."""
    return Regulations.objects.of(meeting.commission, meeting.held_on or meeting.planned_on)


def seats_for(meeting: Meeting):
    """The seats that make up the meeting: the commission's on its day, or the working group's."""
    seats = Seat.objects.filter(commission=meeting.commission).on(meeting.planned_on)
    if meeting.group_id:
        members = set(meeting.group.members.values_list("pk", flat=True)) | {meeting.group.lead_id}
        seats = seats.filter(pk__in=members)
    return seats.order_by("pk")


def here(meeting: Meeting) -> list[Here]:
    """The attendance as the rules read it. A group's lead presides its meetings."""
    found = Attendance.objects.filter(meeting=meeting).select_related("seat").order_by("seat_id")
    lead = meeting.group.lead_id if meeting.group_id else None
    return [
        Here(one.seat_id, "chair" if one.seat_id == lead else one.seat.part, one.presence, one.seat.has_vote) for one in found
    ]


def quorum_of(meeting: Meeting) -> Quorum:
    """Members, those here, and how many are needed."""
    rules = regulations_of(meeting)
    return voting.quorum(here(meeting), num=rules.quorum_num, den=rules.quorum_den)


def presiding_of(meeting: Meeting) -> int | None:
    return voting.presiding(here(meeting))
