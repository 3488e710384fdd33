"""Prepare claims: of one case, or of many with a dry check, the fee budget and a job that does it."""

from collections import Counter

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from debtors.models import CaseFile
from debtors.web.views.case_file import find as find_case
from debtors.web.views.cases import listing_of, posted_again
from enforcement.actions.prepare_claims import prepare_claim
from enforcement.queries.claim_draft import Asked
from enforcement.queries.claim_drafts import drafts
from enforcement.queries.fee_budget import Queue, queue_of
from enforcement.rules.claim_gaps import NAMES
from enforcement.web.claim_forms import AskForm, BulkAskForm

MOST = 1_000
SHOWN = 50


def _asked(form: AskForm, today) -> Asked:
    given = form.cleaned_data
    return Asked(
        on=today,
        penalty_through=given["penalty_through"],
        kind=given["kind"],
        with_expired=given["with_expired"],
        court_name=given["court_name"],
    )


@gated(Right.WORK_CASES)
def one(request, pk: int):
    """The claims of one case: what they would be, what is missing, and the button."""
    case, today = find_case(request, pk, Right.WORK_CASES), timezone.localdate()
    form = AskForm(request.POST or None, initial={"penalty_through": today})
    asked = _asked(form, today) if form.is_valid() else Asked(on=today, penalty_through=today)
    if form.is_valid() and "confirm" in request.POST:
        try:
            made = prepare_claim(case=case, asked=asked, by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Подготовлено: {plural(len(made), 'требование', 'требования', 'требований')}.")
            return redirect(made[0] if len(made) == 1 else case)
    context = {"case": case, "form": form, "drafts": drafts([case], asked=asked, by=request.user), "today": today}
    return render(request, "enforcement/case_claim.html", context)


@gated(Right.WORK_CASES)
def many(request):
    """First post: the dry check of the chosen cases. Second (`confirm`): a job prepares what may be prepared."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    cases = list(listing.chosen(request.POST)[: MOST + 1]) if request.method == "POST" else []
    if not cases:
        messages.warning(request, "Отметьте дела в списке, по которым нужны требования.")
        return redirect("debtors:cases")
    if len(cases) > MOST:
        messages.warning(request, f"За один раз готовят не больше {MOST} дел: взяты первые.")
    cases, today = cases[:MOST], timezone.localdate()
    given = request.POST if "asked" in request.POST else None
    form = BulkAskForm(given, initial={"penalty_through": today, "within_budget": True})
    asked = _asked(form, today) if form.is_valid() else Asked(on=today, penalty_through=today)
    incomplete = form.is_valid() and form.cleaned_data["incomplete"]
    within = form.cleaned_data["within_budget"] if form.is_valid() else True
    if form.is_valid() and "confirm" in request.POST:
        return _start(request, cases, form)
    queue = queue_of(drafts(cases, asked=asked, by=request.user), on=today, incomplete=incomplete, within_budget=within)
    return render(request, "enforcement/claims_prepare.html", _context(request, cases, form, queue))


def _start(request, cases: list[CaseFile], form: BulkAskForm):
    """Hand the work to a job per creditor and lead to the first."""
    given = form.cleaned_data
    options = {
        "penalty_through": given["penalty_through"].isoformat(),
        "kind": given["kind"],
        "court_name": given["court_name"],
        "with_expired": given["with_expired"],
        "incomplete": given["incomplete"],
        "within_budget": given["within_budget"],
    }
    by_creditor: dict = {}
    for case in cases:
        by_creditor.setdefault(case.creditor, []).append(case.pk)
    jobs = [
        enqueue("enforcement.prepare_claims", by=request.user, creditor=creditor, cases=ids, options=options)
        for creditor, ids in by_creditor.items()
    ]
    return redirect("common:job", pk=jobs[0].pk)


def _context(request, cases: list[CaseFile], form: BulkAskForm, queue: Queue) -> dict:
    lacks = Counter(gap.code for draft in queue.drafts for gap in {gap.code: gap for gap in draft.missing}.values())
    stopped = Counter(gap.code for draft in queue.drafts for gap in draft.stopped[:1])
    return {
        "cases": cases,
        "form": form,
        "queue": queue,
        "taken": queue.taken[:SHOWN],
        "left": queue.left[:SHOWN],
        "refused": queue.refused[:SHOWN],
        "shown": SHOWN,
        "lacks": [(NAMES.get(code, code), count) for code, count in lacks.most_common()],
        "stopped": [(NAMES.get(code, code), count) for code, count in stopped.most_common()],
        "posted": posted_again(request),
        "back": reverse("debtors:cases") + "?" + request.POST.get("query", ""),
    }
