"""Traffic lights of the plans for a month: what is met, what is missed, what nothing is known of."""

from collections import Counter
from dataclasses import dataclass

from casedesk.desk.dashboards.sight import Sight
from casedesk.plans.models import Plan
from casedesk.plans.queries.question import Question, reach_of
from casedesk.plans.queries.report import Figure, figures, report
from casedesk.plans.rules import lights


@dataclass(frozen=True)
class PlanLights:
    """One plan's month: numbers by light, and the figures that miss their target."""

    plan: Plan
    url: str
    met: int
    missed: int
    without_data: int
    without_target: int
    worst: list[Figure]


def plan_lights(sight: Sight) -> list[PlanLights]:
    """The plans that the person may see, in force in the month."""
    found = []
    for plan in Plan.objects.visible_to(sight.user).select_related("territory"):
        question = Question(sight.month, reach_of(sight.user, plan.territory), base_on=plan.base_on)
        shown = figures(report(plan, question))
        count = Counter(figure.light for figure in shown)
        found.append(
            PlanLights(
                plan,
                f"{plan.get_absolute_url()}?{sight.asked(whose=None, creditor=None)}",
                count[lights.MET],
                count[lights.MISSED],
                count[lights.NO_DATA],
                count[lights.NO_TARGET],
                [figure for figure in shown if figure.light == lights.MISSED],
            )
        )
    return found
