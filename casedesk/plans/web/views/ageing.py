"""Debt by age: resource by consumer group, with the accounts behind every cell (rows Z1, Z2 and Z3c)."""

from urllib.parse import quote, urlencode

from django.shortcuts import render

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import charts, export, money
from casedesk.plans.catalogue import Column
from casedesk.plans.models import Plan
from casedesk.plans.queries import ageing_table
from casedesk.plans.web.asking import Asked, asked
from casedesk.plans.web.views.plans import fact_list, tabs

AGE_NAMES = {key: name for key, name, _ in charts.AGES} | {"overdue": "просрочено", "total": "весь долг"}


@gated(Right.SEE_PLAN)
def table(request, code):
    """The table, by consumer group or by resource; `?export=xlsx` gives it in thousands of roubles."""
    found = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    ask = asked(request, found)
    split = "resource" if request.GET.get("split") == "resource" else "category"
    rows = ageing_table.table(ask.question, split)
    if request.GET.get("export") == "xlsx":
        return _workbook(ask, rows)
    part = ask.question.answers.restructured()
    whole = rows[-1].figures
    context = {
        "split": split,
        "rows": rows,
        "whole": whole,
        "part": part,
        "part_cells": ageing_table.sums(part.figures),
        "outside": whole.overdue - part.figures.overdue,
        "parts": charts.ageing(whole.buckets | {"not_yet_due": whole.not_yet_due}, _addresses(ask)),
        "ages": [AGE_NAMES[age] for age in ageing_table.AGES],
        "keep": f"&split={split}",
        "extra": [("split", split)],
        "splits": [("category", "По группам потребителей"), ("resource", "По ресурсам")],
    }
    return render(request, "plans/ageing.html", {"plan": found, "ask": ask, "tabs": tabs(ask, "ageing"), **context})


def _addresses(ask: Asked) -> dict[str, str]:
    """Where each age of the whole debt leads."""
    return {age: f"accounts/{ask.query()}&age={quote(age)}" for age in ageing_table.AGES}


def _workbook(ask: Asked, rows: list):
    heads = [("Группа", "text"), *((f"{AGE_NAMES[age]}, тыс. руб.", "number") for age in ageing_table.AGES)]
    heads += [("Просрочено, тыс. руб.", "number"), ("Всего, тыс. руб.", "number")]
    lines = []
    for row in rows:
        sums = [*(amount for amount, _ in row.cells), row.overdue[0], row.total[0]]
        lines.append((("    " if row.nested else "") + row.label, *(money.thousands(amount, 2) for amount in sums)))
    part = ask.question.answers.restructured()
    if part.agreements:
        sums = ageing_table.sums(part.figures)
        lines.append(("    из них рассрочено по соглашениям", *(money.thousands(amount, 2) for amount in sums)))
    title = f"Задолженность по возрасту на {ask.as_of:%d.%m.%Y}, тыс. руб."
    return export.response(f"vozrast-dolga-{ask.iso}", "Возраст долга", heads, lines, [ask.plan.name, title])


@gated(Right.SEE_PLAN)
def accounts(request, code):
    """The accounts behind one cell of the table."""
    found = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    ask = asked(request, found)
    age = request.GET.get("age", "total")
    age = age if age in AGE_NAMES else "total"
    only = {name: request.GET[name] for name in ageing_table.SPLITS if request.GET.get(name)}
    facts = list(ageing_table.accounts_behind(ask.question, age, only))
    words = [ageing_table.SPLITS[name].get(value, value) for name, value in only.items()]
    title = ", ".join([str(AGE_NAMES[age]), *words])
    notes = [title, f"На {ask.as_of:%d.%m.%Y}"]
    answer = fact_list(request, ask, facts, (Column("debt", "Сумма, ₽"),), f"dolg-{ask.iso}", notes)
    if not isinstance(answer, dict):
        return answer
    kept = {"age": age} | only
    answer |= {"keep": "&" + urlencode(kept), "extra": list(kept.items()), "back": ("Возраст долга", "plans:ageing")}
    return render(request, "plans/accounts.html", {"plan": found, "ask": ask, "title": title, **answer})
