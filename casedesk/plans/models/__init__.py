"""Plans with sections, measures and indicators; drafts, versions, frozen reports, tasks; debt packages."""

from casedesk.plans.models.commission_report import CommissionReport, CommissionReportFile
from casedesk.plans.models.debt_package import DebtDifference, DebtPackage, DebtReading
from casedesk.plans.models.draft import PlanDraft
from casedesk.plans.models.plan import IndicatorUse, Measure, Plan, Section
from casedesk.plans.models.report import PlanReport, PlanVersion, ReportFile
from casedesk.plans.models.task import PlanTask, RowKeeper

__all__ = [
    "CommissionReport",
    "CommissionReportFile",
    "DebtDifference",
    "DebtPackage",
    "DebtReading",
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
