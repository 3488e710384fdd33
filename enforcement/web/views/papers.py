"""Making papers for the court and on bailiffs: of one claim, of many for the printer, of a complaint."""

from collections import Counter

from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.web.views.cases import posted_again
from enforcement.actions.make_court_papers import claim_papers, complaint_paper, print_claims
from enforcement.models import BailiffComplaint, Claim
from enforcement.rules.claim_stages import CLAIM_STAGE_NAMES, KIND_NAMES, ClaimKind
from enforcement.web.claim_forms import PrintForm
from enforcement.web.views.claims import listing_of

MOST = 2_000
SHOWN = 50


@gated(Right.WORK_CASES)
@require_POST
def of_claim(request, pk: int):
    """The claim's paper as of today; back to the claim when it cannot be made."""
    claim = gates.get(Claim.objects.select_related("case_file"), request.user, Right.WORK_CASES, pk=pk)
    try:
        return redirect(claim_papers(claims=[claim], by=request.user, on=timezone.localdate())[0])
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(claim)


@gated(Right.WORK_CASES)
def of_claims(request):
    """First post: what would be printed and what cannot be. Second (`confirm`): a print run, or one for each creditor."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = listing.chosen(request.POST) if request.method == "POST" else listing.found.none()
    found = list(chosen.order_by("creditor", "number")[: MOST + 1])
    if not found:
        messages.warning(request, "Отметьте требования, документы которых нужно напечатать.")
        return redirect("enforcement:claims")
    printed = [claim for claim in found[:MOST] if claim.is_live and claim.kind != ClaimKind.EVICTION]
    form = PrintForm(request.POST if "confirm" in request.POST else None)
    if form.is_valid() and printed:
        try:
            return redirect(_start(request, printed, **form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    context = {
        "form": form,
        "printed": printed,
        "kinds": Counter(KIND_NAMES[claim.kind] for claim in printed).most_common(),
        "left_out": [(claim, _why_not(claim)) for claim in found if claim not in printed][:SHOWN],
        "asked": sum(claim.price for claim in printed),
        "posted": posted_again(request),
        "back": f"{reverse('enforcement:claims')}?{request.POST.get('query', '')}",
    }
    return render(request, "enforcement/claims_print.html", context)


def _why_not(claim: Claim) -> str:
    """Why the claim is not printed."""
    if claim.kind == ClaimKind.EVICTION:
        return "шаблона иска о выселении нет: составьте его отдельно"
    if not claim.is_live:
        return f"{CLAIM_STAGE_NAMES[claim.stage]}: подавать нечего"
    return f"за один раз печатают не больше {MOST}"


def _start(request, claims: list[Claim], statements: bool, both_sides: bool):
    """Start the runs and give the page to go to: the run, or the list when there are several creditors."""
    by_creditor: dict[int, list[Claim]] = {}
    for claim in claims:
        by_creditor.setdefault(claim.creditor_id, []).append(claim)
    wishes = {"statements": statements, "both_sides": both_sides, "by": request.user}
    with transaction.atomic():
        runs = [
            print_claims(claims=theirs, on=timezone.localdate(), at=timezone.now(), **wishes) for theirs in by_creditor.values()
        ]
    return runs[0] if len(runs) == 1 else reverse("documents:runs")


@gated(Right.WORK_WRITS)
@require_POST
def of_complaint(request, pk: int):
    """The paper of the complaint: the one made when it was filed, or made now as of today."""
    complaint = gates.get(BailiffComplaint.objects.all(), request.user, Right.WORK_WRITS, pk=pk)
    try:
        return redirect(complaint_paper(complaint=complaint, by=request.user, on=timezone.localdate()))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(reverse("enforcement:complaints"))
