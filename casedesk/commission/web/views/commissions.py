"""Commissions: composition, regulations, the rule of agendas, the year's plan, groups, orders, what came of it."""

import datetime as dt

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.commission.actions import compose
from casedesk.commission.actions.plan_meetings import plan_meeting, plan_year
from casedesk.commission.models import AgendaItem, AgendaRule, Commission, Decision, Meeting, Regulations, Seat, WorkingGroup
from casedesk.commission.queries.composition import calendar, check_of
from casedesk.commission.queries.effect import effect_of, quarter_of
from casedesk.commission.queries.tasks import late, tasks
from casedesk.commission.web import forms
from casedesk.commission.web.common import find_commission, form_page, runs, tried, who_when, wrong
from casedesk.common import months

ALL = ("Комиссии", "commission:commissions")


@gated(Right.SEE_COMMISSION)
def index(request):
    """Commissions of this person; with one, straight to it."""
    found = list(Commission.objects.visible_to(request.user).select_related("municipality"))
    if len(found) == 1 and not runs(request):
        return redirect(found[0])
    today = timezone.localdate()
    rows = [{"commission": one, "check": check_of(one, today), "next": _next(one, today)} for one in found]
    return render(request, "commission/commissions.html", {"rows": rows, "may": runs(request)})


def _next(commission: Commission, today: dt.date) -> Meeting | None:
    return Meeting.objects.filter(commission=commission).ahead(today).order_by("planned_on").first()


@gated(Right.RUN_COMMISSION)
def new(request):
    form = forms.CommissionForm(request.POST or None, user=request.user, initial={"valid_from": forms.today()})

    def act(given):
        return compose.found_commission(
            municipality=given["municipality"], name=given["name"], act=given["act"], on=given["valid_from"], by=request.user
        )

    return form_page(request, form, title="Новая комиссия", crumbs=[ALL], act=act, back=reverse("commission:commissions"))


@gated(Right.SEE_COMMISSION)
def page(request, pk: int):
    """One commission: is the composition complete, by which rules it works, when it meets, what is not carried out."""
    one, today = find_commission(request, pk), timezone.localdate()
    rules = Regulations.objects.of(one, today)
    given = request.GET.get("year", "")
    year = int(given) if given.isdigit() and 2000 <= int(given) <= 2100 else today.year
    open_tasks = tasks(Decision.objects.visible_to(request.user).filter(item__meeting__commission=one))
    context = {
        "commission": one,
        "today": today,
        "may": runs(request),
        "check": check_of(one, today),
        "seats": Seat.objects.filter(commission=one).on(today).select_related("user"),
        "gone": Seat.objects.filter(commission=one, valid_to__lte=today).order_by("-valid_to"),
        "rules": rules,
        "agenda_rule": AgendaRule.objects.of(one, today),
        "year": year,
        "calendar": calendar(one, year, rules.rhythm, today),
        "open_to_me": set(Meeting.objects.visible_to(request.user).filter(commission=one).values_list("pk", flat=True)),
        "groups": WorkingGroup.objects.filter(commission=one).on(today).select_related("lead").prefetch_related("members"),
        "appointments": one.appointments.all(),
        "late": late(open_tasks, today).count(),
        "undone": open_tasks.filter(ended_on__isnull=True).count(),
        "year_form": forms.YearForm(initial={"year": year}),
    }
    return render(request, "commission/commission.html", context)


def _crumbs(one: Commission) -> list:
    return [ALL, (one.name, one.get_absolute_url())]


@gated(Right.RUN_COMMISSION)
def seat_add(request, pk: int):
    one = find_commission(request, pk, Right.RUN_COMMISSION)
    form = forms.SeatForm(request.POST or None, commission=one, initial={"valid_from": forms.today()})

    def act(given):
        compose.seat_member(commission=one, by=request.user, **given)

    return form_page(request, form, title="Ввести в состав", crumbs=_crumbs(one), act=act, back=one)


@gated(Right.RUN_COMMISSION)
def seat_end(request, pk: int):
    seat = gates.get(Seat.objects.select_related("commission"), request.user, Right.RUN_COMMISSION, pk=pk)
    form = forms.EndForm(request.POST or None)

    def act(given):
        compose.end_seat(seat=seat, on=given["on"], by=request.user)

    title = f"Вывести из состава: {seat.name}"
    return form_page(
        request, form, title=title, crumbs=_crumbs(seat.commission), act=act, back=seat.commission, submit="Вывести"
    )


@gated(Right.RUN_COMMISSION)
def regulations(request, pk: int):
    one = find_commission(request, pk, Right.RUN_COMMISSION)
    now = Regulations.objects.of(one, timezone.localdate())
    names = [field for field in forms.RegulationsForm.base_fields if field != "valid_from"]
    initial = {name: getattr(now, name) for name in names} | {"valid_from": forms.today()}
    form = forms.RegulationsForm(request.POST or None, initial=initial)

    def act(given):
        compose.set_regulations(commission=one, by=request.user, **given)

    lead = "Новая редакция действует со своего дня, прежние заседания считаются по той, что была."
    return form_page(request, form, title="Регламент", crumbs=_crumbs(one), act=act, back=one, lead=lead)


@gated(Right.RUN_COMMISSION)
def agenda_rule(request, pk: int):
    one = find_commission(request, pk, Right.RUN_COMMISSION)
    now = AgendaRule.objects.of(one, timezone.localdate())
    initial = {name: getattr(now, name) for name in forms.AgendaRuleForm.base_fields}
    initial |= {"valid_from": forms.today(), "months_x100": f"{now.months_x100 / 100:g}", "overdue": str(now.overdue // 100)}
    form = forms.AgendaRuleForm(request.POST or None, initial=initial)

    def act(given):
        compose.set_agenda_rule(commission=one, by=request.user, **given)

    lead = "Кого комиссия считает злостным неплательщиком. По этому правилу наполняются повестки."
    return form_page(request, form, title="Правило повестки", crumbs=_crumbs(one), act=act, back=one, lead=lead)


@gated(Right.RUN_COMMISSION)
@require_POST
def year_plan(request, pk: int):
    """Plan the rest of the year by the rhythm."""
    one = find_commission(request, pk, Right.RUN_COMMISSION)
    form = forms.YearForm(request.POST)
    if form.is_valid():
        tried(request, lambda: plan_year(commission=one, **form.cleaned_data, **who_when(request)), "Заседания запланированы.")
    else:
        wrong(request, form)
    return redirect(one)


@gated(Right.RUN_COMMISSION)
def meeting_new(request, pk: int):
    one = find_commission(request, pk, Right.RUN_COMMISSION)
    form = forms.MeetingForm(request.POST or None, commission=one)

    def act(given):
        return plan_meeting(commission=one, by=request.user, **given)

    return form_page(request, form, title="Новое заседание", crumbs=_crumbs(one), act=act, back=one, submit="Запланировать")


@gated(Right.RUN_COMMISSION)
def group_new(request, pk: int):
    one = find_commission(request, pk, Right.RUN_COMMISSION)
    form = forms.GroupForm(request.POST or None, commission=one)

    def act(given):
        compose.form_group(commission=one, by=request.user, **given | {"members": list(given["members"])})

    return form_page(request, form, title="Рабочая группа", crumbs=_crumbs(one), act=act, back=one, submit="Создать")


@gated(Right.RUN_COMMISSION)
def group_end(request, pk: int):
    """The group's task is done, or another group takes it over."""
    group = gates.get(WorkingGroup.objects.select_related("commission"), request.user, Right.RUN_COMMISSION, pk=pk)
    form = forms.EndForm(request.POST or None)
    form.fields["on"].label = "Последний день работы"

    def act(given):
        compose.end_group(group=group, on=given["on"], by=request.user)

    title, back = f"Завершить работу группы «{group}»", group.commission
    return form_page(request, form, title=title, crumbs=_crumbs(back), act=act, back=back, submit="Завершить")


@gated(Right.RUN_COMMISSION)
def appointment_new(request, pk: int):
    one = find_commission(request, pk, Right.RUN_COMMISSION)
    form = forms.AppointmentForm(request.POST or None)

    def act(given):
        compose.record_appointment(commission=one, by=request.user, **given)

    return form_page(request, form, title="Приказ о назначении", crumbs=_crumbs(one), act=act, back=one)


@gated(Right.SEE_COMMISSION)
def effect(request, pk: int):
    """What a quarter's meetings brought by the end of the next quarter."""
    one, today = find_commission(request, pk), timezone.localdate()
    first, last = quarter_of(_asked(request.GET.get("quarter", ""), today))
    items = AgendaItem.objects.visible_to(request.user).filter(meeting__commission=one)
    found = effect_of(items, first=first, last=last, today=today)
    quarters = [months.first_day(months.of(first) + shift * 3) for shift in (-1, 1)]
    context = {
        "commission": one,
        "effect": found,
        "totals": {name: found.total(name) for name in ("decided", "now", "paid", "change")},
        "earlier": quarters[0].isoformat(),
        "later": quarters[1].isoformat() if quarters[1] <= today else "",
        "name": f"{(first.month + 2) // 3} квартал {first.year}",
    }
    return render(request, "commission/effect.html", context)


def _asked(text: str, today: dt.date) -> dt.date:
    """The day of the quarter asked for; the quarter before today's when none is."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return months.first_day(months.of(today) - 3)
