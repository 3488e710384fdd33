"""One case: who owes, why, since when, what is next, what was done."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import charts
from casedesk.common.history import changes
from debtors.models import CaseFile, Hold, Note, PreTrialNotice
from debtors.queries.cases import debt_of
from debtors.queries.freshness import freshness
from debtors.queries.timeline import timeline
from debtors.rules.next_step import Status
from debtors.rules.stages import HOLD_LAW, HOLD_NAMES
from debtors.web import labels
from debtors.web.agreement_forms import state_badge
from debtors.web.case_forms import NoteForm
from debtors.web.case_panels import panels, step_url
from debtors.web.case_tables import stage_badge, step_state, when

MONTHS_SHOWN = 12
"""Unpaid months on the page until all are asked for."""
STEP_TONES = {Status.LATE: "danger", Status.TODAY: "warn", Status.WAITING: "", Status.OPEN: "ok", Status.UNDATED: "warn"}


def find(request, pk: int, right: str = Right.SEE_CASES) -> CaseFile:
    """The case for this person: 404 for a stranger, 403 without the right."""
    queryset = CaseFile.objects.select_related("creditor", "officer", "account__premises", "rule")
    return gates.get(queryset, request.user, right, pk=pk)


def tabs(case: CaseFile, current: str) -> list[dict]:
    named = (
        ("case", "Дело"),
        ("case-penalty", "Пени"),
        ("case-limitation", "Исковая давность"),
        ("case-history", "История изменений"),
    )
    return [
        {"label": label, "url": reverse(f"debtors:{name}", args=[case.pk]), "current": name == current, "count": None}
        for name, label in named
    ]


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    case = find(request, pk)
    today = timezone.localdate()
    debt = debt_of(case, today)
    notices = list(case.notices.order_by("-prepared_on", "-number"))
    shown = len(debt.table.rows) if request.GET.get("months") == "all" else MONTHS_SHOWN
    rows, more, more_kopecks = debt.table.newest(shown)
    return render(
        request,
        "debtors/case.html",
        {
            "case": case,
            "today": today,
            "tabs": tabs(case, "case"),
            "stage": stage_badge(case),
            "step": _step(case, notices, request.user, today),
            "may_work": scope_of(request.user).may(Right.WORK_CASES) and case.is_open,
            "may_assign": scope_of(request.user).may(Right.ASSIGN_CASES) and case.is_open,
            "debt": debt,
            "month_rows": rows,
            "more_months": more,
            "more_kopecks": more_kopecks,
            "fresh": freshness(creditor=case.creditor),
            "ageing": charts.ageing({"not_yet_due": debt.figures.not_yet_due, **debt.figures.buckets}),
            "events": timeline(case),
            "holds": _holds(case, today),
            "flags": list(case.case_flags.in_force()),
            "notes": list(case.notes.select_related("written_by")),
            "note_form": NoteForm(auto_id="note_%s"),
            "notices": notices,
            "agreements": [(agreement, state_badge(agreement)) for agreement in case.agreements.all()],
            "panels": panels(case, request.user),
        },
    )


def _step(case: CaseFile, notices: list[PreTrialNotice], user, today) -> dict:
    """The next step with what the page offers to do about it."""
    state = step_state(case)
    prepared = next((notice for notice in notices if notice.state == PreTrialNotice.State.PREPARED), None)
    url = {
        "prepare_reminder": reverse("debtors:case-remind", args=[case.pk]),
        "send_reminder": reverse("debtors:notice-send", args=[prepared.pk]) if prepared else "",
    }.get(case.next_action, "") or step_url(case)
    offered = scope_of(user).may(Right.WORK_CASES) and case.is_open and state != Status.WAITING
    return {
        "label": case.get_next_action_display(),
        "when": when(case),
        "state": state,
        "tone": STEP_TONES[state],
        "waits": state == Status.WAITING,
        "url": url if offered else "",
    }


def _holds(case: CaseFile, today) -> list[dict]:
    return [
        {"hold": hold, "name": HOLD_NAMES[hold.kind], "law": HOLD_LAW[hold.kind], "in_force": hold.in_force(today)}
        for hold in case.holds.select_related("placed_by", "lifted_by")
    ]


@gated(Right.SEE_CASES)
def history(request, pk: int):
    """Who changed what: the file, its holds, flags, notes and notices, with the differences."""
    case = find(request, pk)
    found = changes(case.history.select_related("history_user"), labels.CASE, "дело")
    for model, names, about in (
        (Hold, labels.HOLD, "приостановка"),
        (Note, labels.NOTE, "заметка"),
        (PreTrialNotice, labels.NOTICE, "напоминание"),
    ):
        records: dict[int, list] = {}
        for record in model.history.filter(case_id=case.pk).select_related("history_user"):
            records.setdefault(record.id, []).append(record)
        for versions in records.values():
            found += changes(versions, names, about)
    return render(
        request,
        "debtors/case_history.html",
        {
            "case": case,
            "tabs": tabs(case, "case-history"),
            "stage": stage_badge(case),
            "changes": sorted(found, key=lambda change: change.at, reverse=True),
        },
    )
