"""Tie writs to the live cases of their accounts and let the cases follow: events, stage, next step.

A case stands where its newest writ stands. A writ whose booking was undone lets its case go back.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch

from casedesk.access.models import Organisation, User
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseAccount, CaseEvent, CaseFile
from debtors.rules.case_events import EVENTS
from debtors.rules.stages import LIVE_STAGES, Stage
from enforcement.models import EnforcementProceeding, Writ
from enforcement.rules.terms import actions_end, earliest_repeat, presentation_ends

BATCH = 2_000
_BEYOND = (Stage.WRIT, Stage.PROCEEDING, Stage.RETURNED)


@dataclass(frozen=True)
class Attached:
    """How many writs were tied to cases, and how many were let go because their booking is undone."""

    tied: int
    let_go: int


@dataclass(frozen=True)
class _Happened:
    """One event to be written, and where it leads."""

    code: str
    stage: Stage
    until: dt.date | None
    subject: Writ | EnforcementProceeding
    data: dict


@transaction.atomic
def attach_writs(*, creditor: Organisation, on: dt.date, by: User | None) -> Attached:
    """Tie what can be tied, in a fixed number of statements; repeating it changes nothing."""
    let_go = _let_go(creditor, on, by)
    cases = dict(
        CaseAccount.objects.filter(is_live=True, case__creditor=creditor, account__writs__case_file=None)
        .values_list("account_id", "case_id")
        .distinct()
    )
    writs = list(
        Writ.objects.live()
        .filter(creditor=creditor, case_file=None, account__in=cases)
        .prefetch_related(Prefetch("proceedings", EnforcementProceeding.objects.live().order_by("opened_on", "id")))
        .order_by("issued_on", "id")
    )
    files = CaseFile.objects.in_bulk([cases[writ.account_id] for writ in writs])
    events, moved = [], {}
    for writ in writs:
        writ.case_file = files[cases[writ.account_id]]
        for happened in _story(writ):
            events.append(_event(happened, writ.case_file, on, by))
            moved[writ.case_file_id] = writ.case_file
            writ.case_file.stage, writ.case_file.stage_on, writ.case_file.stage_until = happened.stage, on, happened.until
    Writ.objects.bulk_update(writs, ["case_file"], BATCH)
    _keep(list(moved.values()), events, creditor, on)
    return Attached(len(writs), let_go)


def _story(writ: Writ) -> list[_Happened]:
    """What the register tells of a writ, as the events of a case: the paper, then its newest proceeding."""
    paper = {"writ": str(writ), "total_kopecks": writ.total}
    story = [_Happened("writ_registered", Stage.WRIT, presentation_ends(writ.issued_on), writ, paper)]
    newest = list(writ.proceedings.all())[-1:]
    for proceeding in newest:
        opened = {"proceeding": proceeding.number, "bailiff": proceeding.bailiff or "пристав не назван"}
        story.append(_Happened("proceeding_opened", Stage.PROCEEDING, actions_end(proceeding.opened_on), proceeding, opened))
        if proceeding.status != EnforcementProceeding.Status.OPEN:
            story.append(_end_of(proceeding))
    return story


def _end_of(proceeding: EnforcementProceeding) -> _Happened:
    data = {"proceeding": proceeding.number, "ground": proceeding.ground_text or "основание не названо"}
    if proceeding.ended_ground.startswith("46."):
        earliest = earliest_repeat(proceeding.ended_on, proceeding.ended_ground)
        return _Happened("writ_returned", Stage.RETURNED, earliest, proceeding, data)
    return _Happened("proceeding_ended", Stage.OPENED, None, proceeding, data)


def _event(happened: _Happened, case: CaseFile, on: dt.date, by: User | None) -> CaseEvent:
    EVENTS[happened.code].check(happened.data)
    return CaseEvent(
        case=case,
        code=happened.code,
        happened_on=max(on, case.opened_on),
        recorded_by=by,
        data=happened.data,
        term_until=happened.until,
        subject_kind=happened.subject._meta.model_name,
        subject_id=happened.subject.pk,
    )


def _let_go(creditor: Organisation, on: dt.date, by: User | None) -> int:
    """Untie writs whose booking was undone; a case that stood on one goes back to the beginning."""
    gone = list(
        Writ.objects.filter(creditor=creditor, case_file__isnull=False, booking__undone_at__isnull=False).select_related(
            "case_file"
        )
    )
    cases = {writ.case_file_id: writ.case_file for writ in gone if writ.case_file.stage in _BEYOND}
    events = [
        CaseEvent(
            case=case,
            code="writ_withdrawn",
            happened_on=on,
            recorded_by=by,
            data={"why": "загрузка, из которой он пришёл, отменена"},
        )
        for case in cases.values()
    ]
    for case in cases.values():
        case.stage, case.stage_on, case.stage_until = Stage.OPENED, on, None
    Writ.objects.filter(pk__in=[writ.pk for writ in gone]).update(case_file=None)
    _keep(list(cases.values()), events, creditor, on)
    return len(gone)


def _keep(cases: list[CaseFile], events: list[CaseEvent], creditor: Organisation, on: dt.date) -> None:
    """Write the events and the stages that follow from them."""
    if not cases:
        return
    CaseEvent.objects.bulk_create(events, BATCH)
    live = [case for case in cases if case.stage in LIVE_STAGES]
    CaseFile.objects.bulk_update(live, ["stage", "stage_on", "stage_until"], BATCH)
    refresh_steps(creditor=creditor, on=on, case_ids=[case.pk for case in live])
