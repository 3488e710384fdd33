"""Put cases where their events leave them, and count their next steps anew. The one way for claims, writs and proceedings."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from casedesk.common.bulk import update_all
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseEvent, CaseFile
from debtors.states.case_file import replay

STANDS = ("stage", "stage_on", "stage_until")


def told_of(cases: Iterable[CaseFile]) -> dict[int, list[CaseEvent]]:
    """Case id -> its events in the order they were told. One query."""
    told: dict[int, list[CaseEvent]] = defaultdict(list)
    for event in CaseEvent.objects.filter(case__in=[case.pk for case in cases]).order_by("pk"):
        told[event.case_id].append(event)
    return told


def settle_cases(cases: Iterable[CaseFile], told: Mapping[int, Sequence[CaseEvent]], *, on: dt.date) -> None:
    """Write the stages that the events give and the next steps as of `on`. A fixed number of statements per creditor.

    `cases` come with their creditor and live; a case without a word that moves it stays where it is.
    """
    listed, moved = list(cases), []
    for case in listed:
        standing = replay(told[case.pk])
        if standing.stage and any(getattr(case, name) != getattr(standing, name) for name in STANDS):
            case.stage, case.stage_on, case.stage_until = standing.stage, standing.stage_on, standing.stage_until
            moved.append(case)
    update_all(moved, STANDS)
    by_creditor: dict[int, list[CaseFile]] = defaultdict(list)
    for case in listed:
        by_creditor[case.creditor_id].append(case)
    for theirs in by_creditor.values():
        refresh_steps(creditor=theirs[0].creditor, on=on, case_ids=[case.pk for case in theirs])
