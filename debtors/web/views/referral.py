"""A letter to a supervising body about one case."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from debtors.actions.refer_case import Referral, refer_case
from debtors.web.outreach_forms import ReferralForm
from debtors.web.views.case_file import find


@gated(Right.WORK_CASES)
def new(request, pk: int):
    """Whom to and why, as the address may offer it; the debt and the measures come from the case."""
    case = find(request, pk, Right.WORK_CASES)
    offered = {name: request.GET.get(name, "")[:300] for name in ("body", "ground")}
    form = ReferralForm(request.POST or None, initial=offered)
    if form.is_valid():
        try:
            made = refer_case(case=case, referral=Referral(**form.cleaned_data), by=request.user, on=timezone.localdate())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Составлено: {made}. Передача записана в деле; напечатайте и отправьте.")
            return redirect(made if scope_of(request.user).may(Right.SEE_DOCUMENTS) else case)
    context = {"case": case, "form": form, "heading": "Сведения в надзорный орган", "submit": "Составить письмо"}
    return render(request, "debtors/case_step.html", context)
