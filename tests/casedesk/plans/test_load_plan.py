"""A municipality's own plan comes as a file."""

import pytest
from django.core.management import CommandError, call_command

from casedesk.plans import catalogue
from casedesk.plans.actions.load_plan import UnknownTerritory, load_plan
from casedesk.plans.models import IndicatorUse, Plan
from casedesk.plans.rules.lights import MET, MISSED, NO_DATA, NO_TARGET, light_of
from casedesk.plans.rules.plan_file import WrongPlanFile, read_plan

OWN = """
code = "G"
name = "Наш план"
base_on = 2024-01-01
[[sections]]
title = "Долг"
[[sections.measures]]
row = "1.1"
title = "Снизить долг"
period = "monthly"
indicators = [{ code = "debt.overdue", target = "1000000.00", comparator = "at_most" }]
"""


@pytest.mark.django_db
def test_load_and_replace():
    load_plan(data=read_plan(OWN))
    load_plan(data=read_plan(OWN.replace("Наш план", "Наш новый план")))
    plan = Plan.objects.get(code="G")
    use = IndicatorUse.objects.get(measure__section__plan=plan)
    assert (plan.name, use.target, use.comparator) == ("Наш новый план", 100_000_000, "at_most")


@pytest.mark.django_db
def test_command_loads_a_file(tmp_path):
    (tmp_path / "plan.toml").write_text(OWN, encoding="utf-8")
    call_command("load_plan", tmp_path / "plan.toml")
    assert Plan.objects.filter(code="G").exists()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('title = "Долг"', 'titel = "Долг"', "titel"),
        ('name = "Наш план"', "", "name"),
        ("[[sections]]", "[[sections", "TOML"),
    ],
)
def test_a_wrong_file_is_told_where(before, after, said):
    with pytest.raises(WrongPlanFile, match=said):
        read_plan(OWN.replace(before, after))


@pytest.mark.django_db
def test_nothing_is_left_of_a_refused_plan(tmp_path):
    with pytest.raises(catalogue.UnknownIndicator):
        load_plan(data=read_plan(OWN.replace("debt.overdue", "debt.unknown")))
    with pytest.raises(UnknownTerritory):
        load_plan(data=read_plan(OWN.replace('code = "G"', 'code = "G"\nterritory = "nowhere"')))
    assert not Plan.objects.filter(code="G").exists()


@pytest.mark.django_db
def test_command_refuses_a_missing_file(tmp_path):
    with pytest.raises(CommandError):
        call_command("load_plan", tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("value", "target", "comparator", "light"),
    [
        (95, 95, "at_least", MET),
        (94, 95, "at_least", MISSED),
        (95, 95, "at_most", MET),
        (96, 95, "at_most", MISSED),
        (1, None, "at_least", NO_TARGET),
        (None, 95, "at_least", NO_DATA),
    ],
)
def test_lights(value, target, comparator, light):
    assert light_of(value, target, comparator) == light
