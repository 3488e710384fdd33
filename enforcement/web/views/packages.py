"""The package of a writ: which papers are in it and why, what is missing; one at once, many as a job."""

from django import forms
from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from casedesk.documents.models import Document
from enforcement.actions.prepare_packages import prepare_package, preview_packages
from enforcement.jobs import KIND
from enforcement.rules.package import PAPER_NAMES, Paper
from enforcement.rules.words import choices
from enforcement.web.views.writs import MOST, find, listing_of
from enforcement.web.writ_tables import debtor_of, departments_for

PREVIEWED = 500
"""As many packages a bulk page judges at once; the job judges all of them."""


class PackageForm(forms.Form):
    """For whom, and which of the papers."""

    department = forms.ModelChoiceField(queryset=None, label="Отдел приставов", required=False, empty_label="тот, где документ")
    papers = forms.MultipleChoiceField(
        label="Что собрать", choices=choices(PAPER_NAMES), widget=forms.CheckboxSelectMultiple, initial=list(PAPER_NAMES)
    )

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments


def _form(request, bound: bool) -> PackageForm:
    return PackageForm(request.POST if bound else None, departments=departments_for(request))


@gated(Right.WORK_WRITS)
def package(request, pk: int):
    """One writ: the verdict on each paper; POST makes those that can be made."""
    writ, today = find(request, pk, Right.WORK_WRITS), timezone.localdate()
    form, department = _form(request, request.method == "POST"), None
    if request.method == "POST" and form.is_valid():
        department = form.cleaned_data["department"]
        papers = [Paper(code) for code in form.cleaned_data["papers"]]
        try:
            done = prepare_package(writ=writ, department=department, by=request.user, on=today, papers=papers)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            said = plural(len(done.documents), "документ", "документа", "документов")
            messages.success(request, f"Пакет собран: {said}.")
            return redirect("enforcement:writ-package", writ.pk)
    (found,) = preview_packages(writs=[writ], department=department, on=today)
    made = Document.objects.visible_to(request.user).filter(subject_kind="enforcement.writ", subject_id=writ.pk)
    context = {"writ": writ, "debtor": debtor_of(writ), "package": found, "form": form, "made": list(made[:30])}
    context["may_edit_requisites"] = scope_of(request.user).may(Right.EDIT_REQUISITES)
    return render(request, "enforcement/writ_package.html", context)


@gated(Right.WORK_WRITS)
def package_many(request):
    """First post: which packages are complete and what the others lack. Second (`confirm`): a job makes them."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = listing.chosen(request.POST) if request.method == "POST" else None
    ids = list(chosen.values_list("pk", flat=True)[:MOST]) if chosen is not None else []
    if not ids:
        messages.warning(request, "Отметьте в списке документы, к которым собрать пакеты.")
        return redirect("enforcement:writs")
    form, today = _form(request, "confirm" in request.POST), timezone.localdate()
    department = None
    if "confirm" in request.POST and form.is_valid():
        department = form.cleaned_data["department"]
        job = enqueue(
            KIND,
            by=request.user,
            writs=ids,
            department=department.pk if department else None,
            papers=form.cleaned_data["papers"],
            on=today.isoformat(),
        )
        return redirect("common:job", job.pk)
    found = preview_packages(writs=chosen[:PREVIEWED], department=department, on=today)
    ready = [one for one in found if one.is_complete]
    context = {
        "ready": ready,
        "gaps": [(one, debtor_of(one.writ)) for one in found if not one.is_complete],
        "counts": [(name, sum(paper in {v.paper for v in one.papers} for one in ready)) for paper, name in PAPER_NAMES.items()],
        "judged": len(found),
        "whole": len(ids),
        "form": form,
        "posted": _posted(request),
        "back": reverse("enforcement:writs"),
    }
    return render(request, "enforcement/writs_package.html", context)


def _posted(request) -> list[tuple[str, str]]:
    kept = [("query", request.POST.get("query", "")), ("confirm", "1")]
    if request.POST.get("everything"):
        return [*kept, ("everything", "1")]
    return kept + [("ids", key) for key in request.POST.getlist("ids")]
