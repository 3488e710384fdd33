"""Courts and departments: lists, a page of each, editing, whose an address is."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.history import changes
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from enforcement.actions.change_coverage import add_coverage, end_coverage
from enforcement.models import Court, Coverage, DepartmentCard
from enforcement.queries.coverage import DEPARTMENT, CoverageMap, place_named
from enforcement.web.court_forms import CourtForm, CoverageForm, DepartmentForm, EndForm, LookupForm
from enforcement.web.court_tables import COURT_COLUMNS, COVERAGE_COLUMNS, DEPARTMENT_COLUMNS, CourtFilter, CoverageFilter

NO_COURTS = Empty("Судов пока нет", "Загрузите список судебных участков с улицами или добавьте суд вручную.", icon="gavel")
NO_DEPARTMENTS = Empty("Отделов пока нет", "Они появятся из ответов приставов, из списка или вручную.", icon="shield")
LIVE = Count("coverage", filter=Q(coverage__valid_to__isnull=True))
COURT_LABELS = {name: str(Court._meta.get_field(name).verbose_name) for name in CourtForm.Meta.fields}
CARD_LABELS = {name: str(DepartmentCard._meta.get_field(name).verbose_name) for name in DepartmentForm.Meta.fields}


@gated(Right.SEE_COURTS)
def courts(request):
    """Courts with the number of streets of each, and the answer to «whose is this address»."""
    listing = Listing(
        request, Court.objects.annotate(areas=LIVE), COURT_COLUMNS, filters=CourtFilter, empty=NO_COURTS, name="courts"
    )
    return listing.render("enforcement/courts/courts.html", lookup=LookupForm())


@gated(Right.SEE_COURTS)
def departments(request):
    cards = DepartmentCard.objects.select_related("organisation").annotate(areas=LIVE)
    listing = Listing(request, cards, DEPARTMENT_COLUMNS, empty=NO_DEPARTMENTS, name="departments")
    return listing.render("enforcement/courts/departments.html", lookup=LookupForm())


@gated(Right.SEE_COURTS)
def lookup(request):
    """Which court and which department an address belongs to on a day, and by which row."""
    form = LookupForm(request.GET or None)
    answers, place = [], None
    if form.is_valid():
        place = place_named(form.cleaned_data["address"])
        on = form.cleaned_data["on"] or timezone.localdate()
        answers = [_answer(kind, label, place, on) for kind, label in _kinds()] if place else []
    shown = {"form": form, "answers": answers, "asked": form.is_bound and form.is_valid(), "place": place}
    return render(request, "enforcement/courts/lookup.html", shown)


def _kinds():
    return [*Court.Kind.choices, (DEPARTMENT, "отдел судебных приставов")]


def _answer(kind: str, label: str, place, on) -> dict:
    answer = CoverageMap.of(kind, on).whose(place)
    model = DepartmentCard if kind == DEPARTMENT else Court
    found = model.objects.in_bulk([answer.authority, *answer.conflict] if answer.authority else answer.conflict)
    row = Coverage.objects.select_related("house").filter(pk=answer.area or 0).first()
    conflict = [found[one] for one in answer.conflict if one in found]
    return {"label": label, "authority": found.get(answer.authority), "row": row, "conflict": conflict}


def _page(request, authority, labels: dict, template: str):
    rows = authority.coverage.select_related("house")
    empty = Empty("Адресов нет", "Добавьте улицы, чтобы суд или отдел находился по адресу сам.")
    columns = COVERAGE_COLUMNS if scope_of(request.user).may(Right.EDIT_COURTS) else COVERAGE_COLUMNS[:-1]
    listing = Listing(request, rows, columns, filters=CoverageFilter, sort="street", empty=empty, name="coverage")
    history = changes(authority.history.select_related("history_user"), labels)
    return listing.render(template, authority=authority, changes=history, fee=_fee_lines(authority))


def _fee_lines(authority) -> list[tuple[str, str]]:
    names = [name for name in COURT_LABELS if name.startswith("fee_")] if isinstance(authority, Court) else []
    return [(COURT_LABELS[name], getattr(authority, name)) for name in names if getattr(authority, name)]


@gated(Right.SEE_COURTS)
def court(request, pk: int):
    return _page(request, get_object_or_404(Court, pk=pk), COURT_LABELS, "enforcement/courts/court.html")


@gated(Right.SEE_COURTS)
def department(request, pk: int):
    card = get_object_or_404(DepartmentCard.objects.select_related("organisation"), pk=pk)
    return _page(request, card, CARD_LABELS, "enforcement/courts/department.html")


@gated(Right.EDIT_COURTS)
def edit_court(request, pk: int | None = None):
    one = get_object_or_404(Court, pk=pk) if pk else None
    return _edit(request, CourtForm(request.POST or None, instance=one), one, "Суд", "enforcement:courts")


@gated(Right.EDIT_COURTS)
def edit_department(request, pk: int | None = None):
    one = get_object_or_404(DepartmentCard, pk=pk) if pk else None
    return _edit(request, DepartmentForm(request.POST or None, instance=one), one, "Отдел", "enforcement:departments")


def _edit(request, form, one, what: str, back: str):
    if form.is_valid():
        saved = form.save()
        messages.success(request, f"Записано: {saved}.")
        return redirect(saved)
    return render(request, "enforcement/courts/edit.html", {"form": form, "one": one, "what": what, "back": back})


@gated(Right.EDIT_COURTS)
def add_to_court(request, pk: int):
    return _add(request, get_object_or_404(Court, pk=pk))


@gated(Right.EDIT_COURTS)
def add_to_department(request, pk: int):
    return _add(request, get_object_or_404(DepartmentCard, pk=pk))


def _add(request, authority):
    """A form for a new stretch; the page of what it touches follows when houses moved."""
    form = CoverageForm(request.POST or None, initial={"valid_from": timezone.localdate(), "houses": "все"})
    if form.is_valid():
        try:
            change = add_coverage(authority=authority, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Адреса записаны.")
            return redirect(change or authority)
    return render(request, "enforcement/courts/add.html", {"form": form, "authority": authority})


@gated(Right.EDIT_COURTS)
def end(request, pk: int):
    """End one stretch on a day."""
    row = get_object_or_404(Coverage.objects.select_related("court", "department", "house"), pk=pk, valid_to=None)
    authority = row.court or row.department
    form = EndForm(request.POST or None, initial={"valid_to": timezone.localdate()})
    if form.is_valid():
        try:
            change = end_coverage(row=row, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Закончено: {row}.")
            return redirect(change or authority)
    return render(request, "enforcement/courts/end.html", {"form": form, "row": row, "authority": authority})
