"""How a creditor files: the month's money for fees and the odds by which the queue is cut."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of
from casedesk.common import money
from casedesk.common.refusals import Refusal
from debtors.web.tables import creditors_for
from enforcement.actions.set_filing_policy import set_filing_policy
from enforcement.models import FilingPolicy
from enforcement.queries.fee_budget import spent_in_month
from enforcement.web.claim_forms import FilingPolicyForm


@gated(Right.EDIT_RULES)
def index(request):
    """Creditors of this person; with one, straight to its policy."""
    today = timezone.localdate()
    creditors = list(creditors_for(request))
    if len(creditors) == 1:
        return redirect("enforcement:filing-policy", pk=creditors[0].pk)
    rows = [(creditor, FilingPolicy.objects.in_force(creditor=creditor, on=today)) for creditor in creditors]
    return render(request, "enforcement/filing_policies.html", {"rows": rows})


@gated(Right.EDIT_RULES)
def page(request, pk: int):
    """The policy in force, the form of a new one, the earlier ones."""
    creditor = get_object_or_404(creditors_of(request.user), pk=pk)
    today = timezone.localdate()
    current = FilingPolicy.objects.in_force(creditor=creditor, on=today)
    initial = {name: getattr(current, name) for name in FilingPolicyForm.base_fields} | {"valid_from": today}
    if current.monthly_budget is not None:
        initial["monthly_budget"] = money.text(current.monthly_budget)
    form = FilingPolicyForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            set_filing_policy(creditor=creditor, by=request.user, on=today, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Порядок подачи записан.")
            return redirect("enforcement:filing-policy", pk=creditor.pk)
    context = {
        "creditor": creditor,
        "current": current,
        "form": form,
        "spent": spent_in_month(creditor, today),
        "versions": FilingPolicy.objects.filter(creditor=creditor),
    }
    return render(request, "enforcement/filing_policy.html", context)
