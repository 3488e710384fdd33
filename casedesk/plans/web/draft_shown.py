"""A draft's rows with the words of the screen: indicators by name, targets in their unit."""

from casedesk.plans import catalogue
from casedesk.plans.documents import words
from casedesk.plans.rules.lights import read_target
from casedesk.plans.rules.plan_file import PlanData, UseData


def shown_plan(data: PlanData) -> list[dict]:
    """Sections with their measures and what they are judged by. What a draft has wrong stays as it was typed."""
    return [
        {
            "title": section.title,
            "measures": [{"measure": one, "uses": [_use(use) for use in one.indicators]} for one in section.measures],
        }
        for section in data.sections
    ]


def _use(use: UseData) -> dict:
    try:
        one = catalogue.get(use.code)
    except catalogue.UnknownIndicator:
        return {"name": use.code, "aim": use.target or ""}
    return {"name": one.name, "aim": _aim(use, one.unit.value)}


def _aim(use: UseData, unit: str) -> str:
    if not use.target:
        return ""
    try:
        said = words.in_unit(read_target(use.target, unit), unit).replace("руб.", "₽")
    except ValueError:
        said = use.target
    return f"{words.COMPARATORS.get(use.comparator, '')} {said}".strip()
