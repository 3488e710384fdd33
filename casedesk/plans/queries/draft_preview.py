"""A draft's figures before it is in force: the same catalogue, asked with the draft's own targets and parameters."""

from dataclasses import dataclass

from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from casedesk.plans.rules import lights
from casedesk.plans.rules.plan_file import MeasureData, PlanData, UseData


@dataclass(frozen=True)
class PreviewFigure:
    """A figure as it would stand; `known` is False when the catalogue has no such indicator."""

    name: str
    unit: str
    value: int | None
    target: int | None
    light: str
    known: bool = True

    @property
    def tone(self) -> str:
        return lights.TONES[self.light]

    @property
    def light_label(self) -> str:
        return lights.LABELS[self.light]


def preview(data: PlanData, question: Question) -> list[tuple[str, list[tuple[MeasureData, list[PreviewFigure]]]]]:
    """(section title, its measures with their figures)."""
    return [
        (part.title, [(row, [_figure(use, question) for use in row.indicators]) for row in part.measures])
        for part in data.sections
    ]


def _figure(use: UseData, question: Question) -> PreviewFigure:
    if use.code not in {one.code for one in catalogue.all_indicators()}:
        return PreviewFigure(f"«{use.code}»: нет в каталоге", "count", None, None, lights.NO_DATA, known=False)
    one = catalogue.get(use.code)
    value = one.value(question.with_params(use.params))
    try:
        target = lights.read_target(use.target, one.unit.value)
    except ValueError:
        target = None
    return PreviewFigure(one.name, one.unit.value, value, target, lights.light_of(value, target, use.comparator))
