"""Plans, their sections and measures, the indicators each measure is judged by, drafts, versions, frozen reports and tasks."""

from casedesk.plans.models.draft import PlanDraft
from casedesk.plans.models.plan import IndicatorUse, Measure, Plan, Section
from casedesk.plans.models.report import PlanReport, PlanVersion, ReportFile
from casedesk.plans.models.task import PlanTask, RowKeeper

__all__ = [
    "IndicatorUse",
    "Measure",
    "Plan",
    "PlanDraft",
    "PlanReport",
    "PlanTask",
    "PlanVersion",
    "ReportFile",
    "RowKeeper",
    "Section",
]
