"""The strategy of a creditor: its steps in an editor, versions beside, what a change would send; its limits."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.set_contact_strategy import set_limits, set_strategy
from debtors.models import ContactLimits, ContactStrategy
from debtors.queries.contact_limits import limits_of
from debtors.queries.contact_plan import plan_contacts
from debtors.rules.contact_ladder import check_ladder
from debtors.web.contact_forms import LimitsForm, StepFormSet, StrategyForm, steps_given, steps_initial
from debtors.web.tables import creditors_for
from debtors.web.views.campaigns import creditor_of


@gated(Right.EDIT_RULES)
def index(request):
    """Creditors of this person; with one, straight to its strategy."""
    today = timezone.localdate()
    creditors = list(creditors_for(request))
    if len(creditors) == 1:
        return redirect("debtors:strategy", pk=creditors[0].pk)
    rows = [
        {"creditor": creditor, "strategy": ContactStrategy.objects.in_force(creditor=creditor, on=today)}
        for creditor in creditors
    ]
    return render(request, "debtors/contact/strategies.html", {"rows": rows})


@gated(Right.EDIT_RULES)
def page(request, pk: int):
    """The editor: `try` shows what the changed ladder would send today, `save` makes a version of it."""
    creditor = creditor_of(request, pk)
    today = timezone.localdate()
    current = ContactStrategy.objects.in_force(creditor=creditor, on=today)
    start = {"name": current.name, "pay_days": current.pay_days, "valid_from": today}
    form = StrategyForm(request.POST or None, initial=start)
    steps = StepFormSet(request.POST or None, initial=steps_initial(current), prefix="steps")
    plan = None
    if request.method == "POST" and form.is_valid() and steps.is_valid():
        try:
            ladder = steps_given(steps)
            if "save" in request.POST:
                made = set_strategy(creditor=creditor, steps=ladder, by=request.user, on=today, **form.cleaned_data)
                messages.success(request, f"Записана версия {made.version}, действует с {made.valid_from:%d.%m.%Y}.")
                return redirect("debtors:strategy", pk=creditor.pk)
            check_ladder(ladder)
            tried = ContactStrategy(creditor=creditor, version=0, valid_from=today, steps=[one.as_data() for one in ladder])
            plan = plan_contacts(creditor=creditor, strategy=tried, on=today)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    versions = ContactStrategy.objects.filter(creditor=creditor).select_related("set_by").order_by("-version")
    limits = limits_of(creditor=creditor, on=today)
    context = {
        "creditor": creditor,
        "current": current,
        "form": form,
        "steps": steps,
        "plan": plan,
        "versions": versions,
        "limits": limits,
        "limits_form": LimitsForm(initial=LimitsForm.initial_of(limits) | {"valid_from": today}, auto_id="limits_%s"),
        "limit_versions": ContactLimits.objects.filter(creditor=creditor).select_related("set_by"),
    }
    return render(request, "debtors/contact/strategy.html", context)


@gated(Right.EDIT_RULES)
@require_POST
def limits(request, pk: int):
    """Write a version of the limits."""
    creditor = creditor_of(request, pk)
    form = LimitsForm(request.POST)
    if not form.is_valid():
        wrong = "; ".join(f"{form.fields[name].label}: {errors[0]}" for name, errors in form.errors.items())
        messages.error(request, f"Пределы не записаны. {wrong}")
        return redirect("debtors:strategy", pk=creditor.pk)
    try:
        made = set_limits(creditor=creditor, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, f"Пределы записаны, действуют с {made.valid_from:%d.%m.%Y}.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("debtors:strategy", pk=creditor.pk)
