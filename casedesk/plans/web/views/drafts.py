"""The plan editor: begin a draft, look it over, see its figures, put it in force; plans as files."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.plans.actions.edit_draft import begin_draft, discard_draft, draft_of, publish_draft
from casedesk.plans.actions.load_plan import check_plan
from casedesk.plans.models import Plan, PlanDraft
from casedesk.plans.queries import draft_preview
from casedesk.plans.queries.plan_data import plan_data
from casedesk.plans.queries.question import Question, reach_of
from casedesk.plans.rules.plan_file import PlanData, read_plan
from casedesk.plans.rules.plan_text import write_plan
from casedesk.plans.web.draft_forms import NewForm
from casedesk.plans.web.draft_shown import shown_plan


def found_draft(request, pk: int) -> PlanDraft:
    return gates.get(PlanDraft.objects.select_related("plan", "territory"), request.user, Right.EDIT_PLAN, pk=pk)


def _file(data: PlanData) -> HttpResponse:
    answer = HttpResponse(write_plan(data), content_type="application/toml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="plan-{data.code}.toml"'
    return answer


@gated(Right.SEE_PLAN)
def export_plan(request, code):
    """The plan as one file."""
    plan = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    return _file(plan_data(plan))


@gated(Right.EDIT_PLAN)
def export_draft(request, pk: int):
    return _file(read_plan(found_draft(request, pk).text))


@gated(Right.EDIT_PLAN)
@require_POST
def edit(request, code):
    """Open the plan's draft, or begin one."""
    plan = gates.get(Plan.objects.select_related("territory"), request.user, Right.EDIT_PLAN, code=code)
    try:
        return redirect(draft_of(plan=plan, by=request.user, at=timezone.now()))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(plan)


@gated(Right.EDIT_PLAN)
def new(request):
    """Begin a new plan: empty, from another one, from a file."""
    form = NewForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        territory = form.cleaned_data["territory"]
        begun = begin_draft(data=_begun(form.cleaned_data), territory=territory, by=request.user, at=timezone.now())
        return redirect(begun)
    return render(request, "plans/draft_new.html", {"form": form})


def _begun(given: dict) -> PlanData:
    data = given["file"] or (plan_data(given["source"]) if given["source"] else PlanData("", ""))
    return replace(data, code=given["code"] or data.code, name=given["name"] or data.name)


@gated(Right.EDIT_PLAN)
def draft(request, pk: int):
    """The whole draft: its sections and measures, and what keeps it from being put in force."""
    one = found_draft(request, pk)
    data = read_plan(one.text)
    context = {"draft": one, "data": data, "sections": shown_plan(data), "faults": check_plan(data)}
    return render(request, "plans/draft.html", context)


@gated(Right.EDIT_PLAN)
def preview(request, pk: int):
    """The draft's figures of a month."""
    one = found_draft(request, pk)
    data = read_plan(one.text)
    try:
        period = months.parse(request.GET.get("period", ""))
    except ValueError:
        period = months.of(timezone.localdate()) - 1
    question = Question(period, reach_of(request.user, one.territory), base_on=data.base_on)
    sections = draft_preview.preview(data, question)
    return render(request, "plans/draft_preview.html", {"draft": one, "data": data, "sections": sections, "period": period})


@gated(Right.EDIT_PLAN)
@require_POST
def publish(request, pk: int):
    one = found_draft(request, pk)
    try:
        version = publish_draft(draft=one, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(one)
    messages.success(request, f"План действует: версия {version.number}.")
    return redirect(version.plan)


@gated(Right.EDIT_PLAN)
@require_POST
def discard(request, pk: int):
    one = found_draft(request, pk)
    discard_draft(draft=one)
    messages.success(request, "Черновик удалён, действующий план не изменился.")
    return redirect("plans:plans")
