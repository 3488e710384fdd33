"""What registers, replies and rulings bring about proceedings, carried on to presentations, writs and cases. Set-based.

Files write rows of `EnforcementProceeding`; after them this is called with the writs they touched. It may be called again: what
is done already is passed over. A person's own steps (`record_proceeding`, `record_return`) need it not.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q

from casedesk.access.models import User
from debtors.models import CaseEvent
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.actions.tell import News, tell
from enforcement.models import EnforcementProceeding, Presentation
from enforcement.rules.terms import actions_end, earliest_repeat
from enforcement.rules.words import GROUND_NAMES, UNNAMED

BATCH = 2_000
SUBJECT = EnforcementProceeding._meta.model_name
ENDED = ("writ_returned", "proceeding_ended")


@transaction.atomic
def follow_proceedings(*, writs: Iterable[int], by: User | None, on: dt.date) -> int:
    """Tie the writs' proceedings to presentations, end and reopen these, judge the writs, tell the cases the news.

    Returns how many events were told. A fixed number of statements per two thousand writs.
    """
    ids, told = sorted(set(writs)), 0
    carry_proceedings(ids)
    for start in range(0, len(ids), BATCH):
        told += tell(_news(ids[start : start + BATCH], on), by=by, on=on)
    return told


@transaction.atomic
def carry_proceedings(writs: Iterable[int]) -> None:
    """The same without telling the cases: for those who tell them in their own words (`state_proceedings`)."""
    ids = sorted(set(writs))
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        _tie(some)
        _end(some)
        refresh_writs(some)


def _tie(writ_ids: list[int]) -> None:
    """A proceeding belongs to the presentation during which it was opened."""
    stays: dict[int, list[Presentation]] = defaultdict(list)
    for one in Presentation.objects.filter(writ__in=writ_ids, kind=Presentation.Kind.BAILIFFS).order_by("sent_on", "pk"):
        stays[one.writ_id].append(one)
    tied = []
    loose = EnforcementProceeding.objects.live().filter(writ__in=list(stays), presentation=None, opened_on__isnull=False)
    for proceeding in loose:
        day = proceeding.opened_on
        fitting = [one for one in stays[proceeding.writ_id] if one.sent_on <= day and (not one.ended_on or one.ended_on >= day)]
        if fitting:
            proceeding.presentation = fitting[-1]
            tied.append(proceeding)
    EnforcementProceeding.objects.bulk_update(tied, ["presentation"], BATCH)
    Presentation.objects.filter(pk__in={one.presentation_id for one in tied}, received_on__isnull=True).update(
        received_on=F("sent_on")
    )


def _end(writ_ids: list[int]) -> None:
    """A presentation ends with the last of its proceedings, and runs again when one of them is open again."""
    by_stay: dict[int, list[EnforcementProceeding]] = defaultdict(list)
    rows = EnforcementProceeding.objects.live().filter(writ__in=writ_ids, presentation__isnull=False)
    for proceeding in rows.order_by(F("ended_on").asc(nulls_first=True), "pk"):
        by_stay[proceeding.presentation_id].append(proceeding)
    changed = []
    running = set(Presentation.objects.running().filter(writ__in=writ_ids).values_list("writ_id", flat=True))
    for stay in Presentation.objects.filter(pk__in=list(by_stay)):
        rows = by_stay[stay.pk]
        is_open = any(row.status == EnforcementProceeding.Status.OPEN for row in rows)
        last = rows[-1]
        if stay.ended_on is None and not is_open and last.ended_on:
            stay.ended_on, stay.ended_ground = max(last.ended_on, stay.sent_on), last.ended_ground or UNNAMED
            changed.append(stay)
        elif stay.ended_on and is_open and stay.writ_id not in running:
            stay.ended_on, stay.ended_ground, stay.resolution_sent_on = None, "", None
            changed.append(stay)
    Presentation.objects.bulk_update(changed, ["ended_on", "ended_ground", "resolution_sent_on"], BATCH)


def _news(writ_ids: list[int], on: dt.date) -> list[News]:
    """Openings and ends that the cases have not been told of: of each writ's newest proceeding, and of any still untold."""
    rows = list(
        EnforcementProceeding.objects.live()
        .filter(Q(writ__in=writ_ids), writ__case_file__isnull=False)
        .select_related("writ", "writ__case_file")
        .order_by("writ", "opened_on", "pk")
    )
    newest = {row.writ_id: row for row in rows}
    told = set(
        CaseEvent.objects.filter(subject_kind=SUBJECT, subject_id__in=[row.pk for row in newest.values()]).values_list(
            "subject_id", "code"
        )
    )
    news = []
    for row in newest.values():
        if (row.pk, "proceeding_opened") not in told:
            news.append(_opened(row, on))
        if row.status != EnforcementProceeding.Status.OPEN and not any((row.pk, code) in told for code in ENDED):
            news.append(_ended(row, on))
    return news


def _opened(row: EnforcementProceeding, on: dt.date) -> News:
    data = {"proceeding": row.number, "bailiff": row.bailiff or "пристав не назван"}
    return News(row.writ, "proceeding_opened", _told_on(row, on), row, actions_end(row.opened_on), data)


def _ended(row: EnforcementProceeding, on: dt.date) -> News:
    data = {"proceeding": row.number, "ground": row.ground_text or GROUND_NAMES[UNNAMED]}
    if row.ended_ground.startswith("46."):
        until = earliest_repeat(row.ended_on, row.ended_ground)
        return News(row.writ, "writ_returned", _told_on(row, on), row, until, data)
    return News(row.writ, "proceeding_ended", _told_on(row, on), row, None, data)


def _told_on(row: EnforcementProceeding, on: dt.date) -> dt.date:
    """What a file brings is news of the day it came, never older than the case."""
    return max(on, row.writ.case_file.opened_on)
