"""The rule by which a creditor opens cases: what holds, what held, and what a change would do before it is made."""

from decimal import Decimal

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of
from casedesk.common import money
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from debtors.actions.change_opening_rule import change_opening_rule
from debtors.models import CaseFile, OpeningRule
from debtors.queries.candidates import effect_of
from debtors.web.case_forms import RuleForm
from debtors.web.tables import creditors_for

SHOWN = 50


@gated(Right.EDIT_RULES)
def index(request):
    """Creditors of this person; with one, straight to its rule."""
    today = timezone.localdate()
    creditors = list(creditors_for(request))
    if len(creditors) == 1:
        return redirect("debtors:rule", pk=creditors[0].pk)
    rows = [
        {
            "creditor": creditor,
            "rule": OpeningRule.objects.in_force(creditor=creditor, on=today),
            "open": CaseFile.objects.live().filter(creditor=creditor).count(),
        }
        for creditor in creditors
    ]
    return render(request, "debtors/rules.html", {"rows": rows})


def _initial(rule: OpeningRule, today) -> dict:
    names = [name for name in RuleForm.base_fields if hasattr(rule, name)]
    return {name: getattr(rule, name) for name in names} | {
        "threshold": Decimal(rule.threshold_x100) / 100,
        "min_overdue": money.text(rule.min_overdue) if rule.min_overdue else "",
        "officer_hours": (Decimal(rule.officer_minutes) / 60).quantize(Decimal("0.01")),
        "valid_from": today,
    }


@gated(Right.EDIT_RULES)
def page(request, pk: int):
    """The form; `try` shows what the rule would do, `save` makes it so."""
    creditor = get_object_or_404(creditors_of(request.user), pk=pk)
    today = timezone.localdate()
    current = OpeningRule.objects.in_force(creditor=creditor, on=today)
    form = RuleForm(request.POST or None, initial=_initial(current, today))
    effect = None
    if form.is_valid():
        if "save" in request.POST:
            try:
                return _save(request, creditor, form, today)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
        effect = _effect(creditor, OpeningRule(creditor=creditor, valid_from=today, **form.settings()), today)
    versions = OpeningRule.objects.filter(creditor=creditor).select_related("set_by")
    context = {"creditor": creditor, "current": current, "form": form, "effect": effect, "versions": versions, "today": today}
    return render(request, "debtors/rule.html", context)


def _save(request, creditor: Organisation, form: RuleForm, today):
    changed = change_opening_rule(
        creditor=creditor,
        valid_from=form.cleaned_data["valid_from"],
        close_uncovered=form.cleaned_data["close_uncovered"],
        by=request.user,
        on=today,
        **form.settings(),
    )
    if changed.passed is None:
        messages.success(request, f"Правило записано и начнёт действовать {changed.rule.valid_from:%d.%m.%Y}.")
    else:
        opened = plural(changed.passed.opened, "дело", "дела", "дел")
        closed = plural(changed.passed.closed + changed.let_go, "дело", "дела", "дел")
        messages.success(request, f"Правило действует. Открыто: {opened}, закрыто: {closed}.")
    return redirect(reverse("debtors:rule", args=[creditor.pk]))


def _effect(creditor: Organisation, rule: OpeningRule, today) -> dict:
    effect = effect_of(creditor=creditor, rule=rule, on=today)
    return {
        "opens": list(effect.opens[:SHOWN]),
        "opens_count": effect.opens.count(),
        "opens_total": effect.opens.order_by().aggregate(total=Sum("overdue"))["total"] or 0,
        "lets_go": list(effect.lets_go[:SHOWN]),
        "lets_go_count": effect.lets_go.count(),
        "lets_go_total": effect.lets_go.order_by().aggregate(total=Sum("overdue"))["total"] or 0,
        "shown": SHOWN,
    }
