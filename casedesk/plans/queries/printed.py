"""A plan's figures as other programs read them: the shape that the command and the API share."""

from casedesk.plans.queries.question import Question
from casedesk.plans.queries.report import Figure
from casedesk.plans.rules.lights import MET, MISSED, written


def line(figure: Figure, question: Question) -> dict:
    """One figure: its row of the plan, value and target as text, how many facts are behind it and where they are shown."""
    unit = figure.indicator.unit
    return {
        "row": figure.use.measure.row,
        "indicator": figure.indicator.code,
        "value": written(figure.value, unit),
        "unit": unit.value,
        "target": written(figure.target, unit),
        "met": {MET: True, MISSED: False}.get(figure.light),
        "facts": len(list(figure.indicator.facts(question.with_params(figure.use.params)))),
        "url": figure.url,
    }
