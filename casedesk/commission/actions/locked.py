"""Taking a meeting into one's hands: the row locked, the move allowed, the person entitled."""

import datetime as dt

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.commission.models import Meeting
from casedesk.commission.states.meeting import MEETING
from casedesk.common.refusals import NotAllowed


def locked(meeting: Meeting, action: str, *, by: User | None, on: dt.date) -> Meeting:
    """The fresh row under a lock, with the move checked. Raises NotAllowed by state, guard or right; None is the system."""
    one = Meeting.objects.select_for_update(of=("self",)).select_related("commission__municipality", "group").get(pk=meeting.pk)
    move = MEETING.check(one, action, on)
    require(by, move.right)
    return one


def require(by: User | None, right: str) -> None:
    """Raise NotAllowed when the person lacks the right."""
    if by is not None and not scope_of(by).may(right):
        raise NotAllowed(f"Нужно право «{Right(right).label}». Его даёт роль; обратитесь к администратору.", right=right)


def move(meeting: Meeting, action: str) -> None:
    """Put the meeting where the action leads. The row is locked by the caller."""
    meeting.state = MEETING.find(meeting.state, action).leads_to(meeting.state)
