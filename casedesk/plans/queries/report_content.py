"""Everything a report says, as data: figures of the period and of its months, the tables, why the debt changed.

Plain JSON values only, money in kopecks: it is kept as it is and never computed again.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from casedesk.access.models import Organisation
from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.models import IndicatorUse, Measure, Plan, PlanReport, Section
from casedesk.plans.queries import ageing_table, collection_form
from casedesk.plans.queries.debt_change import Between, End, debt_change
from casedesk.plans.queries.question import Question, reach_of_organisation
from casedesk.plans.rules import lights
from casedesk.plans.rules.spans import Period
from debtors.models import MonthClosing

FORM = 1
"""Of the content's shape: a later program reads earlier reports by it."""
MONEY = ("debt_at_start", "charged", "paid", "enforced", "overdue")


@dataclass(frozen=True)
class Wanted:
    """What a report is asked for: whose figures of which period, as known at a moment."""

    plan: Plan
    organisation: Organisation | None
    period: Period
    known_at: dt.datetime

    @property
    def as_of(self) -> dt.date:
        return months.last_day(self.period.last)

    def question(self, month: int) -> Question:
        reach = reach_of_organisation(self.organisation, self.plan.territory)
        return Question(month, reach, known_at=self.known_at, base_on=self.plan.base_on)


def report_content(
    wanted: Wanted, previous: PlanReport | None, replaced: PlanReport | None, tell: Callable[[int, int, str], None]
) -> dict:
    """The report. `previous`: of an earlier period; `replaced`: the earlier edition. `tell` hears of every month."""
    asked = []
    whole = len(wanted.period.months) + 1
    figures: list[dict] = []
    for done, month in enumerate(wanted.period.months):
        tell(done, whole, months.named(month))
        question = wanted.question(month)
        asked.append(
            {use.pk: catalogue.get(use.indicator).totals(question.with_params(use.params)) for use in _uses(wanted.plan)}
        )
    tell(whole - 1, whole, "таблицы и объяснение")
    last = wanted.question(wanted.period.last)
    figures = [_section(one, wanted, asked, last) for one in wanted.plan.sections.prefetch_related("measures__uses")]
    return {
        "form": FORM,
        **_head(wanted),
        "open_months": open_months(wanted),
        "sections": figures,
        "ageing": [_ageing(row) for row in ageing_table.table(last, "category")],
        "ageing_by_resource": [_ageing(row) for row in ageing_table.table(last, "resource")],
        "restructured": _restructured(last),
        "collection": [
            {"label": row.label, "rate": row.rate} | {name: getattr(row, name) for name in MONEY}
            for row in collection_form.collection_form(last)
        ],
        "change": _change(wanted, previous),
        "correction": _correction(wanted, replaced),
    }


def open_months(wanted: Wanted) -> list[dict]:
    """Whose months of the period were not closed when the report was made: their figures may still move."""
    creditors = wanted.question(wanted.period.last).reach.organisations().order_by("name")
    closed = set(
        MonthClosing.objects.standing()
        .filter(creditor__in=creditors, month__in=list(wanted.period.months))
        .values_list("creditor", "month")
    )
    return [
        {"creditor": one.name, "months": missing}
        for one in creditors
        if (missing := [months.named(month) for month in wanted.period.months if (one.pk, month) not in closed])
    ]


def _uses(plan: Plan) -> list[IndicatorUse]:
    return list(IndicatorUse.objects.filter(measure__section__plan=plan).order_by("measure", "position"))


def _head(wanted: Wanted) -> dict:
    plan, whose = wanted.plan, wanted.organisation
    return {
        "plan": {"code": plan.code, "name": plan.name, "territory": str(plan.territory or "")},
        "organisation": {"code": whose.code, "name": whose.name} if whose else None,
        "span": wanted.period.span,
        "period": wanted.period.name,
        "months": [months.iso(month) for month in wanted.period.months],
        "as_of": wanted.as_of.isoformat(),
        "known_at": wanted.known_at.isoformat(),
    }


def _section(section: Section, wanted: Wanted, asked: list[dict], last: Question) -> dict:
    rows = [_measure(row, asked, last) for row in section.measures.all()]
    return {"title": section.title, "measures": rows}


def _measure(row: Measure, asked: list[dict], last: Question) -> dict:
    fields = {name: getattr(row, name) for name in ("row", "title", "mechanism", "responsible", "due_day")}
    monthly = row.period not in (Measure.Period.QUARTERLY, Measure.Period.YEARLY)
    figures = [_figure(use, monthly, asked, last) for use in row.uses.all()]
    return fields | {"period": row.get_period_display(), "figures": figures}


def _figure(use: IndicatorUse, monthly: bool, asked: list[dict], last: Question) -> dict:
    one = catalogue.get(use.indicator)
    by_month = [totals[use.pk] for totals in asked]
    totals = tuple(map(sum, zip(*by_month, strict=True))) if one.is_flow else by_month[-1]
    value = one.figure(totals)
    unit = one.unit.value
    target = lights.target_over(use.target, unit, flow=one.is_flow, monthly=monthly, months=len(by_month))
    return {
        "indicator": one.code,
        "name": one.name,
        "definition": one.definition,
        "dated": "за период" if one.is_flow else "на конец периода",
        "unit": unit,
        "params": use.params,
        "columns": [column.label for column in one.columns],
        "totals": list(totals),
        "months": [one.figure(found) for found in by_month],
        "value": value,
        "target": target,
        "comparator": use.comparator,
        "light": lights.light_of(value, target, use.comparator),
    }


def _ageing(row: ageing_table.Row) -> dict:
    ages = {age: ageing_table.amount_of(row.figures, age) for age in (*ageing_table.AGES, "overdue", "total")}
    return {"label": str(row.label), "nested": row.nested} | ages


def _restructured(last: Question) -> dict:
    """What agreements that are kept on the last day cover: a part of the ageing tables, by the same ages."""
    part = last.answers.restructured()
    ages = {age: ageing_table.amount_of(part.figures, age) for age in (*ageing_table.AGES, "overdue", "total")}
    return {"agreements": len(part.agreements)} | ages


def _change(wanted: Wanted, previous: PlanReport | None) -> dict:
    """From the earlier report, or from the last day before the period when there is none; with what happened to the debt."""
    end = End(wanted.as_of, wanted.known_at)
    if previous:
        start, opening = End(previous.as_of, previous.known_at), previous.content["change"]["closing"]
    else:
        start, opening = End(months.last_day(wanted.period.first - 1), wanted.known_at), None
    told = debt_change(between(wanted, start, end), opening)
    return told | _ends(start, end) | {"since_report": previous.pk if previous else None, "memo": _memo(wanted)}


def _correction(wanted: Wanted, replaced: PlanReport | None) -> dict | None:
    """What was learnt between the two editions of one period."""
    if replaced is None:
        return None
    start, end = End(replaced.as_of, replaced.known_at), End(wanted.as_of, wanted.known_at)
    told = debt_change(between(wanted, start, end), replaced.content["change"]["closing"])
    return told | _ends(start, end) | {"since_report": replaced.pk}


def between(wanted: Wanted, start: End, end: End) -> Between:
    return Between(start, end, wanted.question(wanted.period.last).reach)


def _ends(start: End, end: End) -> dict:
    return {
        "from_on": start.on.isoformat(),
        "from_known_at": start.known_at.isoformat(),
        "to_on": end.on.isoformat(),
        "to_known_at": end.known_at.isoformat(),
    }


MEMO = (
    ("granted", "Присуждено судами", "claims.granted_amount", 0),
    ("restructured", "Рассрочено соглашениями", "agreements.signed", 1),
)
"""What happened to the debt without changing its sum: key, label, indicator, column."""


def _memo(wanted: Wanted) -> list[dict]:
    asked = [wanted.question(month) for month in wanted.period.months]
    return [
        {"key": key, "label": label, "amount": sum(catalogue.get(code).totals(one)[column] for one in asked)}
        for key, label, code, column in MEMO
    ]
