"""What a report on a commission's work says, as data: meetings, decisions by kind, what was carried out, what it brought.

Plain JSON values only, money in kopecks, no names and no cases: it is kept as it is and never computed again.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from casedesk.commission.models import AgendaItem, Commission, Decision, Meeting
from casedesk.commission.queries.effect import QuarterEffect, effect_of, quarter_of
from casedesk.commission.queries.meetings import with_figures
from casedesk.commission.queries.tasks import with_facts
from casedesk.commission.rules.decision_kinds import KIND_NAMES
from casedesk.commission.rules.words import MEETING_NAMES, MeetingState, Outcome
from casedesk.common import months
from casedesk.plans.rules.spans import Period

FORM = 1
"""Of the content's shape: a later program reads earlier reports by it."""


@dataclass(frozen=True)
class Asked:
    """Whose work of which period, as known at a moment."""

    commission: Commission
    period: Period
    known_at: dt.datetime

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        return months.first_day(self.period.first), months.last_day(self.period.last)


def commission_content(asked: Asked) -> dict:
    """The report. Meetings count when both signatures stood under their minutes; the number of queries is fixed."""
    meetings = _meetings(asked)
    return {
        "form": FORM,
        **_head(asked),
        "meetings": [_meeting(one) for one in meetings],
        "totals": _totals(asked, meetings),
        "decisions": _decisions(asked),
        "effect": _effects(asked),
    }


def _head(asked: Asked) -> dict:
    whose = asked.commission
    return {
        "commission": {"name": whose.name, "act": whose.act, "municipality": whose.municipality.name},
        "span": asked.period.span,
        "period": asked.period.name,
        "months": [months.iso(month) for month in asked.period.months],
        "as_of": asked.days[1].isoformat(),
        "known_at": asked.known_at.isoformat(),
    }


def _signed(asked: Asked, path: str = "") -> Q:
    """Meetings of the period whose minutes were signed by the moment."""
    return Q(
        **{
            f"{path}commission": asked.commission,
            f"{path}state": MeetingState.SIGNED,
            f"{path}held_on__range": asked.days,
            f"{path}minutes__signed_at__lte": asked.known_at,
        }
    )


def _meetings(asked: Asked) -> list[Meeting]:
    """Signed meetings of the period and those that failed, oldest first."""
    failed = Q(commission=asked.commission, state=MeetingState.FAILED, planned_on__range=asked.days)
    invited = Count("items", filter=Q(items__summons__sent_on__isnull=False), distinct=True)
    found = with_figures(Meeting.objects.filter(_signed(asked) | failed)).annotate(invited=invited)
    return list(found.order_by("planned_on", "pk"))


def _meeting(one: Meeting) -> dict:
    failed = one.state == MeetingState.FAILED
    return {
        "name": str(one) if failed else one.minutes_name,
        "on": (one.held_on or one.planned_on).isoformat(),
        "group": one.group_id is not None,
        "held": not failed,
        "state": MEETING_NAMES[MeetingState(one.state)],
        "why": one.why_not,
        "members": one.members,
        "present": one.present,
        "heard": 0 if failed else one.heard,
        "invited": one.invited,
        "came": one.came,
        "decisions": one.adopted,
    }


def _totals(asked: Asked, meetings: list[Meeting]) -> dict:
    held = [one for one in meetings if one.state == MeetingState.SIGNED]
    items = AgendaItem.objects.filter(_signed(asked, "meeting__"))
    planned = Meeting.objects.filter(commission=asked.commission, planned_on__range=asked.days, group=None)
    late = _tasks(asked).filter(due_on__lte=asked.days[1]).filter(_not_done_by(asked))
    return {
        "planned": planned.exclude(state=MeetingState.CANCELLED).count(),
        "held": sum(one.group_id is None for one in held),
        "group_held": sum(one.group_id is not None for one in held),
        "failed": len(meetings) - len(held),
        "heard": sum(one.heard for one in held),
        "cases": items.values("case").distinct().count(),
        "invited": sum(one.invited for one in held),
        "came": sum(one.came for one in held),
        "decisions": sum(one.adopted for one in held),
        "not_done": late.count(),
    }


def _tasks(asked: Asked) -> QuerySet[Decision]:
    """Decisions in force of this commission that are tasks, with the day they were carried out."""
    found = Decision.objects.tasks().filter(
        item__meeting__commission=asked.commission, item__meeting__minutes__signed_at__lte=asked.known_at
    )
    return with_facts(found)


def _not_done_by(asked: Asked) -> Q:
    return Q(ended_on__isnull=True) | Q(ended_on__gt=asked.days[1])


def _decisions(asked: Asked) -> list[dict]:
    """A row per kind: decided in the period, and how the tasks whose day fell into the period stood on its last day."""
    rows: dict[str, dict] = {}

    def add(kind: str, name: str, count: int) -> None:
        row = rows.setdefault(kind, dict.fromkeys(("adopted", "rejected", "due", "in_time", "late", "not_done"), 0))
        row[name] += count

    decided = Decision.objects.filter(_signed(asked, "item__meeting__")).exclude(outcome=Outcome.OPEN)
    for kind, outcome, count in _counted(decided, "kind", "outcome"):
        add(kind, "adopted" if outcome == Outcome.ADOPTED else "rejected", count)
    in_time = Q(ended_on__lte=F("due_on"))
    for name, which in (("in_time", in_time), ("late", ~in_time & ~_not_done_by(asked)), ("not_done", _not_done_by(asked))):
        for kind, count in _counted(_tasks(asked).filter(which, due_on__range=asked.days), "kind"):
            add(kind, name, count)
            add(kind, "due", count)
    return [{"kind": kind, "label": KIND_NAMES[kind], **rows[kind]} for kind in KIND_NAMES if kind in rows]


def _counted(found: QuerySet, *by: str) -> Iterable[tuple]:
    return found.order_by().values_list(*by).annotate(count=Count("pk"))


def _effects(asked: Asked) -> list[dict]:
    """What the meetings of the period brought by its last day, and those of the quarter before the period's last one."""
    first, last = asked.days
    before = quarter_of(months.first_day(months.of(quarter_of(last)[0]) - 1))
    return [_effect(asked, "заседания периода", first, last), _effect(asked, "заседания прошлого квартала", *before)]


def _effect(asked: Asked, label: str, first: dt.date, last: dt.date) -> dict:
    items = AgendaItem.objects.filter(meeting__commission=asked.commission, meeting__minutes__signed_at__lte=asked.known_at)
    found = effect_of(items, first=first, last=last, today=asked.days[1], known_at=asked.known_at)
    return {"label": label, "from": first.isoformat(), "to": last.isoformat(), **_sums(found)}


def _sums(found: QuarterEffect) -> dict:
    sums = {name: found.total(name) for name in ("decided", "paid", "now", "change")}
    return {"until": found.until.isoformat(), "cases": len(found.lines), "paying": found.paying, **sums}
