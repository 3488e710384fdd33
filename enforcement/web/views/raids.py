"""Raids: the list, one raid with its route, the sheet for the pocket, the form for the telephone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from enforcement.actions.plan_raid import Wanted, add_stops, cancel_raid, drop_stop, hold_raid, plan_raid
from enforcement.actions.record_visit import Visit, record_visit
from enforcement.models import Raid, RaidStop
from enforcement.queries.raids import next_stop, route, with_progress
from enforcement.rules.raid_words import RaidState
from enforcement.web.raid_forms import CancelForm, RaidForm, StopsForm, VisitForm
from enforcement.web.raid_tables import RAID_COLUMNS, RaidFilter

EMPTY = Empty(
    "Рейдов пока нет", "Запланируйте день и подберите адреса из открытых дел.", "/raids/new/", "Запланировать", "footprints"
)


@gated(Right.SEE_RAIDS)
def index(request):
    """Raids with what came of each."""
    seen = with_progress(Raid.objects.filter(pk__in=Raid.objects.visible_to(request.user).values("pk")))
    listing = Listing(
        request,
        seen.select_related("creditor"),
        RAID_COLUMNS,
        filters=RaidFilter,
        sort="-planned_on",
        empty=EMPTY,
        name="raids",
    )
    return listing.render("enforcement/raids/raids.html")


@gated(Right.WORK_RAIDS)
def new(request):
    form = RaidForm(request.POST or None, user=request.user, initial={"planned_on": timezone.localdate()})
    if form.is_valid():
        raid = plan_raid(**form.cleaned_data | {"departments": list(form.cleaned_data["departments"])}, by=request.user)
        messages.success(request, "Рейд запланирован. Подберите адреса.")
        return redirect(raid)
    return render(request, "enforcement/raids/new.html", {"form": form})


def _raid(request, pk: int, right: str = Right.SEE_RAIDS) -> Raid:
    queryset = with_progress(Raid.objects.select_related("creditor", "planned_by").prefetch_related("departments"))
    raid = gates.get(Raid.objects.all(), request.user, right, pk=pk)
    return queryset.get(pk=raid.pk)


@gated(Right.SEE_RAIDS)
def raid(request, pk: int):
    """One raid: its people, its doors house by house, how far the walk is."""
    one = _raid(request, pk)
    is_open = one.state == RaidState.PLANNED
    may = is_open and scope_of(request.user).may(Right.WORK_RAIDS)
    shown = {
        "raid": one,
        "houses": route(one),
        "may": may,
        "left": one.doors - one.visited,
        "stops_form": StopsForm(creditor=one.creditor) if may else None,
        "cancel_form": CancelForm() if may and not one.visited else None,
    }
    return render(request, "enforcement/raids/raid.html", shown)


@gated(Right.SEE_RAIDS)
def sheet(request, pk: int):
    """The route sheet for the printer."""
    one = _raid(request, pk)
    return render(request, "enforcement/raids/sheet.html", {"raid": one, "houses": route(one)})


@gated(Right.WORK_RAIDS)
@require_POST
def add(request, pk: int):
    """Add the doors that fit."""
    one = _raid(request, pk, Right.WORK_RAIDS)
    form = StopsForm(request.POST, creditor=one.creditor)
    if not form.is_valid():
        messages.error(request, "Проверьте условия отбора: " + "; ".join(form.errors))
        return redirect(one)
    given = form.cleaned_data
    wanted = Wanted(
        tuple(int(house) for house in given["houses"]), given["overdue_from"] or 0, given["at_bailiffs"], given["most"]
    )
    return _step(request, one, lambda: messages.success(request, f"Добавлено дверей: {add_stops(raid=one, wanted=wanted)}."))


@gated(Right.WORK_RAIDS)
@require_POST
def hold(request, pk: int):
    one = _raid(request, pk, Right.WORK_RAIDS)
    return _step(request, one, lambda: hold_raid(raid=one, on=timezone.localdate()))


@gated(Right.WORK_RAIDS)
@require_POST
def cancel(request, pk: int):
    one = _raid(request, pk, Right.WORK_RAIDS)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Напишите, почему отменяете рейд.")
        return redirect(one)
    return _step(request, one, lambda: cancel_raid(raid=one, reason=form.cleaned_data["reason"]))


def _step(request, one: Raid, act):
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(one)


def _stop(request, pk: int) -> RaidStop:
    queryset = RaidStop.objects.select_related("raid__creditor", "case_file", "account")
    stop = gates.get(RaidStop.objects.all(), request.user, Right.WORK_RAIDS, pk=pk)
    return queryset.get(pk=stop.pk)


@gated(Right.WORK_RAIDS)
def visit(request, pk: int):
    """The door on a telephone: whose, how much, what came of it; then the next door."""
    stop = _stop(request, pk)
    form = VisitForm(request.POST or None)
    if form.is_valid():
        try:
            record_visit(stop=stop, visit=Visit(**form.cleaned_data), by=request.user, on=timezone.localdate())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{stop}: записано.")
            return redirect(next_stop(stop) or stop.raid)
    last = stop.visits.filter(is_last=True).first()
    shown = {"stop": stop, "form": form, "last": last, "next": next_stop(stop), "case": stop.case_file}
    return render(request, "enforcement/raids/visit.html", shown)


@gated(Right.WORK_RAIDS)
@require_POST
def drop(request, pk: int):
    stop = _stop(request, pk)
    return _step(request, stop.raid, lambda: drop_stop(stop=stop))
