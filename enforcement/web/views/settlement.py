"""A settlement that the court approved: what it granted and the schedule it approved, on one form."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect, render

from casedesk.common.refusals import Refusal
from debtors.actions.sign_agreement import draft
from enforcement.actions.settle_in_court import EVENT, SettledSchedule, settle_in_court
from enforcement.models import Claim
from enforcement.rules.court_events import BY_CODE
from enforcement.web.claim_forms import SettlementForm


def settle(request, claim: Claim, today: dt.date):
    """«Посчитать график» shows the instalments, «Записать» keeps the event and the agreement, both or neither."""
    kind = BY_CODE[EVENT]
    form = SettlementForm(request.POST or None, kind=kind, claim=claim, today=today)
    context = {"claim": claim, "form": form, "heading": kind.label, "law": kind.norm(claim.kind)}
    if form.is_valid():
        approved_on, granted, schedule = form.split()
        try:
            if "keep" in request.POST:
                made = settle_in_court(
                    claim=claim, approved_on=approved_on, granted=granted, schedule=schedule, by=request.user, on=today
                )
                messages.success(request, f"Записано: {kind.title.lower()}. Заключено {made}, дело ждёт взносов.")
                return redirect(made)
            context["total"], context["parts"] = _drafted(claim, schedule, today)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return render(request, "enforcement/claim_settle.html", context)


def _drafted(claim: Claim, schedule: SettledSchedule, today: dt.date) -> tuple[int, list]:
    terms = {name: value for name, value in vars(schedule).items() if name != "current_too"}
    return draft(case=claim.case_file, covered_through=claim.period_to, on=today, **terms)
