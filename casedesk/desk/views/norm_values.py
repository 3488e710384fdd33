"""Adding values of norms between releases: propose, and let another person approve."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated, get
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.norms.actions import norm_values
from casedesk.norms.catalogue import shipped
from casedesk.norms.models import NormValue
from casedesk.norms.norm import CONFIDENCE
from casedesk.norms.typed import is_typed

KEY_RATE = "key_rate.bank_of_russia"
"""What is added most often."""


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ValueForm(forms.Form):
    """A value as typed; the action judges it."""

    norm = forms.ChoiceField(label="Норма")
    valid_from = forms.DateField(label="Действует с", widget=day_input())
    valid_to = forms.DateField(label="по (если известно)", widget=day_input(), required=False)
    value = forms.CharField(
        label="Значение",
        max_length=2000,
        help_text="Ставка: 14,50. Сумма: 500000. Календарь года: 22.02.2028 08.05.2028 +19.02.2028 (с плюсом рабочие субботы)",
    )
    act = forms.CharField(label="Акт", max_length=300, help_text="Например: информация Банка России от 23.10.2026")
    confidence = forms.ChoiceField(label="Уверенность", choices=list(CONFIDENCE.items()))
    checked_on = forms.DateField(label="Проверено", widget=day_input())
    note = forms.CharField(label="Что проверить (для спорного)", max_length=300, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["norm"].choices = [(norm.name, norm.about) for norm in shipped() if is_typed(norm)]


@gated(Right.EDIT_NORMS)
def add(request: HttpRequest) -> HttpResponse:
    """The form of a new value."""
    form = ValueForm(request.POST or None, initial={"checked_on": timezone.localdate(), "norm": KEY_RATE})
    if request.method == "POST" and form.is_valid():
        try:
            norm_values.propose(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Значение внесено и ждёт второй подписи.")
            return redirect("desk:norms")
    return render(request, "desk/norm_add.html", {"form": form})


@gated(Right.EDIT_NORMS)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The second signature."""
    return _decide(request, pk, norm_values.approve, "Значение действует.")


@gated(Right.EDIT_NORMS)
@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a proposal down."""
    return _decide(request, pk, norm_values.decline, "Значение отклонено.")


def _decide(request: HttpRequest, pk: int, action, done: str) -> HttpResponse:
    proposal = get(NormValue.objects.all(), request.user, Right.EDIT_NORMS, pk=pk)
    try:
        action(proposal=proposal, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("desk:norms")
