"""Requisites of creditors: the list, the page with versions by day, entering a new version."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casedesk.access.actions.requisites import doubts, set_requisites
from casedesk.access.gates import gated
from casedesk.access.models import CreditorRequisites, Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of
from casedesk.common.history import changes

FIELDS = ["name", "inn", "kpp", "account", "bank_name", "bic", "correspondent_account", "oktmo"]
LABELS = {name: str(CreditorRequisites._meta.get_field(name).verbose_name) for name in FIELDS} | {"valid_from": "Действуют с"}


class RequisitesForm(forms.ModelForm):
    """A version of the requisites; a day of an old version corrects that version."""

    valid_from = forms.DateField(
        label="Действуют с",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Тот же день исправляет прежнюю запись, новый день заводит следующую",
    )

    class Meta:
        model = CreditorRequisites
        fields = [*FIELDS, "valid_from"]


@gated(Right.EDIT_REQUISITES)
def index(request):
    """Each creditor with the requisites of today; one creditor goes straight to its page."""
    today = timezone.localdate()
    creditors = list(creditors_of(request.user))
    if len(creditors) == 1:
        return redirect("access:requisites-of", creditors[0].pk)
    rows = [(one, _on(one, today)) for one in creditors]
    return render(request, "access/requisites_list.html", {"rows": rows})


@gated(Right.EDIT_REQUISITES)
def page(request, pk: int):
    """A creditor's requisites: those in force, the form for the next, the versions with who changed what."""
    creditor = get_object_or_404(creditors_of(request.user), pk=pk)
    today = timezone.localdate()
    current = _on(creditor, today)
    initial = (
        {name: getattr(current, name) for name in FIELDS} if current else {"name": creditor.name[:160], "inn": creditor.inn}
    )
    form = RequisitesForm(request.POST or None, initial=initial | {"valid_from": today})
    if form.is_valid():
        kept = set_requisites(organisation=creditor, **form.cleaned_data)
        messages.success(request, f"Реквизиты записаны: {kept}.")
        for doubt in doubts(kept):
            messages.warning(request, doubt)
        return redirect("access:requisites-of", creditor.pk)
    records: dict[int, list] = {}
    for record in CreditorRequisites.history.filter(organisation_id=creditor.pk).select_related("history_user"):
        records.setdefault(record.id, []).append(record)
    found = [change for versions in records.values() for change in changes(versions, LABELS, "реквизиты")]
    context = {
        "creditor": creditor,
        "current": current,
        "doubts": doubts(current) if current else [],
        "versions": list(creditor.requisites.all()),
        "form": form,
        "changes": sorted(found, key=lambda change: change.at, reverse=True),
    }
    return render(request, "access/requisites.html", context)


def _on(creditor: Organisation, day) -> CreditorRequisites | None:
    return creditor.requisites.filter(valid_from__lte=day).order_by("-valid_from").first()
