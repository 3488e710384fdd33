"""Rounds: the list, one round with its route, the sheet for the pocket, the form for the telephone."""

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
from debtors.actions.plan_round import Doors, add_doors, cancel_round, drop_door, hold_round, plan_round
from debtors.actions.record_round_visit import DoorTold, record_round_visit
from debtors.models import PreTrialNotice, Round, RoundStop
from debtors.queries.rounds import next_door, route, with_progress
from debtors.rules.visit_words import RoundState
from debtors.web.round_forms import ROUND_COLUMNS, CancelForm, DoorForm, DoorsForm, RoundFilter, RoundForm
from debtors.web.tables import creditors_for

EMPTY = Empty(
    "Обходов пока нет",
    "Запланируйте день, подберите адреса с долгом и возьмите маршрутный лист или телефон.",
    "/rounds/new/",
    "Запланировать",
    "footprints",
)


@gated(Right.SEE_CASES)
def index(request):
    seen = with_progress(Round.objects.visible_to(request.user)).select_related("creditor")
    listing = Listing(request, seen, ROUND_COLUMNS, filters=RoundFilter, sort="-planned_on", empty=EMPTY, name="rounds")
    return listing.render("debtors/rounds/rounds.html")


@gated(Right.WORK_CASES)
def new(request):
    start = {"planned_on": timezone.localdate(), "walkers": request.user.short_name}
    form = RoundForm(request.POST or None, creditors=creditors_for(request), initial=start)
    if form.is_valid():
        given = form.cleaned_data
        made = plan_round(**{name: given[name] for name in ("creditor", "planned_on", "walkers", "note")}, by=request.user)
        messages.success(request, "Обход запланирован. Подберите адреса.")
        return redirect(made)
    return render(request, "debtors/rounds/new.html", {"form": form})


def _round(request, pk: int, right: str = Right.SEE_CASES) -> Round:
    one = gates.get(Round.objects.all(), request.user, right, pk=pk)
    return with_progress(Round.objects.select_related("creditor", "planned_by")).get(pk=one.pk)


@gated(Right.SEE_CASES)
def page(request, pk: int):
    """One round: its doors house by house, how far the walk is."""
    one = _round(request, pk)
    may = one.state == RoundState.PLANNED and scope_of(request.user).may(Right.WORK_CASES)
    context = {
        "round": one,
        "houses": route(one),
        "may": may,
        "left": one.doors - one.visited,
        "doors_form": DoorsForm(creditor=one.creditor) if may else None,
        "cancel_form": CancelForm() if may and not one.visited else None,
    }
    return render(request, "debtors/rounds/round.html", context)


@gated(Right.SEE_CASES)
def sheet(request, pk: int):
    """The route sheet for the printer."""
    one = _round(request, pk)
    return render(request, "debtors/rounds/sheet.html", {"round": one, "houses": route(one)})


def _step(request, one: Round, act):
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(one)


@gated(Right.WORK_CASES)
@require_POST
def add(request, pk: int):
    """Add the doors that fit."""
    one = _round(request, pk, Right.WORK_CASES)
    form = DoorsForm(request.POST, creditor=one.creditor)
    if not form.is_valid():
        messages.error(request, "Проверьте условия отбора: дома, сумму и число дверей.")
        return redirect(one)
    given = form.cleaned_data
    doors = Doors(tuple(int(house) for house in given["houses"]), given["overdue_from"] or 0, given["most"])

    def act() -> None:
        count, left_out = add_doors(round_=one, doors=doors, by=request.user)
        why = "; ".join(f"{reason}: {number}" for reason, number in left_out)
        messages.success(request, f"Добавлено дверей: {count}." + (f" Не взяты: {why}." if why else ""))

    return _step(request, one, act)


@gated(Right.WORK_CASES)
@require_POST
def hold(request, pk: int):
    one = _round(request, pk, Right.WORK_CASES)
    return _step(request, one, lambda: hold_round(round_=one))


@gated(Right.WORK_CASES)
@require_POST
def cancel(request, pk: int):
    one = _round(request, pk, Right.WORK_CASES)
    form = CancelForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Напишите, почему отменяете обход.")
        return redirect(one)
    return _step(request, one, lambda: cancel_round(round_=one, reason=form.cleaned_data["reason"]))


def _stop(request, pk: int) -> RoundStop:
    queryset = RoundStop.objects.select_related("round__creditor", "case__creditor", "account")
    return gates.get(queryset, request.user, Right.WORK_CASES, pk=pk)


@gated(Right.WORK_CASES)
def visit(request, pk: int):
    """The door on a telephone: whose, how much, what came of it; then the next door."""
    stop = _stop(request, pk)
    form = DoorForm(request.POST or None)
    if form.is_valid():
        try:
            record_round_visit(stop=stop, told=DoorTold(**form.cleaned_data), by=request.user, on=timezone.localdate())
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{stop}: записано.")
            return redirect(next_door(stop) or stop.round)
    context = {
        "stop": stop,
        "form": form,
        "case": stop.case,
        "last": stop.visits.filter(is_last=True).first(),
        "next": next_door(stop),
        "notice": stop.case.notices.filter(state=PreTrialNotice.State.PREPARED).first(),
    }
    return render(request, "debtors/rounds/visit.html", context)


@gated(Right.WORK_CASES)
@require_POST
def drop(request, pk: int):
    stop = _stop(request, pk)
    return _step(request, stop.round, lambda: drop_door(stop=stop))
