"""Frozen reports: the list, asking for one, reading it as it was submitted, its files, and why the debt changed."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import export, months
from casedesk.common.jobs.queue import enqueue
from casedesk.plans.documents import words
from casedesk.plans.jobs import FREEZE
from casedesk.plans.models import Plan, PlanReport
from casedesk.plans.queries.debt_change import Between, End, accounts_behind, keys_in_order, label_of
from casedesk.plans.queries.facts import lines_of
from casedesk.plans.queries.question import reach_of_organisation, sees_names
from casedesk.plans.rules.seal import sealed
from casedesk.plans.rules.spans import Span, period_of
from casedesk.plans.rules.waterfall import waterfall
from casedesk.plans.web.asking import asked
from casedesk.plans.web.report_file import file_answer
from casedesk.plans.web.report_forms import ReportForm
from casedesk.plans.web.report_shown import shown_sections
from casedesk.plans.web.views.plans import PAGE, tabs


@gated(Right.SEE_PLAN)
def index(request, code):
    """The plan's reports that the person may read, newest first."""
    plan = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    reports = PlanReport.objects.visible_to(request.user).filter(plan=plan).defer("content")
    reports = reports.select_related("organisation", "frozen_by", "version")
    ask = asked(request, plan)
    context = {"plan": plan, "ask": ask, "tabs": tabs(ask, "reports"), "reports": reports}
    return render(request, "plans/reports.html", context)


@gated(Right.EDIT_PLAN)
def new(request, code):
    """Ask for a report; it is made as a job."""
    plan = gates.get(Plan.objects.select_related("territory"), request.user, Right.EDIT_PLAN, code=code)
    last = months.of(timezone.localdate()) - 1
    form = ReportForm(request.POST or None, user=request.user, initial={"span": Span.MONTH, "month": months.iso(last)})
    if form.is_valid():
        given = form.cleaned_data
        period = period_of(given["span"], given["month"])
        if timezone.localdate() > months.last_day(period.last):
            whose = given["organisation"].pk if given["organisation"] else None
            asked_for = {"plan": plan.code, "organisation": whose, "span": period.span, "first": period.first}
            return redirect(enqueue(FREEZE, by=request.user, at=timezone.now().isoformat(), **asked_for))
        form.add_error("month", f"Период «{period.name}» ещё не закончился: выберите прошедший.")
    return render(request, "plans/report_new.html", {"plan": plan, "form": form})


def _report(request, pk: int) -> PlanReport:
    found = PlanReport.objects.select_related("plan__territory", "organisation", "frozen_by", "version", "previous")
    return gates.get(found, request.user, Right.SEE_PLAN, pk=pk)


@gated(Right.SEE_PLAN)
def report(request, pk: int):
    """The report as it was submitted: nothing on this page is computed from today's facts."""
    one = _report(request, pk)
    content = one.content
    context = {
        "report": one,
        "content": content,
        "title": words.title(content),
        "whose": words.whose(content),
        "sections": shown_sections(content),
        "change": _drawn(content["change"]),
        "correction": _drawn(content["correction"]) if content["correction"] else None,
        "age_heads": [said for _, said in words.AGE_HEADS],
        "ageing": [
            (heading, [(row, [row[age] for age, _ in words.AGE_HEADS]) for row in words.ageing_rows(content, key)])
            for heading, key in (
                ("Возраст долга по группам, ₽", "ageing"),
                ("Возраст долга по ресурсам, ₽", "ageing_by_resource"),
            )
        ],
        "collection_heads": [said for _, said in words.COLLECTION_HEADS],
        "collection": [(row["label"], [row[key] for key, _ in words.COLLECTION_HEADS]) for row in content["collection"]],
        "intact": sealed(content) == one.sha256,
        "files": one.files.defer("content"),
        "later": one.followed_by.visible_to(request.user).defer("content"),
    }
    return render(request, "plans/report.html", context)


def _drawn(change: dict) -> dict:
    """The explanation with its bars."""
    (opened, opening), *_, (closed, closing) = words.change_rows(change)
    steps = [(line["key"], line["label"], line["amount"]) for line in change["lines"]]
    return change | {"bars": waterfall((opened, opening), steps, (closed, closing))}


@gated(Right.SEE_PLAN)
def download(request, pk: int, form: str):
    """The frozen bytes."""
    return file_answer(get_object_or_404(_report(request, pk).files, form=form))


@gated(Right.SEE_PLAN)
def change(request, pk: int, key: str):
    """The accounts behind one line of the explanation, as they were known at the report's moments."""
    one = _report(request, pk)
    of = "&of=correction" if request.GET.get("of") == "correction" else ""
    told = one.content["correction" if of else "change"]
    line = next((line for line in told["lines"] if line["key"] == key), None) if told else None
    if line is None or key not in keys_in_order():
        raise Http404(key)
    facts = sorted(accounts_behind(_between(one, told), key), key=lambda fact: (-abs(fact.amounts[0]), fact.account))
    named = sees_names(scope_of(request.user))
    if request.GET.get("export") == "xlsx":
        rows = ((line.label, line.house, line.about, *line.amounts) for line in lines_of(facts, named=named))
        heads = [("Лицевой счёт", "text"), ("Дом", "text"), ("Сведения", "text"), ("Сумма, ₽", "money")]
        return export.response(f"{one.plan.code}-{key}", label_of(key), heads, rows, [label_of(key), words.dates(one.content)])
    page = Paginator(facts, PAGE).get_page(request.GET.get("page"))
    listed = sum(fact.amounts[0] for fact in facts)
    if listed != line["amount"]:
        messages.warning(request, "Список собран по сегодняшнему составу счетов и расходится с зафиксированной суммой.")
    context = {"lines": lines_of(page.object_list, named=named), "page": page, "listed": listed, "count": len(facts), "of": of}
    return render(request, "plans/report_change.html", {"report": one, "line": line, "told": told, "named": named, **context})


def _between(one: PlanReport, told: dict) -> Between:
    ends = [
        End(dt.date.fromisoformat(told[f"{end}_on"]), dt.datetime.fromisoformat(told[f"{end}_known_at"]))
        for end in ("from", "to")
    ]
    return Between(*ends, reach_of_organisation(one.organisation, one.plan.territory))
