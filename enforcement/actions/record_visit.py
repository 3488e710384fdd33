"""Record what came of a visit: on the raid, on the timeline of the case, and as news of property when some was seen."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.events import record
from enforcement.actions.plan_raid import lock
from enforcement.models import PropertyFact, RaidStop, RaidVisit
from enforcement.rules.raid_words import Outcome


class VisitIncomplete(Refusal):
    """The outcome needs more to be said."""

    code = "visit_incomplete"


@dataclass(frozen=True)
class Visit:
    """What is told at the door. Sums in kopecks."""

    outcome: str
    promised_on: dt.date | None = None
    promised: int | None = None
    paid: int | None = None
    notice_handed: bool = False
    property_seen: str = ""
    property_kind: str = "other"
    note: str = ""


@transaction.atomic
def record_visit(*, stop: RaidStop, visit: Visit, by: User | None, on: dt.date) -> RaidVisit:
    """Write the visit down; an earlier one of the same door stays, but counts no more.

    Raises RaidClosed, NotAllowed before the raid's day, VisitIncomplete.
    """
    raid = lock(stop.raid)
    if on < raid.planned_on:
        raise NotAllowed(f"{raid} ещё не начался: результат записывают с {raid.planned_on:%d.%m.%Y}. Перенесите день рейда.")
    _check(visit, on)
    stop.visits.filter(is_last=True).update(is_last=False)
    made = RaidVisit.objects.create(
        stop=stop,
        outcome=visit.outcome,
        visited_on=on,
        promised_on=visit.promised_on if visit.outcome == Outcome.PROMISED else None,
        promised=visit.promised if visit.outcome == Outcome.PROMISED else None,
        paid=visit.paid if visit.outcome == Outcome.PAID else None,
        notice_handed=visit.notice_handed,
        property_seen=visit.property_seen[:300],
        note=visit.note[:500],
        recorded_by=by,
    )
    if visit.property_seen:
        _news_of_property(stop, visit, by, on)
    case = stop.case_file
    record(
        "raid_visited",
        case=case,
        on=max(on, case.opened_on),
        by=by,
        subject=made,
        term_until=made.promised_on,
        raid=str(raid),
        outcome=made.words,
    )
    return made


def _check(visit: Visit, on: dt.date) -> None:
    if visit.outcome == Outcome.PROMISED and visit.promised_on is None:
        raise VisitIncomplete("Обещал оплатить — до какого дня? Укажите день, он станет сроком в деле.")
    if visit.outcome == Outcome.PROMISED and visit.promised_on < on:
        raise VisitIncomplete(f"День обещания {visit.promised_on:%d.%m.%Y} уже прошёл. Укажите будущий день.")
    if visit.outcome == Outcome.PAID and not visit.paid:
        raise VisitIncomplete("Оплатил на месте — сколько? Укажите сумму по чеку.")
    if min(visit.paid or 1, visit.promised or 1) <= 0:
        raise VisitIncomplete("Сумма должна быть больше нуля.")


def _news_of_property(stop: RaidStop, visit: Visit, by: User | None, on: dt.date) -> None:
    """What was seen opens the way to present a returned writ before the six months (229-ФЗ ст. 46 ч. 5)."""
    PropertyFact.objects.create(
        account=stop.account,
        kind=visit.property_kind,
        description=visit.property_seen[:400],
        source=str(stop.raid),
        known_on=on,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
