"""Two sides of a case's money: the penalty as of a day, and when its months are lost to limitation."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.record_acknowledgement import record_acknowledgement
from debtors.actions.record_penalty import record_penalty
from debtors.models import CaseFile, Service, UtilityAccount
from debtors.queries.limitation import expiring, moving_events
from debtors.queries.penalties import penalties
from debtors.web.case_money_forms import AcknowledgementForm, PenaltyForm
from debtors.web.case_tables import stage_badge
from debtors.web.penalty_rows import explain, months_of
from debtors.web.views.case_file import find, tabs

STATES = {
    "stopped": ("срок не течёт", "info"),
    "in_time": ("в сроке", "ok"),
    "under_6_months": ("меньше 6 месяцев", "warn"),
    "under_30_days": ("меньше 30 дней", "danger"),
    "expired": ("истёк", "danger"),
}


def _accounts(case: CaseFile):
    return UtilityAccount.objects.filter(case_links__case=case, case_links__is_live=True)


def _through(request) -> tuple[PenaltyForm, dt.date]:
    today = timezone.localdate()
    form = PenaltyForm(request.GET or None, initial={"through": today})
    return form, (form.is_valid() and form.cleaned_data["through"]) or today


@gated(Right.SEE_CASES)
def penalty(request, pk: int):
    """Penalty of the case by month and service through a day, what one more day costs, and the records kept."""
    case = find(request, pk)
    form, through = _through(request)
    report = penalties(_accounts(case), through=through)
    context = {
        "case": case,
        "tabs": tabs(case, "case-penalty"),
        "stage": stage_badge(case),
        "form": form,
        "through": through,
        "report": report,
        "months": months_of(report),
        "records": case.penalty_records.select_related("recorded_by"),
        "today": timezone.localdate(),
    }
    return render(request, "debtors/case_penalty.html", context)


@gated(Right.SEE_CASES)
def penalty_line(request, pk: int, service: str, month: int):
    """How the penalty of one month of one service comes about, day run by day run."""
    case = find(request, pk)
    _, through = _through(request)
    report = penalties(_accounts(case), through=through)
    lines = [explain(line, through) for line in report.months if (line.service.code, line.month) == (service, month)]
    context = {"case": case, "through": through, "month": month, "lines": lines}
    return render(request, "debtors/case_penalty_line.html", context)


@gated(Right.WORK_CASES)
def penalty_record(request, pk: int):
    """Keep the penalty through the day that was shown."""
    case = find(request, pk, Right.WORK_CASES)
    form = PenaltyForm(request.POST or None)
    if form.is_valid():
        through = form.cleaned_data["through"] or timezone.localdate()
        try:
            kept = record_penalty(case=case, through=through, by=request.user, at=timezone.now(), on=timezone.localdate())
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, f"Пени по {kept.through:%d.%m.%Y} зафиксированы.")
    return redirect("debtors:case-penalty", pk=case.pk)


@gated(Right.SEE_CASES)
def limitation(request, pk: int):
    """Each open month of the case with its last day to claim, and what moved the terms."""
    case = find(request, pk)
    return render(request, "debtors/case_limitation.html", _limitation_context(case, AcknowledgementForm()))


@gated(Right.WORK_CASES)
def acknowledge(request, pk: int):
    """Record that the debtor acknowledged some months."""
    case = find(request, pk, Right.WORK_CASES)
    form = AcknowledgementForm(request.POST or None)
    if form.is_valid():
        try:
            record_acknowledgement(case=case, **form.cleaned_data, by=request.user, on=timezone.localdate())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Признание долга записано, сроки пересчитаны.")
            return redirect("debtors:case-limitation", pk=case.pk)
    return render(request, "debtors/case_limitation.html", _limitation_context(case, form))


def _limitation_context(case: CaseFile, form: AcknowledgementForm) -> dict:
    today = timezone.localdate()
    services = Service.objects.in_bulk()
    rows = list(expiring(_accounts(case).values_list("pk", flat=True)))
    states: dict[str, int] = dict.fromkeys(STATES, 0)
    for row in rows:
        states[row.state(today)] += row.kopecks
    return {
        "case": case,
        "tabs": tabs(case, "case-limitation"),
        "stage": stage_badge(case),
        "form": form,
        "today": today,
        "rows": [(row, services[row.service_id], *STATES[row.state(today)]) for row in rows],
        "total": sum(row.kopecks for row in rows),
        "states": [(*STATES[code], kopecks) for code, kopecks in states.items() if kopecks],
        "events": moving_events(case.events),
    }
