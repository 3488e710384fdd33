"""Outreach: the list, the fast entry, one event with its paper, taking a record back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.common.tables import Empty, Listing
from debtors.actions.record_outreach import record_outreach, reverse_outreach
from debtors.models import CaseFile, OutreachEvent
from debtors.queries.outreach import suggested
from debtors.rules.outreach_kinds import KINDS
from debtors.web.outreach_forms import OutreachForm, ReverseForm
from debtors.web.outreach_tables import OUTREACH_COLUMNS, OutreachFilter

EMPTY = Empty(
    "Записей пока нет",
    "Приёмы, консультации, обращения, встречи, размещения и письма записывают здесь; показатели плана считаются по ним.",
    "/outreach/new/",
    "Записать",
    "users",
)
LAST = 10
"""The person's newest records, shown beside the form."""


def _seen(user) -> QuerySet:
    related = ("organisation", "account", "case", "recorded_by", "document", "reversed_by__recorded_by")
    return OutreachEvent.objects.visible_to(user).select_related(*related)


@gated(Right.SEE_OUTREACH)
def index(request):
    listing = Listing(
        request,
        _seen(request.user).filter(reverses__isnull=True),
        OUTREACH_COLUMNS,
        filters=OutreachFilter,
        sort="-happened_on",
        name="outreach",
        empty=EMPTY,
    )
    may = scope_of(request.user).may(Right.WORK_OUTREACH)
    return listing.render("debtors/outreach/index.html", may_work=may)


@gated(Right.WORK_OUTREACH)
def new(request):
    """The form of one kind; after each record it is there again, day kept, for the next one."""
    kind = KINDS.get(request.GET.get("kind", ""), KINDS["reception"])
    today = timezone.localdate()
    initial = {"on": request.GET.get("on") or today, "organisation": request.GET.get("organisation") or None}
    initial |= _who_of_case(request)
    form = OutreachForm(request.POST or None, request.FILES or None, kind=kind, user=request.user, initial=initial)
    if form.is_valid():
        try:
            made = record_outreach(entry=form.entry(), by=request.user, today=today)
        except Refusal as refusal:
            field = refusal.facts.get("field")
            form.add_error(field if field in form.fields else None, refusal.message)
        else:
            messages.success(request, f"Записано: {made}{f', {made.case}' if made.case else ''}.")
            query = urlencode({"kind": kind.code, "on": made.happened_on.isoformat(), "organisation": made.organisation_id})
            return redirect(f"{reverse('debtors:outreach-new')}?{query}")
    return render(request, "debtors/outreach/new.html", {"form": form, **_around(request, kind)})


def _who_of_case(request) -> dict[str, str]:
    """The account of the case that the person came from."""
    pk = request.GET.get("case", "")
    case = CaseFile.objects.visible_to(request.user).filter(pk=pk).first() if pk.isdigit() else None
    return {"who": f"{case.account.number} {case.account.holder_name}".strip()} if case else {}


def _around(request, kind) -> dict:
    tabs = [
        {"label": one.many, "url": f"?{urlencode({'kind': one.code})}", "current": one is kind, "count": None}
        for one in KINDS.values()
    ]
    mine = _seen(request.user).live().filter(recorded_by=request.user).order_by("-pk")
    return {"kind": kind, "tabs": tabs, "last": list(mine[:LAST])}


@gated(Right.WORK_OUTREACH)
def who(request):
    """Accounts for the list under the field «who», as the person types."""
    return render(request, "debtors/outreach/_accounts.html", {"accounts": suggested(request.user, request.GET.get("who", ""))})


def _event(request, pk: int, right: str = Right.SEE_OUTREACH) -> OutreachEvent:
    gates.get(OutreachEvent.objects.all(), request.user, right, pk=pk)
    return _seen(request.user).get(pk=pk)


@gated(Right.SEE_OUTREACH)
def event(request, pk: int):
    one = _event(request, pk)
    scope = scope_of(request.user)
    fields = [(field.label, field.words(one.data[field.name])) for field in one.of_kind.fields if field.name in one.data]
    shown = {
        "event": one,
        "fields": fields,
        "may_work": scope.may(Right.WORK_OUTREACH) and not one.is_reversed and one.reverses_id is None,
        "sees_case": one.case_id and CaseFile.objects.visible_to(request.user).filter(pk=one.case_id).exists(),
        "sees_document": one.document_id and scope.may(Right.SEE_DOCUMENTS),
    }
    shown["sees_case"] = shown["sees_case"] and scope.may(Right.SEE_CASES)
    return render(request, "debtors/outreach/event.html", shown)


@gated(Right.SEE_OUTREACH)
def file(request, pk: int):
    """The paper as a download, never shown inside the page: it came from outside."""
    one = _event(request, pk)
    if not one.stored:
        raise Http404("no file")
    return FileResponse(one.stored.open("rb"), as_attachment=True, filename=one.file_name)


@gated(Right.WORK_OUTREACH)
def take_back(request, pk: int):
    one = _event(request, pk, Right.WORK_OUTREACH)
    form = ReverseForm(request.POST or None)
    if form.is_valid():
        try:
            reverse_outreach(event=one, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except NotAllowed as refusal:
            messages.error(request, refusal.message)
            return redirect(one)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Запись снята; в показателях её больше нет, прежний отчёт не меняется.")
            return redirect(one)
    return render(request, "debtors/outreach/reverse.html", {"event": one, "form": form})
