"""A stored plan as the data of its file: for export, versions and the editor."""

from casedesk.plans import catalogue
from casedesk.plans.models import IndicatorUse, Measure, Plan
from casedesk.plans.rules.lights import written
from casedesk.plans.rules.plan_file import MeasureData, PlanData, SectionData, UseData

MEASURE = ("row", "title", "mechanism", "responsible", "period", "due_day")


def plan_data(plan: Plan) -> PlanData:
    """The plan with its rows, in four queries."""
    fields = {name: getattr(plan, name) for name in ("code", "name", "about", "base_on", "valid_from", "valid_to")}
    sections = plan.sections.prefetch_related("measures__uses")
    return PlanData(
        **fields,
        territory=plan.territory.code if plan.territory else "",
        sections=tuple(SectionData(one.title, tuple(_measure(row) for row in one.measures.all())) for one in sections),
    )


def _measure(row: Measure) -> MeasureData:
    return MeasureData(**{name: getattr(row, name) for name in MEASURE}, indicators=tuple(_use(use) for use in row.uses.all()))


def _use(use: IndicatorUse) -> UseData:
    target = written(use.target, catalogue.get(use.indicator).unit)
    return UseData(use.indicator, target, use.comparator, dict(use.params))
