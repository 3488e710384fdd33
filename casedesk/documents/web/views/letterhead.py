"""What papers say of a creditor, and names that the rules decline wrongly."""

from django.contrib import messages
from django.shortcuts import redirect, render

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.tables import Empty, Listing
from casedesk.documents.actions.keep_letterhead import keep_letterhead, keep_name_forms
from casedesk.documents.models import Letterhead, NameForms
from casedesk.documents.rules.declension import CASES, declined
from casedesk.documents.web.forms import LetterheadForm, NameFormsForm
from casedesk.documents.web.tables import NAME_COLUMNS, NameFilter, creditors_for
from casedesk.documents.web.views.templates import creditor_of

NO_NAMES = Empty("Исправлений нет", "Имена склоняются по правилам; сюда попадают те, что исправили вы.", icon="spell-check")


@gated(Right.EDIT_TEMPLATES)
def page(request, pk: int):
    """Letterhead and signature of a creditor; where debtors pay has a page of its own."""
    creditor = creditor_of(request, pk)
    head = Letterhead.objects.filter(creditor=creditor).first() or Letterhead(creditor=creditor)
    form = LetterheadForm(request.POST or None, instance=head)
    if form.is_valid():
        keep_letterhead(letterhead=form.save(commit=False), by=request.user)
        messages.success(request, "Записано. Новые документы будут с этими данными.")
        return redirect("documents:letterhead", pk=pk)
    versions = creditor.requisites.order_by("-valid_from")
    return render(request, "documents/letterhead.html", {"creditor": creditor, "form": form, "versions": versions})


@gated(Right.EDIT_TEMPLATES)
def names(request):
    """Names corrected by hand."""
    found = NameForms.objects.visible_to(request.user).select_related("creditor")
    listing = Listing(request, found, NAME_COLUMNS, filters=NameFilter, sort="name", name="names", empty=NO_NAMES)
    return listing.render("documents/names.html")


@gated(Right.EDIT_TEMPLATES)
def add_name(request):
    """A correction for the first creditor of the person."""
    creditor = creditors_for(request).first()
    initial = {"name": request.GET.get("name", "")}
    initial |= {case: declined(initial["name"], case) for case in CASES} if initial["name"] else {}
    return _edit(request, NameForms(creditor=creditor, changed_by=request.user), initial)


@gated(Right.EDIT_TEMPLATES)
def name(request, pk: int):
    return _edit(request, gates.get(NameForms.objects.all(), request.user, Right.EDIT_TEMPLATES, pk=pk), {})


def _edit(request, kept: NameForms, initial: dict):
    form = NameFormsForm(request.POST or None, instance=kept, initial=initial)
    if form.is_valid():
        keep_name_forms(forms=form.save(commit=False), by=request.user)
        messages.success(request, "Записано: в новых документах имя будет так.")
        return redirect("documents:names")
    return render(request, "documents/name.html", {"form": form, "kept": kept})
