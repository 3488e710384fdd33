"""The plan by month: what each measure has come to, and what is behind every figure."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import export, months
from casedesk.plans.actions.edit_draft import may_edit
from casedesk.plans.catalogue import Column, Unit, total_of
from casedesk.plans.models import IndicatorUse, Plan, PlanDraft
from casedesk.plans.queries.facts import lines_of
from casedesk.plans.queries.question import sees_names
from casedesk.plans.queries.report import figure_of, figures, report
from casedesk.plans.rules.lights import AT_RISK, MET, MISSED
from casedesk.plans.web.asking import Asked, asked

PAGE = 100


@gated(Right.SEE_PLAN)
def index(request):
    """All plans the person may see."""
    plans = Plan.objects.visible_to(request.user).select_related("territory").prefetch_related("sections__measures")
    drafts = PlanDraft.objects.visible_to(request.user).select_related("plan")
    return render(request, "plans/index.html", {"plans": plans, "drafts": drafts})


@gated(Right.SEE_PLAN)
def plan(request, code):
    """One plan's month: sections, measures, figures and lights."""
    found = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    ask = asked(request, found)
    sections = report(found, ask.question, ask.today)
    lights = [figure.light for figure in figures(sections)]
    known = f"&known_on={ask.known_on}" if ask.known_on else ""
    context = {
        "may_edit": scope_of(request.user).may(Right.EDIT_PLAN) and may_edit(request.user, found),
        "sections": sections,
        "known": known,
        "met": lights.count(MET),
        "missed": lights.count(MISSED),
        "at_risk": lights.count(AT_RISK),
        "aimed": len(lights),
    }
    return render(request, "plans/plan.html", {"plan": found, "ask": ask, "tabs": tabs(ask, "plan"), **context})


@gated(Right.SEE_PLAN)
def figure(request, code, pk):
    """One figure: what it means and the list it is the total of."""
    found = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    use = get_object_or_404(IndicatorUse.objects.select_related("measure"), pk=pk, measure__section__plan=found)
    ask = asked(request, found)
    shown = figure_of(found, use, ask.question, ask.today)
    facts = list(shown.indicator.facts(ask.question.with_params(use.params)))
    notes = [f"{use.measure.row}. {shown.indicator.name}", f"За {months.named(ask.period)}, на {ask.as_of:%d.%m.%Y}"]
    name = f"{found.code}-{use.measure.row}-{ask.iso}"
    answer = fact_list(request, ask, facts, shown.indicator.columns, name, notes)
    if not isinstance(answer, dict):
        return answer
    percent = shown.indicator.unit == Unit.PERCENT
    return render(request, "plans/figure.html", {"plan": found, "ask": ask, "figure": shown, "percent": percent, **answer})


def fact_list(request, ask: Asked, facts: list, columns: tuple[Column, ...], name: str, notes: list[str]):
    """The context of a page of facts, largest first, or the workbook for `?export=xlsx`."""
    facts.sort(key=lambda fact: (-fact.amounts[0], fact.account or 0, fact.label))
    named = sees_names(scope_of(request.user))
    if request.GET.get("export") == "xlsx":
        heads = [("Лицевой счёт", "text"), ("Дом", "text"), ("Сведения", "text"), *((one.label, one.kind) for one in columns)]
        rows = ((line.label, line.house, line.about, *line.amounts) for line in lines_of(facts, named=named))
        return export.response(name, name, heads, rows, notes)
    page = Paginator(facts, PAGE).get_page(request.GET.get("page"))
    kinds = [column.kind for column in columns]
    lines = [(line, list(zip(line.amounts, kinds, strict=True))) for line in lines_of(page.object_list, named=named)]
    totals = list(zip(total_of(facts, len(columns)), kinds, strict=True))
    return {"page": page, "lines": lines, "columns": columns, "totals": totals, "count": len(facts), "named": named}


def tabs(ask: Asked, current: str) -> list[dict]:
    """The pages of a plan, keeping the asked month."""
    base = ask.plan.get_absolute_url()
    pages = (
        ("plan", "Показатели", base),
        ("ageing", "Возраст долга", f"{base}ageing/"),
        ("form", "Форма о сборе", f"{base}form/"),
        ("reports", "Отчёты", f"{base}reports/"),
        ("tasks", "Задачи", f"{base}tasks/"),
    )
    return [{"label": label, "url": url + ask.query(), "count": None, "current": name == current} for name, label, url in pages]
