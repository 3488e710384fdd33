"""How the plans of last month stand: lights by plan, what misses its target, the age of the debt."""

from collections import Counter

from django.utils import timezone

from casedesk.common import charts, months
from casedesk.desk.debt_board import buckets_of
from casedesk.plans.models import Plan
from casedesk.plans.queries.question import Question, reach_of
from casedesk.plans.queries.report import figures, report
from casedesk.plans.rules import lights
from debtors.queries.ageing import age


def gather(request) -> dict:
    """Lights of the last whole month per plan, the figures that miss their target, the debt today."""
    today = timezone.localdate()
    period = months.of(today) - 1
    rows, missed = [], []
    for plan in Plan.objects.visible_to(request.user).select_related("territory"):
        question = Question(period, reach_of(request.user, plan.territory), base_on=plan.base_on)
        shown = figures(report(plan, question))
        counted = Counter(figure.light for figure in shown)
        rows.append((plan, len(shown), counted[lights.MET], counted[lights.MISSED], counted[lights.NO_DATA]))
        missed += [(plan, figure) for figure in shown if figure.light == lights.MISSED]
    reach = reach_of(request.user, None)
    aged = age(None if reach.everything else reach.accounts(), as_of=today).figures
    return {"period": period, "plans": rows, "missed": missed, "figures": aged, "parts": charts.ageing(buckets_of(aged))}
