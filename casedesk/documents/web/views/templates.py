"""Templates of a creditor: what is in force, fields that may be merged, versions, upload, test print."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.documents import kinds
from casedesk.documents.actions.make import template_for
from casedesk.documents.actions.shipped_templates import shipped
from casedesk.documents.actions.upload_template import back_to_shipped, checked_template, restore_template, upload_template
from casedesk.documents.kinds import DocumentKind
from casedesk.documents.models import DocumentTemplate
from casedesk.documents.queries.templates import in_force
from casedesk.documents.queries.trial import trial_data, trial_pdf
from casedesk.documents.rules.merge import FILTER_HELP
from casedesk.documents.web.forms import DOCX, TemplateForm, TrialForm
from casedesk.documents.web.tables import creditors_for


@dataclass(frozen=True)
class Row:
    """A kind of paper and the template that serves the creditor."""

    kind: DocumentKind
    template: DocumentTemplate | None

    @property
    def is_own(self) -> bool:
        return bool(self.template and self.template.creditor_id)


@gated(Right.EDIT_TEMPLATES)
def index(request):
    """Creditors of this person; with one, straight to its templates."""
    creditors = list(creditors_for(request))
    if len(creditors) == 1:
        return redirect("documents:templates-of", pk=creditors[0].pk)
    return render(request, "documents/template_creditors.html", {"creditors": creditors})


def creditor_of(request, pk: int) -> Organisation:
    """A creditor whose papers this person may change; 404 for a stranger."""
    return get_object_or_404(creditors_for(request), pk=pk)


@gated(Right.EDIT_TEMPLATES)
def of_creditor(request, pk: int):
    """Every kind of paper with the template in force."""
    creditor = creditor_of(request, pk)
    listed = kinds.all_kinds()
    found = in_force([kind.code for kind in listed], creditor.pk)
    rows = [Row(kind, found.get(kind.code)) for kind in listed]
    return render(request, "documents/templates.html", {"creditor": creditor, "rows": rows})


def _kind(code: str) -> DocumentKind:
    try:
        return kinds.find(code)
    except kinds.UnknownKind as unknown:
        raise Http404 from unknown


@gated(Right.EDIT_TEMPLATES)
def page(request, pk: int, code: str):
    """One kind: its fields, its versions, the form for a new one."""
    creditor, kind = creditor_of(request, pk), _kind(code)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            made = _upload(request, creditor, kind, form)
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, f"Версия {made.version} действует: новые документы будут по ней.")
            return redirect("documents:template-kind", pk=pk, code=code)
    versions = DocumentTemplate.objects.light().filter(kind=code, creditor=creditor).select_related("uploaded_by")
    context = {
        "creditor": creditor,
        "kind": kind,
        "form": form,
        "trial": TrialForm(auto_id="trial_%s"),
        "current": template_for(kind, creditor),
        "shipped": shipped(kind),
        "versions": versions,
        "filters": FILTER_HELP.items(),
    }
    return render(request, "documents/template.html", context)


def _upload(request, creditor: Organisation, kind: DocumentKind, form: TemplateForm) -> DocumentTemplate:
    file = form.cleaned_data["file"]
    return upload_template(
        kind_code=kind.code,
        creditor=creditor,
        docx=file.read(),
        file_name=file.name,
        note=form.cleaned_data["note"],
        by=request.user,
        at=timezone.now(),
    )


@gated(Right.EDIT_TEMPLATES)
@require_POST
def trial(request, pk: int, code: str):
    """A test print as PDF; with a chosen file, that file, which is not kept."""
    creditor, kind = creditor_of(request, pk), _kind(code)
    form = TrialForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Проверьте номер документа и файл.")
        return redirect("documents:template-kind", pk=pk, code=code)
    try:
        docx = bytes(template_for(kind, creditor).docx)
        if form.cleaned_data["file"]:
            docx = form.cleaned_data["file"].read()
            checked_template(kind, docx)
        made = trial_pdf(kind, docx, trial_data(kind, creditor, form.cleaned_data["number"]))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("documents:template-kind", pk=pk, code=code)
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="proba.pdf"'})


@gated(Right.EDIT_TEMPLATES)
@require_POST
def reset(request, pk: int, code: str):
    """Back to the shipped template."""
    creditor, kind = creditor_of(request, pk), _kind(code)
    back_to_shipped(kind_code=kind.code, creditor=creditor, by=request.user)
    messages.success(request, "Действует стандартный шаблон. Ваши версии сохранены, любую можно вернуть.")
    return redirect("documents:template-kind", pk=pk, code=code)


def _template(request, pk: int) -> DocumentTemplate:
    return gates.get(DocumentTemplate.objects.select_related("creditor"), request.user, Right.EDIT_TEMPLATES, pk=pk)


@gated(Right.EDIT_TEMPLATES)
def file(request, pk: int):
    """The DOCX of a version, to be edited in Word."""
    template = _template(request, pk)
    name = f"{template.kind}-v{template.version}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(template.docx), content_type=DOCX, headers=headers)


@gated(Right.EDIT_TEMPLATES)
@require_POST
def restore(request, pk: int):
    """Put a creditor's old version in force again."""
    template = _template(request, pk)
    if template.creditor is None:
        raise Http404
    restore_template(template=template, by=request.user)
    messages.success(request, f"Снова действует версия {template.version}.")
    return redirect(reverse("documents:template-kind", args=[template.creditor_id, template.kind]))
