"""Proceedings: the list, the page with measures and rulings, recording measures."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from enforcement.actions.record_measure import Imposed, lift_measure, record_measure
from enforcement.models import BailiffRuling, EnforcementProceeding, ProceedingMeasure
from enforcement.queries.writ_money import writ_money
from enforcement.rules.proceeding_numbers import department_of, read_numbers
from enforcement.rules.terms import actions_end
from enforcement.rules.words import MEASURE_LAW
from enforcement.web.writ_forms import DayForm, MeasureForm
from enforcement.web.writ_tables import PROCEEDING_COLUMNS, STATUS_TONES, ProceedingFilter, debtor_of

EMPTY = Empty("Производств нет", "Они появляются, когда приставы возбуждают их по предъявленному документу.", icon="shield")


@gated(Right.SEE_WRITS)
def index(request):
    seen = (
        EnforcementProceeding.objects.visible_to(request.user)
        .live()
        .select_related("writ__account__premises__house", "writ__debtor", "department")
    )
    listing = Listing(
        request,
        seen,
        PROCEEDING_COLUMNS,
        filters=ProceedingFilter,
        sort="-opened_on",
        name="proceedings",
        empty=EMPTY,
        notes=[f"Производства на {timezone.localdate():%d.%m.%Y}"],
    )
    return listing.render("enforcement/proceedings.html")


def find(request, pk: int, right: str = Right.SEE_WRITS) -> EnforcementProceeding:
    queryset = EnforcementProceeding.objects.live().select_related(
        "writ__account__premises__house", "writ__debtor", "writ__case_file", "department", "presentation__department"
    )
    return gates.get(queryset, request.user, right, pk=pk)


@gated(Right.SEE_WRITS)
def overview(request, pk: int):
    """One proceeding: whose, where, which measures bind today, which rulings came, how it ended."""
    proceeding, today = find(request, pk), timezone.localdate()
    measures = [
        {"measure": one, "in_force": one.in_force(today), "law": MEASURE_LAW[one.kind]}
        for one in proceeding.measures.select_related("recorded_by")
    ]
    is_open = proceeding.status == EnforcementProceeding.Status.OPEN
    return render(
        request,
        "enforcement/proceeding.html",
        {
            "proceeding": proceeding,
            "writ": proceeding.writ,
            "debtor": debtor_of(proceeding.writ),
            "today": today,
            "status": (proceeding.get_status_display(), STATUS_TONES[proceeding.status]),
            "measures": measures,
            "rulings": list(BailiffRuling.objects.live().filter(proceeding=proceeding)),
            "others": _others(proceeding, request.user),
            "actions_end": actions_end(proceeding.opened_on),
            "sums": writ_money([proceeding.writ])[proceeding.writ_id],
            "number_doubt": read_numbers(proceeding.number).doubt,
            "department_code": department_of(proceeding.number),
            "may_record": scope_of(request.user).may(Right.RECORD_ENFORCEMENT) and is_open,
        },
    )


def _others(proceeding: EnforcementProceeding, user) -> list[EnforcementProceeding]:
    """Further proceedings on the same writ, and those of the same consolidated number."""
    seen = EnforcementProceeding.objects.visible_to(user).live().exclude(pk=proceeding.pk)
    found = list(seen.filter(writ=proceeding.writ).select_related("writ__account", "writ__debtor", "department"))
    if proceeding.consolidated_number:
        same = seen.filter(consolidated_number=proceeding.consolidated_number).exclude(writ=proceeding.writ)
        found += list(same.select_related("writ__account", "writ__debtor", "department")[:50])
    return found


@gated(Right.RECORD_ENFORCEMENT)
def measure(request, pk: int):
    proceeding = find(request, pk, Right.RECORD_ENFORCEMENT)
    form = MeasureForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        given = dict(form.cleaned_data)
        on, amount = given.pop("on"), given.pop("amount") or 0
        try:
            made = record_measure(proceeding=proceeding, measure=Imposed(amount=amount, **given), by=request.user, on=on)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Учтено: {made}.")
            return redirect(proceeding)
    return _ask(request, proceeding, form, "Учесть меру", "Учесть")


@gated(Right.RECORD_ENFORCEMENT)
def lift(request, pk: int):
    queryset = ProceedingMeasure.objects.select_related("proceeding__writ__account", "proceeding__writ__debtor")
    found = gates.get(queryset, request.user, Right.RECORD_ENFORCEMENT, pk=pk)
    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            lift_measure(measure=found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Снято: {found.get_kind_display()}.")
            return redirect(found.proceeding)
    return _ask(request, found.proceeding, form, f"Снять меру: {found}", "Снять")


def _ask(request, proceeding: EnforcementProceeding, form, heading: str, submit: str):
    context = {"proceeding": proceeding, "debtor": debtor_of(proceeding.writ), "form": form}
    return render(request, "enforcement/proceeding_step.html", context | {"heading": heading, "submit": submit})
