"""Plan a raid: its addresses chosen among open cases and put in the order of the walk; hold it, cancel it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.models import CaseFile
from debtors.rules.walk_order import walk_key
from enforcement.models import EnforcementProceeding, Raid, RaidStop
from enforcement.rules.raid_words import STATE_NAMES, RaidState

MOST = 300
"""Doors in one raid. More than three dozen a day is already a dream."""


class RaidClosed(NotAllowed):
    """The raid is held or cancelled: nothing of it changes any more."""

    code = "raid_closed"


class NothingToVisit(Refusal):
    """Nobody fits what was asked for."""

    code = "nothing_to_visit"


@dataclass(frozen=True)
class Wanted:
    """Whom to visit: houses (none: all), the least overdue debt in kopecks, only with a running proceeding, how many doors."""

    houses: tuple[int, ...] = ()
    overdue_from: int = 0
    at_bailiffs: bool = True
    most: int = 40


@transaction.atomic
def plan_raid(
    *,
    creditor: Organisation,
    planned_on: dt.date,
    departments: list[Organisation],
    team: str = "",
    purpose: str = "",
    meeting_place: str = "",
    by: User | None,
) -> Raid:
    """Put a raid into the plan, with no addresses yet."""
    raid = Raid.objects.create(
        creditor=creditor, planned_on=planned_on, team=team, purpose=purpose, meeting_place=meeting_place, planned_by=by
    )
    raid.departments.set(departments)
    return raid


def lock(raid: Raid, *, open_only: bool = True) -> Raid:
    """The raid as it stands, held until the transaction ends. Raises RaidClosed when it is over."""
    raid = Raid.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=raid.pk)
    if open_only and raid.state != RaidState.PLANNED:
        state = STATE_NAMES[RaidState(raid.state)]
        raise RaidClosed(f"{raid} уже {state}: менять в нём ничего нельзя. Запланируйте новый рейд.")
    return raid


@transaction.atomic
def add_stops(*, raid: Raid, wanted: Wanted) -> int:
    """Add the debtors that fit, largest debt first, and put all doors in the order of the walk; return how many are new.

    A case already in the raid is not added again. Raises RaidClosed, and NothingToVisit when nobody fits.
    """
    raid = lock(raid)
    found = CaseFile.objects.live().filter(creditor=raid.creditor, overdue__gte=max(1, wanted.overdue_from))
    if wanted.houses:
        found = found.filter(account__premises__house__in=wanted.houses)
    if wanted.at_bailiffs:
        running = EnforcementProceeding.objects.live().filter(status="open")
        departments = list(raid.departments.values_list("pk", flat=True))
        if departments:
            running = running.filter(department__in=departments)
        found = found.filter(pk__in=running.values("writ__case_file"))
    found = found.exclude(pk__in=raid.stops.values("case_file")).select_related("account__premises__house")
    cases = list(found.order_by("-overdue", "pk")[: min(wanted.most, MOST)])
    if not cases:
        raise NothingToVisit("Под эти условия не подходит ни одно открытое дело. Уменьшите сумму или возьмите другие дома.")
    RaidStop.objects.bulk_create([_stop(raid, case) for case in cases])
    order_walk(raid)
    return len(cases)


def _stop(raid: Raid, case: CaseFile) -> RaidStop:
    premises = case.account.premises
    house = str(premises.house) if premises else case.address
    flat = premises.number if premises else ""
    return RaidStop(raid=raid, case_file=case, account=case.account, house=house[:300], flat=flat[:30])


def order_walk(raid: Raid) -> None:
    """Number the doors house by house, flats in the order of stairs."""
    stops = sorted(raid.stops.all(), key=lambda stop: walk_key(stop.house, stop.flat))
    for position, stop in enumerate(stops, start=1):
        stop.position = position
    RaidStop.objects.bulk_update(stops, ["position"])


@transaction.atomic
def drop_stop(*, stop: RaidStop) -> None:
    """Take a door out of the plan. Raises RaidClosed, and NotAllowed when somebody was there already."""
    lock(stop.raid)
    if stop.visits.exists():
        raise NotAllowed(f"По адресу {stop} уже записан результат: убрать его из рейда нельзя.")
    stop.delete()


@transaction.atomic
def hold_raid(*, raid: Raid, on: dt.date) -> Raid:
    """Close the raid as held on the day of its last visit. Raises RaidClosed, and NotAllowed when nobody was visited."""
    raid = lock(raid)
    last = raid.stops.aggregate(day=Max("visits__visited_on"))["day"]
    if last is None:
        raise NotAllowed(f"{raid}: не записано ни одного посещения. Запишите результаты или отмените рейд.")
    raid.state, raid.held_on = RaidState.HELD, last
    raid.save(update_fields=["state", "held_on"])
    return raid


@transaction.atomic
def cancel_raid(*, raid: Raid, reason: str) -> Raid:
    """Cancel a raid in which nobody was visited. Raises RaidClosed, NotAllowed."""
    raid = lock(raid)
    if raid.stops.filter(visits__isnull=False).exists():
        raise NotAllowed(f"{raid}: результаты уже записаны. Закройте его как проведённый.")
    raid.state, raid.cancel_reason = RaidState.CANCELLED, reason[:300]
    raid.save(update_fields=["state", "cancel_reason"])
    return raid
