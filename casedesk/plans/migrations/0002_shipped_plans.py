"""The four plans that come with the system, from their files."""

from pathlib import Path

from django.db import migrations

from casedesk.plans.rules.lights import read_target
from casedesk.plans.rules.plan_file import read_plan

DATA = Path(__file__).resolve().parent.parent / "data"
WITH_DECIMALS, WHOLE = "RUB", "count"
"""How a target is written tells what it is: roubles and per cent have two decimals, counts none."""


def ship(apps, schema_editor):
    Plan, Section = apps.get_model("plans", "Plan"), apps.get_model("plans", "Section")
    Measure, Use = apps.get_model("plans", "Measure"), apps.get_model("plans", "IndicatorUse")
    for path in sorted(DATA.glob("*.toml")):
        data = read_plan(path.read_text(encoding="utf-8"))
        plan = Plan.objects.create(code=data.code, name=data.name, about=data.about, base_on=data.base_on)
        for position, part in enumerate(data.sections, start=1):
            section = Section.objects.create(plan=plan, position=position, title=part.title)
            for place, row in enumerate(part.measures, start=1):
                fields = {name: getattr(row, name) for name in ("row", "title", "mechanism", "responsible", "period", "due_day")}
                measure = Measure.objects.create(section=section, position=place, **fields)
                for number, use in enumerate(row.indicators, start=1):
                    target = read_target(use.target, WITH_DECIMALS if "." in str(use.target) else WHOLE)
                    Use.objects.create(measure=measure, indicator=use.code, position=number, target=target, comparator=use.comparator, params=use.params)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_plans")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
