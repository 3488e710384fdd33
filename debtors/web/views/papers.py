"""Making papers: on a case, of one reminder, of many for the printer."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.make_papers import paper_on_case, print_reminders, reminder_documents
from debtors.models import PreTrialNotice
from debtors.queries.letters import LetterDoesNotAddUp
from debtors.web.views.case_file import find
from debtors.web.views.notices import listing_of

MOST = 10_000
WRONG_ROWS = "Строки напоминания не дают его суммы: печатать нельзя. Отмените его и подготовьте новое."


@gated(Right.WORK_CASES)
@require_POST
def of_case(request, pk: int):
    """Make a paper on the case as of today and open it."""
    case = find(request, pk, Right.WORK_CASES)
    try:
        return redirect(paper_on_case(case=case, kind=request.POST.get("kind", ""), by=request.user, on=timezone.localdate()))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(case)


@gated(Right.WORK_CASES)
@require_POST
def of_notice(request, pk: int):
    """The reminder as a document: made once, then the same each time."""
    notice = gates.get(PreTrialNotice.objects.all(), request.user, Right.WORK_CASES, pk=pk)
    try:
        made = reminder_documents(notices=[notice], by=request.user)[0]
    except (Refusal, LetterDoesNotAddUp) as refused:
        messages.error(request, getattr(refused, "message", WRONG_ROWS))
        return redirect(notice)
    form = request.POST.get("form", "")
    return redirect(f"documents:{form}", pk=made.pk) if form in ("pdf", "docx") else redirect(made)


@gated(Right.WORK_CASES)
@require_POST
def of_notices(request):
    """A print run of the ticked reminders."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = listing.chosen(request.POST).exclude(state=PreTrialNotice.State.CANCELLED)
    found = list(chosen.select_related(None).order_by("number")[: MOST + 1])
    if not found:
        messages.warning(request, "Отметьте напоминания, которые нужно напечатать.")
        return redirect("debtors:notices")
    try:
        return redirect(print_reminders(notices=found, by=request.user, at=timezone.now()))
    except (Refusal, LetterDoesNotAddUp) as refused:
        messages.error(request, getattr(refused, "message", WRONG_ROWS))
        return redirect("debtors:notices")
