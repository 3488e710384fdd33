"""A frozen report's figures with the words of the screen."""

from casedesk.plans.documents import words
from casedesk.plans.rules.lights import TONES


def shown_sections(content: dict) -> list[dict]:
    """Sections, measures and figures with their units, targets and badges worded; nothing is computed."""
    return [
        {"title": section["title"], "measures": [_measure(one) for one in section["measures"]]}
        for section in content["sections"]
    ]


def _measure(measure: dict) -> dict:
    return measure | {"figures": [_figure(one) for one in measure["figures"]]}


def _figure(one: dict) -> dict:
    several = len(one["months"]) > 1
    return one | {
        "shown": _screen(words.in_unit(one["value"], one["unit"])),
        "by_month": [words.figure(value, one["unit"]) for value in one["months"]] if several else [],
        "aim": _screen(words.target(one)),
        "badge": words.light(one),
        "tone": TONES[one["light"]],
    }


def _screen(said: str) -> str:
    """Papers write `руб.`, the screen the sign."""
    return said.replace("руб.", "₽")
