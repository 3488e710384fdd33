"""Freeze the reports of the periods that the last month ended, as a timer does: what is there already is left as it is."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casedesk.access.models import Organisation
from casedesk.commission.models import Commission, Meeting
from casedesk.commission.rules.words import MeetingState
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.plans.actions.freeze_commission_report import freeze_commission_report
from casedesk.plans.actions.freeze_report import freeze_report
from casedesk.plans.models import CommissionReport, Plan, PlanReport
from casedesk.plans.queries.report_content import Wanted, open_months
from casedesk.plans.rules.spans import Period, Span, period_of

FROM_DAY = 10
"""The day of the next month from which a report does not wait for months to be closed: plan row L-App4 asks for it then."""

FROZEN, KEPT, WAITS, FAILED = "frozen", "kept", "waits", "failed"
UNFINISHED = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.OPENED, MeetingState.CLOSED)


@dataclass(frozen=True)
class Outcome:
    """What became of one report. `why`: what it waits for, or the refusal."""

    name: str
    period: Period
    what: str
    why: str = ""


@dataclass(frozen=True)
class _Due:
    """A report to be made: whether it is there, what it would rather wait for, how it is made."""

    name: str
    period: Period
    is_made: Callable[[], bool]
    waits_for: Callable[[], str]
    make: Callable[[], object]


def ended(on: dt.date) -> list[Period]:
    """The periods that ended with the month before the day: a month always, a quarter and a year sometimes."""
    month = months.of(on) - 1
    return [period for period in (period_of(span, month) for span in Span) if period.last == month]


def freeze_due(*, on: dt.date, at: dt.datetime, from_day: int = FROM_DAY, only_tell: bool = False) -> Iterator[Outcome]:
    """Freeze what is due on the day, one after another; yields what became of each. Safe to repeat.

    A report is due for the municipality of a plan's territory, and for everybody who already has an earlier report of the
    plan; for every commission. Before `from_day` of the month it waits until the months are closed, a commission's until all
    minutes are signed. A refusal of one does not stop the others. `only_tell` freezes nothing.
    """
    for due in (*_of_plans(on, at), *_of_commissions(on, at)):
        yield _outcome(due, on.day < from_day, only_tell)


def _outcome(due: _Due, may_wait: bool, only_tell: bool) -> Outcome:
    if due.is_made():
        return Outcome(due.name, due.period, KEPT)
    why = due.waits_for() if may_wait else ""
    if why:
        return Outcome(due.name, due.period, WAITS, why)
    if not only_tell:
        try:
            due.make()
        except Refusal as refusal:
            return Outcome(due.name, due.period, FAILED, refusal.message)
    return Outcome(due.name, due.period, FROZEN)


def _of_plans(on: dt.date, at: dt.datetime) -> Iterator[_Due]:
    for plan in Plan.objects.select_related("territory"):
        for period in (one for one in ended(on) if _in_force(plan, one)):
            for whose in _whose(plan, period):
                yield _plan_due(Wanted(plan, whose, period, at), on)


def _in_force(plan: Plan, period: Period) -> bool:
    begun = plan.valid_from is None or plan.valid_from <= months.last_day(period.last)
    return begun and (plan.valid_to is None or plan.valid_to > months.first_day(period.first))


def _whose(plan: Plan, period: Period) -> list[Organisation | None]:
    """Whose report is made by itself; None: that of the whole installation."""
    earlier = PlanReport.objects.filter(plan=plan, last_month__lt=period.last).order_by().values_list("organisation", flat=True)
    known = set(earlier.distinct())
    halls = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY, territory=plan.territory_id)
    found = list(halls) if plan.territory_id else []
    others = Organisation.objects.filter(pk__in=known - {None}).exclude(pk__in=[one.pk for one in found])
    return [*found, *others, *([None] if None in known else [])]


def _plan_due(wanted: Wanted, on: dt.date) -> _Due:
    plan, whose, period = wanted.plan, wanted.organisation, wanted.period
    asked = {"plan": plan, "organisation": whose, "period": period}
    made = PlanReport.objects.filter(plan=plan, organisation=whose, first_month=period.first, last_month=period.last)
    return _Due(
        f"План {plan.code}, {whose or 'все организации'}",
        period,
        made.exists,
        lambda: ", ".join(f"не закрыты месяцы: {one['creditor']}" for one in open_months(wanted)),
        lambda: freeze_report(**asked, by=None, at=wanted.known_at, on=on),
    )


def _of_commissions(on: dt.date, at: dt.datetime) -> Iterator[_Due]:
    for commission in Commission.objects.select_related("municipality"):
        for period in ended(on):
            days = months.first_day(period.first), months.last_day(period.last)
            if commission.valid_from <= days[1] and (commission.valid_to is None or commission.valid_to > days[0]):
                yield _commission_due(commission, period, on, at)


def _commission_due(commission: Commission, period: Period, on: dt.date, at: dt.datetime) -> _Due:
    span = {"first_month": period.first, "last_month": period.last}
    days = months.first_day(period.first), months.last_day(period.last)
    unfinished = Meeting.objects.filter(commission=commission, planned_on__range=days, state__in=UNFINISHED)
    return _Due(
        str(commission),
        period,
        CommissionReport.objects.filter(commission=commission, **span).exists,
        lambda: "заседания без подписанного протокола" if unfinished.exists() else "",
        lambda: freeze_commission_report(commission=commission, period=period, by=None, at=at, on=on),
    )
