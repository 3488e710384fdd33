"""Tie writs to the live cases of their accounts and let the cases follow: events, stage, next step.

A case stands where its newest writ stands. A writ whose booking was undone lets its case go back.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from casedesk.access.models import Organisation, User
from casedesk.norms.queries.current import current
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseAccount, CaseEvent, CaseFile
from debtors.rules.stages import LIVE_STAGES, Stage
from enforcement.actions.follow_proceedings import ENDED, SUBJECT, follow_proceedings
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.actions.tell import News, tell
from enforcement.models import EnforcementProceeding, Presentation, Writ
from enforcement.rules.terms import last_day_of, presentation_ends

BATCH = 2_000
_BEYOND = (Stage.WRIT, Stage.PRESENTED, Stage.PROCEEDING, Stage.RETURNED)


@dataclass(frozen=True)
class Attached:
    """How many writs were tied to cases, and how many were let go because their booking is undone."""

    tied: int
    let_go: int


@transaction.atomic
def attach_writs(*, creditor: Organisation, on: dt.date, by: User | None) -> Attached:
    """Tie what can be tied, in a fixed number of statements; repeating it changes nothing."""
    let_go = _let_go(creditor, on, by)
    cases = dict(
        CaseAccount.objects.filter(is_live=True, case__creditor=creditor, account__writs__case_file=None)
        .values_list("account_id", "case_id")
        .distinct()
    )
    writs = list(Writ.objects.live().filter(creditor=creditor, case_file=None, account__in=cases).order_by("issued_on", "id"))
    files = CaseFile.objects.in_bulk([cases[writ.account_id] for writ in writs])
    for writ in writs:
        writ.case_file = files[cases[writ.account_id]]
    Writ.objects.bulk_update(writs, ["case_file"], BATCH)
    ids = [writ.pk for writ in writs]
    refresh_writs([*ids, *_unjudged(creditor)])
    tell([*(_registered(writ, on) for writ in writs), *_away(writs, on)], by=by, on=on)
    follow_proceedings(writs=[*ids, *_with_news(creditor)], by=by, on=on)
    return Attached(len(writs), let_go)


def _registered(writ: Writ, on: dt.date) -> News:
    data = {"writ": str(writ), "total_kopecks": writ.total}
    return News(writ, "writ_registered", max(on, writ.case_file.opened_on), writ, presentation_ends(writ.issued_on), data)


def _away(writs: list[Writ], on: dt.date) -> list[News]:
    """Writs that people had presented before a case took them in."""
    files = {writ.pk: writ for writ in writs}
    stays = Presentation.objects.running().filter(writ__in=list(files)).select_related("department")
    return [
        News(
            files[stay.writ_id],
            "writ_presented",
            max(on, files[stay.writ_id].case_file.opened_on),
            stay,
            last_day_of("opening", stay.received_on or stay.sent_on, current()),
            {"writ": str(files[stay.writ_id]), "to": stay.to, "total_kopecks": stay.total},
        )
        for stay in stays
    ]


def _unjudged(creditor: Organisation) -> list[int]:
    """Writs whose standing nobody has written yet: those of registers."""
    return list(Writ.objects.live().filter(creditor=creditor, state_on=None).values_list("pk", flat=True))


def _with_news(creditor: Organisation) -> list[int]:
    """Tied writs whose newest proceeding began or ended without their case being told."""
    newest = EnforcementProceeding.objects.live().filter(writ=OuterRef("pk")).order_by("-opened_on", "-pk")
    about = CaseEvent.objects.filter(case=OuterRef("case_file"), subject_kind=SUBJECT, subject_id=OuterRef("newest"))
    writs = Writ.objects.live().filter(creditor=creditor, case_file__isnull=False)
    writs = writs.annotate(newest=Subquery(newest.values("pk")[:1]), stands=Subquery(newest.values("status")[:1]))
    untold = ~Exists(about) | ~Q(stands="open") & ~Exists(about.filter(code__in=ENDED))
    return list(writs.filter(untold, newest__isnull=False).order_by().values_list("pk", flat=True))


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
