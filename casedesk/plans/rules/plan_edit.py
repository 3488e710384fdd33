"""Changes of a plan's data: each gives a new plan. Places are counted from zero; a place that is not there changes nothing."""

from dataclasses import replace

from casedesk.plans.rules.plan_file import MeasureData, PlanData, SectionData


def add_section(data: PlanData, title: str) -> PlanData:
    return replace(data, sections=(*data.sections, SectionData(title)))


def rename_section(data: PlanData, section: int, title: str) -> PlanData:
    return _with(data, section, lambda one: replace(one, title=title))


def put_measure(data: PlanData, section: int, place: int | None, measure: MeasureData) -> PlanData:
    """Replace the measure at the place, or add it at the end of the section when the place is None."""

    def put(one: SectionData) -> SectionData:
        rows = list(one.measures)
        if place is None:
            rows.append(measure)
        elif place < len(rows):
            rows[place] = measure
        return replace(one, measures=tuple(rows))

    return _with(data, section, put)


def drop(data: PlanData, section: int, measure: int | None = None) -> PlanData:
    """Take out a measure, or a whole section."""
    if measure is None:
        return replace(data, sections=_without(data.sections, section))
    return _with(data, section, lambda one: replace(one, measures=_without(one.measures, measure)))


def move(data: PlanData, by: int, section: int, measure: int | None = None) -> PlanData:
    """Move a measure within its section, or a section within the plan, by one place up (-1) or down (1)."""
    if measure is None:
        return replace(data, sections=_moved(data.sections, section, by))
    return _with(data, section, lambda one: replace(one, measures=_moved(one.measures, measure, by)))


def _with(data: PlanData, section: int, change) -> PlanData:
    parts = tuple(change(one) if place == section else one for place, one in enumerate(data.sections))
    return replace(data, sections=parts)


def _without(parts: tuple, place: int) -> tuple:
    return tuple(one for at, one in enumerate(parts) if at != place)


def _moved(parts: tuple, place: int, by: int) -> tuple:
    to = place + by
    if not (0 <= place < len(parts) and 0 <= to < len(parts)):
        return parts
    found = list(parts)
    found[place], found[to] = found[to], found[place]
    return tuple(found)
