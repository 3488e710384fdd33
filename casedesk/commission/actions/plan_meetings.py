"""Plan meetings: one, or a year of them by the rhythm of the regulations."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.commission.actions.locked import locked, move, require
from casedesk.commission.models import Commission, Meeting, Regulations, WorkingGroup
from casedesk.commission.rules.meeting_plan import planned_days
from casedesk.commission.rules.words import MeetingState
from casedesk.common.refusals import Refusal
from casedesk.norms.working_days import working_calendar


class NothingToPlan(Refusal):
    """Every month that asks for a meeting has one."""

    code = "nothing_to_plan"


@transaction.atomic
def plan_meeting(
    *,
    commission: Commission,
    planned_on: dt.date,
    time: str = "10:00",
    place: str = "",
    topic: str = "",
    guests: str = "",
    group: WorkingGroup | None = None,
    by: User | None,
) -> Meeting:
    """Put one meeting into the plan."""
    require(by, Right.RUN_COMMISSION)
    return Meeting.objects.create(
        commission=commission,
        group=group,
        planned_on=planned_on,
        time=time,
        place=place,
        topic=topic,
        guests=guests,
        planned_by=by,
    )


@transaction.atomic
def plan_year(*, commission: Commission, year: int, place: str = "", by: User | None, on: dt.date) -> list[Meeting]:
    """Plan the year's meetings from the day on; months that have one are passed over. Raises NothingToPlan."""
    require(by, Right.RUN_COMMISSION)
    Commission.objects.select_for_update().get(pk=commission.pk)
    rules = Regulations.objects.of(commission, max(on, dt.date(year, 1, 1)))
    taken = set(
        Meeting.objects.filter(commission=commission, planned_on__year=year, group__isnull=True)
        .exclude(state=MeetingState.CANCELLED)
        .values_list("planned_on__month", flat=True)
    )
    days = planned_days(year, rules.rhythm, rules.meeting_day, working_calendar().on_or_after)
    wanted = [day for day in days if day >= on and day.month not in taken]
    if not wanted:
        raise NothingToPlan(f"На {year} год заседания уже запланированы или прошли: {rules.get_rhythm_display()}.")
    return [plan_meeting(commission=commission, planned_on=day, place=place, by=by) for day in wanted]


@transaction.atomic
def reschedule(*, meeting: Meeting, planned_on: dt.date, time: str, place: str, topic: str, guests: str, by: User, on: dt.date):
    """Change day, time, place, topic or guests of a meeting that is not called yet. Raises NotAllowed."""
    one = locked(meeting, "edit", by=by, on=on)
    one.planned_on, one.time, one.place, one.topic, one.guests = planned_on, time, place, topic, guests
    one.save(update_fields=["planned_on", "time", "place", "topic", "guests"])
    return one


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User, on: dt.date) -> Meeting:
    """Cancel a meeting that has not begun. Raises NotAllowed."""
    one = locked(meeting, "cancel", by=by, on=on)
    move(one, "cancel")
    one.why_not = reason[:300]
    one.save(update_fields=["state", "why_not"])
    return one
