"""A plan as the text of its file: the shape that `plan_file.read_plan` reads back to the same plan."""

import datetime as dt
import json
from collections.abc import Iterator

from casedesk.plans.rules.plan_file import MeasureData, PlanData, UseData

HEAD = ("code", "name", "about", "territory", "base_on", "valid_from", "valid_to")
MEASURE = ("row", "title", "mechanism", "responsible", "period", "due_day")


def write_plan(data: PlanData) -> str:
    """The plan's TOML; what is empty is left out. The same plan gives the same text."""
    return "\n".join(_lines(data)) + "\n"


def _lines(data: PlanData) -> Iterator[str]:
    yield from _keys(data, HEAD)
    for section in data.sections:
        yield from ("", "[[sections]]", f"title = {value_text(section.title)}")
        for measure in section.measures:
            yield from _measure(measure)


def _measure(measure: MeasureData) -> Iterator[str]:
    yield from ("", "[[sections.measures]]")
    yield from _keys(measure, MEASURE)
    if measure.indicators:
        yield from ("indicators = [", *(f"    {_use(use)}," for use in measure.indicators), "]")


def _use(use: UseData) -> str:
    parts = {"code": use.code, "target": use.target}
    if use.comparator != "at_least":
        parts["comparator"] = use.comparator
    said = [f"{name} = {value_text(value)}" for name, value in parts.items() if value is not None]
    if use.params:
        said.append(
            "params = { " + ", ".join(f"{name} = {value_text(value)}" for name, value in sorted(use.params.items())) + " }"
        )
    return "{ " + ", ".join(said) + " }"


def _keys(data: object, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = getattr(data, name)
        if value not in (None, ""):
            yield f"{name} = {value_text(value)}"


def value_text(value: object) -> str:
    """A TOML value. A string escapes as in JSON."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
