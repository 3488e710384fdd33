"""Tasks of a plan: targets missed or at risk, who acts on them and by when."""

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.models import Membership, Organisation, User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.plans import catalogue
from casedesk.plans.actions.check_targets import finish_task, set_keeper
from casedesk.plans.actions.edit_draft import may_edit
from casedesk.plans.documents.words import in_unit
from casedesk.plans.models import IndicatorUse, Measure, Plan, PlanTask, RowKeeper
from casedesk.plans.queries.question import reach_of_organisation
from casedesk.plans.rules.lights import LABELS, TONES
from casedesk.plans.web.asking import asked
from casedesk.plans.web.views.plans import tabs


@gated(Right.SEE_PLAN)
def index(request, code):
    """Open tasks by their day, then the ones done lately."""
    plan = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    seen = PlanTask.objects.visible_to(request.user).filter(plan=plan).select_related("person", "done_by", "organisation")
    ask, today = asked(request, plan), timezone.localdate()
    context = {
        "plan": plan,
        "tabs": tabs(ask, "tasks"),
        "tasks": [_shown(task, today) for task in seen.open()],
        "done": [_shown(task, today) for task in seen.exclude(done_on=None).order_by("-done_on", "-pk")[:20]],
        "whole": scope_of(request.user).everything or plan.territory_id in scope_of(request.user).territories,
        "may_name": scope_of(request.user).may(Right.EDIT_PLAN) and may_edit(request.user, plan),
    }
    return render(request, "plans/tasks.html", context)


def _shown(task: PlanTask, today) -> dict:
    one = catalogue.get(task.indicator)
    worded = {name: in_unit(getattr(task, name), one.unit.value) for name in ("value", "target")}
    light = {"badge": LABELS[task.light], "tone": TONES[task.light]}
    return {"task": task, "name": one.name, "late": task.is_late(today)} | worded | light


@gated(Right.SEE_PLAN)
@require_POST
def done(request, pk: int):
    """Close a task with what was done."""
    task = get_object_or_404(PlanTask.objects.visible_to(request.user).select_related("plan"), pk=pk)
    try:
        finish_task(task=task, note=request.POST.get("note", ""), by=request.user, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("plans:tasks", task.plan.code)


class KeepersForm(forms.Form):
    """A person per row of the plan: for the whole of it, or for a creditor's own figures."""

    def __init__(self, *args, plan: Plan, user: User, creditor: Organisation | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        people = _people(user, creditor)
        known = dict(RowKeeper.objects.filter(plan=plan, organisation=creditor).values_list("row", "person"))
        rows = Measure.objects.filter(section__plan=plan).order_by("section__position", "position")
        if creditor:
            rows = rows.filter(pk__in=_in_shares(plan))
        self.rows = {f"row-{row.pk}": row.row for row in rows}
        for row in rows:
            field = forms.ModelChoiceField(
                people, label=str(row), required=False, empty_label="никто", initial=known.get(row.row)
            )
            self.fields[f"row-{row.pk}"] = field


def _people(user: User, creditor: Organisation | None) -> QuerySet:
    """Who may be named: a creditor's own people, or those of the municipality."""
    scope, people = scope_of(user), User.objects.filter(is_active=True).order_by("last_name", "username")
    working = Membership.objects.on(timezone.localdate())
    if creditor:
        return people.filter(pk__in=working.filter(organisation=creditor).values("user"))
    if scope.everything:
        return people
    return people.filter(pk__in=working.filter(organisation__territory__in=scope.territories).values("user"))


def _in_shares(plan: Plan) -> list[int]:
    """Measures with a target in per cent: what a creditor may be asked about alone."""
    uses = IndicatorUse.objects.filter(measure__section__plan=plan, target__isnull=False).values_list("measure", "indicator")
    return [measure for measure, code in uses if catalogue.get(code).unit == catalogue.Unit.PERCENT]


def _creditors(plan: Plan) -> QuerySet:
    """The creditors whose accounts the plan counts."""
    return reach_of_organisation(None, plan.territory).organisations().order_by("name")


@gated(Right.EDIT_PLAN)
def keepers(request, code):
    """Name who answers for each row; `?creditor=` for a creditor's own figures."""
    plan = gates.get(Plan.objects.select_related("territory"), request.user, Right.EDIT_PLAN, code=code)
    if not may_edit(request.user, plan):
        messages.error(request, "Ответственных общего плана назначает администратор. Сделайте на его основе свой план.")
        return redirect("plans:tasks", plan.code)
    given = request.GET.get("creditor", "")
    creditors = list(_creditors(plan))
    creditor = next((one for one in creditors if str(one.pk) == given), None)
    form = KeepersForm(request.POST or None, plan=plan, user=request.user, creditor=creditor)
    if form.is_valid():
        for name in form.changed_data:
            set_keeper(plan=plan, row=form.rows[name], person=form.cleaned_data[name], organisation=creditor)
        messages.success(request, "Ответственные записаны.")
        return redirect("plans:tasks", plan.code)
    whose = [{"label": "Весь план", "url": request.path, "count": None, "current": creditor is None}]
    whose += [
        {"label": one.name, "url": f"{request.path}?creditor={one.pk}", "count": None, "current": one == creditor}
        for one in creditors
    ]
    context = {"plan": plan, "form": form, "creditor": creditor, "whose": whose if len(whose) > 1 else []}
    return render(request, "plans/keepers.html", context)
