"""Put a plan in force from its data: what the shipped plans and every municipality's own plan come in by."""

from django.db import transaction

from casedesk.access.models import Territory
from casedesk.common.refusals import Refusal
from casedesk.plans import catalogue
from casedesk.plans.models import IndicatorUse, Measure, Plan, Section
from casedesk.plans.rules.lights import read_target
from casedesk.plans.rules.plan_check import faults
from casedesk.plans.rules.plan_file import MeasureData, PlanData, WrongPlanFile


class UnknownTerritory(Refusal):
    code = "unknown_territory"


def check_plan(data: PlanData) -> list[str]:
    """Everything that keeps the plan from being put in force, in words."""
    return faults(data, {one.code: one.unit.value for one in catalogue.all_indicators()})


@transaction.atomic
def load_plan(*, data: PlanData) -> Plan:
    """Make the plan what the data says; a plan of that code is replaced with all its rows.

    An indicator that stays in its row keeps its address. Raises UnknownIndicator, WrongPlanFile, UnknownTerritory.
    """
    for row in (row for section in data.sections for row in section.measures):
        for use in row.indicators:
            catalogue.get(use.code)
    wrong = check_plan(data)
    if wrong:
        raise WrongPlanFile(" ".join(wrong[:5]), faults=wrong)
    fields = {name: getattr(data, name) for name in ("name", "about", "base_on", "valid_from", "valid_to")}
    fields["territory"] = _territory(data.territory)
    plan, _ = Plan.objects.update_or_create(code=data.code, defaults=fields)
    known = _known_uses(plan)
    plan.sections.all().delete()
    for position, section_data in enumerate(data.sections, start=1):
        section = Section.objects.create(plan=plan, position=position, title=section_data.title)
        for place, measure in enumerate(section_data.measures, start=1):
            _add_measure(section, place, measure, known)
    return plan


def _known_uses(plan: Plan) -> dict[tuple[str, str], int]:
    """(row, indicator) -> the key it has now; the first of several."""
    uses = IndicatorUse.objects.filter(measure__section__plan=plan).order_by("-measure", "-position")
    return {(row, code): pk for pk, row, code in uses.values_list("pk", "measure__row", "indicator")}


def _territory(code: str) -> Territory | None:
    if not code:
        return None
    found = Territory.objects.filter(code=code).first()
    if found is None:
        raise UnknownTerritory(f"Территории «{code}» нет. Заведите её или уберите ключ territory из файла плана.", value=code)
    return found


def _add_measure(section: Section, position: int, data: MeasureData, known: dict[tuple[str, str], int]) -> None:
    names = ("row", "title", "mechanism", "responsible", "period", "due_day")
    measure = Measure.objects.create(section=section, position=position, **{name: getattr(data, name) for name in names})
    for place, use in enumerate(data.indicators, start=1):
        unit = catalogue.get(use.code).unit
        IndicatorUse.objects.create(
            pk=known.pop((data.row, use.code), None),
            measure=measure,
            indicator=use.code,
            position=place,
            target=read_target(use.target, unit),
            comparator=use.comparator,
            params=use.params,
        )
