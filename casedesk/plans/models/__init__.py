"""Plans, their sections and measures, and the indicators each measure is judged by."""

from casedesk.plans.models.plan import IndicatorUse, Measure, Plan, Section

__all__ = ["IndicatorUse", "Measure", "Plan", "Section"]
