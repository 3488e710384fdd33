"""Steps of one service restriction: each a small form and one call."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import money
from casedesk.common.refusals import Refusal
from debtors.actions.follow_restriction import block, cancel, limit, restore, set_terms, suspend, unblock, warn
from debtors.models import ServiceRestriction
from debtors.rules.restriction import STEP_NAMES, RestrictionStep
from debtors.web.case_forms import ReasonForm
from debtors.web.restriction_forms import BlockForm, CutForm, TermsForm, WarnedForm

STEPS = {
    RestrictionStep.WARN: (warn, WarnedForm, "Вручение записано, срок на оплату пошёл."),
    RestrictionStep.LIMIT: (limit, CutForm, "Услуга ограничена, акт составлен."),
    RestrictionStep.SUSPEND: (suspend, CutForm, "Услуга приостановлена, акт составлен."),
    RestrictionStep.RESTORE: (restore, CutForm, "Услуга возобновлена, акт составлен."),
}


class WhyForm(forms.Form):
    reason = forms.CharField(label="Почему", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def _find(request, pk: int) -> ServiceRestriction:
    related = ("case__creditor", "account", "service", "creditor")
    return gates.get(ServiceRestriction.objects.select_related(*related), request.user, Right.WORK_CASES, pk=pk)


def _ask(request, one: ServiceRestriction, form: forms.Form, do: Callable[[dict], object], said: str, **words: str):
    """Show the form, or do the step and say so."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, said)
            return redirect(one)
    return render(request, "debtors/restriction/step.html", {"one": one, "form": form, **words})


@gated(Right.WORK_CASES)
def step(request, pk: int, step: str):
    """Warn, limit, suspend or restore."""
    one = _find(request, pk)
    if step not in STEPS:
        raise Http404("no such step")
    act, kind, said = STEPS[RestrictionStep(step)]
    today = timezone.localdate()
    form = kind(request.POST or None, initial={"on": today})

    def do(given: dict) -> None:
        act(restriction=one, by=request.user, today=today, **given)

    name = STEP_NAMES[RestrictionStep(step)]
    return _ask(request, one, form, do, said, heading=name, submit=name)


@gated(Right.WORK_CASES)
def take_off(request, pk: int):
    one, today = _find(request, pk), timezone.localdate()

    def do(given: dict) -> None:
        cancel(restriction=one, by=request.user, today=today, **given)

    form = ReasonForm(request.POST or None, initial={"on": today})
    return _ask(request, one, form, do, "Ограничение снято.", heading="Снять ограничение", submit="Снять")


@gated(Right.WORK_CASES)
def stop(request, pk: int):
    one = _find(request, pk)

    def do(given: dict) -> None:
        block(restriction=one, by=request.user, on=timezone.localdate(), **given)

    form = BlockForm(request.POST or None)
    return _ask(request, one, form, do, "Ограничение остановлено.", heading="Остановить ограничение", submit="Остановить")


@gated(Right.WORK_CASES)
def go_on(request, pk: int):
    one = _find(request, pk)

    def do(given: dict) -> None:
        unblock(restriction=one, by=request.user, on=timezone.localdate(), **given)

    form = WhyForm(request.POST or None)
    return _ask(request, one, form, do, "Ограничение снова идёт.", heading="Снять остановку", submit="Снять остановку")


@gated(Right.WORK_CASES)
def terms(request, pk: int):
    one = _find(request, pk)

    def do(given: dict) -> None:
        set_terms(restriction=one, by=request.user, on=timezone.localdate(), **given)

    start = {"monthly": money.text(one.monthly), "can_be_limited": one.can_be_limited, "heats": one.heats}
    form = TermsForm(request.POST or None, initial=start)
    return _ask(request, one, form, do, "Условия исправлены, сроки пересчитаны.", heading="Условия", submit="Сохранить")
