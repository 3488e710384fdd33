"""What happened to writs, gathered for `enforcement.rules.standing`: for one or for thousands in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from enforcement.models import EnforcementProceeding, ImpossibilityAct, Presentation, Writ, WritFact
from enforcement.rules.standing import PaperFacts, Stay

Days = dict[int, list[dt.date]]


def paper_facts(writs: Iterable[Writ], part_payments: Days | None = None) -> dict[int, PaperFacts]:
    """Writ id -> what its standing depends on. `part_payments` are days on which the ledger saw money on the writ."""
    listed = list(writs)
    first = _originals(listed)
    ids = [writ.pk for writ in listed] + [writ.pk for writ in first.values()]
    stays = _stays(ids)
    marks: dict[int, list] = defaultdict(list)
    paid: Days = defaultdict(list)
    for fact in WritFact.objects.standing().filter(writ__in=ids):
        if fact.kind == WritFact.Kind.PART_PAID:
            paid[fact.writ_id].append(fact.happened_on)
        else:
            marks[fact.writ_id].append((fact.kind, fact.happened_on))
    ledger = part_payments or {}
    return {
        writ.pk: PaperFacts(
            kind=writ.kind,
            issued_on=first.get(writ.pk, writ).issued_on,
            in_force_on=first.get(writ.pk, writ).in_force_on,
            stays=tuple(stays[first[writ.pk].pk] + stays[writ.pk] if writ.pk in first else stays[writ.pk]),
            part_paid=tuple(sorted({*paid[writ.pk], *ledger.get(writ.pk, ())})),
            marks=tuple(marks[writ.pk]),
        )
        for writ in listed
    }


def _originals(writs: list[Writ]) -> dict[int, Writ]:
    """Duplicate's id -> the lost paper: the term runs on from the first one (ГПК РФ ст. 430)."""
    wanted = {writ.duplicate_of_id: writ.pk for writ in writs if writ.duplicate_of_id}
    return {wanted[old.pk]: old for old in Writ.objects.filter(pk__in=wanted)} if wanted else {}


def _stays(ids: list[int]) -> dict[int, list[Stay]]:
    """Presentations with their proceedings; a proceeding that no presentation explains is a stay of its own."""
    stays: dict[int, list[Stay]] = defaultdict(list)
    acts = _acts(ids)
    running: dict[int, EnforcementProceeding] = {}
    for proceeding in EnforcementProceeding.objects.live().filter(writ__in=ids).order_by("opened_on", "pk"):
        if proceeding.presentation_id is None:
            stays[proceeding.writ_id].append(_stay_of(proceeding, acts))
        elif proceeding.status == EnforcementProceeding.Status.OPEN:
            running.setdefault(proceeding.presentation_id, proceeding)
    for one in Presentation.objects.filter(writ__in=ids).order_by("sent_on", "pk"):
        act = acts.get(("presentation", one.pk))
        proceeding = running.get(one.pk)
        stays[one.writ_id].append(
            Stay(
                presented=one.sent_on,
                ended=one.ended_on,
                ground=act.ground if act and one.ended_ground.startswith("47") else one.ended_ground,
                resolution_sent=one.resolution_sent_on,
                is_opened=proceeding is not None,
                opened=proceeding.opened_on if proceeding else None,
            )
        )
    return stays


def _acts(ids: list[int]) -> dict[tuple[str, int], ImpossibilityAct]:
    found = {}
    for act in ImpossibilityAct.objects.filter(writ__in=ids):
        found["presentation", act.presentation_id] = act
        found["proceeding", act.proceeding_id] = act
    return found


def _stay_of(proceeding: EnforcementProceeding, acts: dict) -> Stay:
    """A proceeding that a register brought: presented on the day it was opened at the latest."""
    act = acts.get(("proceeding", proceeding.pk))
    is_open = proceeding.status == EnforcementProceeding.Status.OPEN
    ended = None if is_open else proceeding.ended_on or proceeding.opened_on
    begun = proceeding.opened_on or ended or proceeding.writ.issued_on or dt.date(2008, 2, 1)
    return Stay(
        presented=begun,
        ended=ended if is_open or ended else begun,
        ground=act.ground if act else proceeding.ended_ground,
        resolution_sent=act.sent_on if act else None,
        is_opened=is_open,
        opened=proceeding.opened_on,
    )
