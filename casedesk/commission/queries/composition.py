"""Compositions read: who sits on a day, whether that is what the plan asks for, the year's calendar."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.commission.models import Commission, Meeting, Regulations, Seat
from casedesk.commission.rules.composition import CompositionCheck, check_composition
from casedesk.commission.rules.meeting_plan import MONTHS, months_without
from casedesk.commission.rules.words import MeetingState, Rhythm
from casedesk.common import months


def check_of(commission: Commission, day: dt.date, required: Iterable[str] | None = None) -> CompositionCheck:
    """The check of plan row Z3a on the day; `required` replaces the offices that the regulations ask for."""
    seats = Seat.objects.filter(commission=commission).on(day).values_list("part", "office")
    asked = Regulations.objects.of(commission, day).required_offices if required is None else required
    return check_composition(seats, asked)


@dataclass(frozen=True)
class CalendarMonth:
    """A month of the year: whether the rhythm asks for a meeting, which there are, whether it was missed."""

    month: int
    asked: bool
    meetings: list[Meeting]
    missed: bool


def calendar(commission: Commission, year: int, rhythm: str, today: dt.date) -> list[CalendarMonth]:
    """The twelve months with their meetings. One query."""
    found: dict[int, list[Meeting]] = {}
    meetings = Meeting.objects.filter(commission=commission, planned_on__year=year, group__isnull=True)
    for meeting in meetings.exclude(state=MeetingState.CANCELLED).order_by("planned_on", "pk"):
        found.setdefault(months.of(meeting.planned_on), []).append(meeting)
    held = {month for month, listed in found.items() if any(one.held_on for one in listed)}
    missed = set(months_without(year, rhythm, held, upto=today))
    asked = {months.make(year, number) for number in MONTHS[Rhythm(rhythm)]}
    every = range(months.make(year, 1), months.make(year, 12) + 1)
    return [CalendarMonth(month, month in asked, found.get(month, []), month in missed) for month in every]
