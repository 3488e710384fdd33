"""Plan a round of addresses: its doors chosen among open cases and put in the order of the walk; hold it, cancel it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import check_may
from debtors.models import CaseFile, Round, RoundStop
from debtors.queries.rounds import doors_for
from debtors.rules.visit_words import ROUND_NAMES, RoundState
from debtors.rules.walk_order import walk_key

MOST = 200


class RoundClosed(NotAllowed):
    """The round is held or cancelled: nothing of it changes any more."""

    code = "round_closed"


class NobodyToVisit(Refusal):
    """Nobody fits what was asked for."""

    code = "nobody_to_visit"


@dataclass(frozen=True)
class Doors:
    """Whom to visit: houses (none: all), the least overdue debt in kopecks, how many doors."""

    houses: tuple[int, ...] = ()
    overdue_from: int = 0
    most: int = 40


@transaction.atomic
def plan_round(*, creditor: Organisation, planned_on: dt.date, walkers: str, by: User | None, note: str = "") -> Round:
    """Put a round into the plan, with no addresses yet. Raises NotAllowed."""
    check_may(by, Right.WORK_CASES)
    return Round.objects.create(creditor=creditor, planned_on=planned_on, walkers=walkers, note=note, planned_by=by)


def lock_round(one: Round) -> Round:
    """The round as it stands, held until the transaction ends. Raises RoundClosed when it is over."""
    one = Round.objects.select_for_update(of=("self",)).select_related("creditor").get(pk=one.pk)
    if one.state != RoundState.PLANNED:
        raise RoundClosed(f"{one} уже {ROUND_NAMES[RoundState(one.state)]}: менять в нём ничего нельзя. Запланируйте новый.")
    return one


@transaction.atomic
def add_doors(*, round_: Round, doors: Doors, by: User | None) -> tuple[int, list[tuple[str, int]]]:
    """Add the debtors that fit, largest debt first; return how many are new, and who was left out by reason.

    Held, disputed, promised and too often visited people stay out. Raises RoundClosed, NobodyToVisit, NotAllowed.
    """
    check_may(by, Right.WORK_CASES)
    held = lock_round(round_)
    found = CaseFile.objects.live().filter(creditor=held.creditor, overdue__gte=max(1, doors.overdue_from))
    if doors.houses:
        found = found.filter(account__premises__house__in=doors.houses)
    found = found.exclude(pk__in=held.stops.values("case")).select_related("account__premises__house")
    going, left_out = doors_for(found.order_by("-overdue", "pk"), creditor=held.creditor, on=held.planned_on)
    going = going[: min(doors.most, MOST)]
    if not going:
        why = "; ".join(f"{reason}: {count}" for reason, count in left_out)
        raise NobodyToVisit(f"Идти не к кому{' (' + why + ')' if why else ''}. Уменьшите сумму или возьмите другие дома.")
    RoundStop.objects.bulk_create([_stop(held, case, amount) for case, amount in going])
    _order(held)
    return len(going), left_out


def _stop(one: Round, case: CaseFile, amount: int) -> RoundStop:
    premises = case.account.premises
    house = str(premises.house) if premises else case.address
    flat = premises.number if premises else ""
    return RoundStop(round=one, case=case, account=case.account, house=house[:300], flat=flat[:30], amount=amount)


def _order(one: Round) -> None:
    """Number the doors house by house, flats in the order of stairs."""
    stops = sorted(one.stops.all(), key=lambda stop: walk_key(stop.house, stop.flat))
    for position, stop in enumerate(stops, start=1):
        stop.position = position
    RoundStop.objects.bulk_update(stops, ["position"])


@transaction.atomic
def drop_door(*, stop: RoundStop) -> None:
    """Take a door off the sheet. Raises RoundClosed, and NotAllowed when somebody was there already."""
    lock_round(stop.round)
    if stop.visits.exists():
        raise NotAllowed(f"По адресу {stop} уже записан результат: убрать его нельзя. Неверный – исправьте.")
    stop.delete()


@transaction.atomic
def hold_round(*, round_: Round) -> Round:
    """Close the round on the day of its last visit. Raises RoundClosed, and NotAllowed when nobody was visited."""
    one = lock_round(round_)
    last = one.stops.aggregate(day=Max("visits__visited_on"))["day"]
    if last is None:
        raise NotAllowed(f"{one}: не записано ни одного посещения. Запишите результаты или отмените обход.")
    one.state, one.held_on = RoundState.HELD, last
    one.save(update_fields=["state", "held_on"])
    return one


@transaction.atomic
def cancel_round(*, round_: Round, reason: str) -> Round:
    """Cancel a round in which nobody was visited. Raises RoundClosed, NotAllowed."""
    one = lock_round(round_)
    if one.stops.filter(visits__isnull=False).exists():
        raise NotAllowed(f"{one}: результаты уже записаны. Закройте его как проведённый.")
    one.state, one.cancel_reason = RoundState.CANCELLED, reason[:300]
    one.save(update_fields=["state", "cancel_reason"])
    return one
