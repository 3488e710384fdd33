"""A plan's month: every measure with its figures, targets and lights. What the page, the API and the command show."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.models import IndicatorUse, Measure, Plan, Section
from casedesk.plans.queries.question import Question
from casedesk.plans.rules import lights


@dataclass(frozen=True)
class Figure:
    """One indicator at work: its value and target in the indicator's unit, and whether the target is met."""

    use: IndicatorUse
    indicator: catalogue.Indicator
    value: int | None
    light: str
    url: str
    expected: int | None = None
    """What a month that goes on comes to at its pace; None for a month that is over."""

    @property
    def tone(self) -> str:
        return lights.TONES[self.light]

    @property
    def light_label(self) -> str:
        return lights.LABELS[self.light]

    @property
    def target(self) -> int | None:
        return self.use.target


@dataclass(frozen=True)
class MeasureReport:
    measure: Measure
    figures: list[Figure]


@dataclass(frozen=True)
class SectionReport:
    section: Section
    measures: list[MeasureReport]


def report(plan: Plan, question: Question, today: dt.date | None = None) -> list[SectionReport]:
    """The plan's sections with their measures' figures. A fixed number of queries, whatever the number of measures.

    `today` in the asked month: lights tell whether the target is at risk at today's pace.
    """
    sections = plan.sections.prefetch_related("measures__uses")
    return [
        SectionReport(
            section,
            [
                MeasureReport(measure, [figure_of(plan, use, question, today) for use in measure.uses.all()])
                for measure in section.measures.all()
            ],
        )
        for section in sections
    ]


def figure_of(plan: Plan, use: IndicatorUse, question: Question, today: dt.date | None = None) -> Figure:
    """One figure of the plan for the asked month."""
    indicator = catalogue.get(use.indicator)
    value = indicator.value(question.with_params(use.params))
    url = reverse("plans:figure", args=[plan.code, use.pk]) + f"?period={months.iso(question.period)}"
    if today is None or months.of(today) != question.period:
        return Figure(use, indicator, value, lights.light_of(value, use.target, use.comparator), url)
    adds_up = indicator.is_flow and indicator.unit != catalogue.Unit.PERCENT
    days = months.last_day(question.period).day
    expected = lights.forecast(value, adds_up=adds_up, day=today.day, days=days)
    light = lights.light_so_far(value, expected, use.target, use.comparator, adds_up=adds_up)
    return Figure(use, indicator, value, light, url, expected if adds_up else None)


def figures(sections: Iterable[SectionReport]) -> list[Figure]:
    """All figures of a report, in the plan's order."""
    return [figure for section in sections for row in section.measures for figure in row.figures]
