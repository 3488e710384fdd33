"""A municipality's own plan comes as a file."""

import pytest
from django.core.management import CommandError, call_command

from casedesk.plans import catalogue
from casedesk.plans.actions.load_plan import UnknownTerritory, load_plan
from casedesk.plans.models import IndicatorUse, Plan
from casedesk.plans.rules.lights import (
    AT_RISK,
    MET,
    MISSED,
    NO_DATA,
    NO_TARGET,
    ON_WAY,
    forecast,
    light_of,
    light_so_far,
)
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


@pytest.mark.parametrize(
    ("value", "day", "expected"), [(100, 10, 300), (0, 1, 0), (100, 30, 100), (-10, 20, -15), (1, 20, 2), (None, 5, None)]
)
def test_the_forecast_goes_on_at_the_pace_so_far(value, day, expected):
    assert forecast(value, adds_up=True, day=day, days=30) == expected


def test_a_share_is_not_stretched():
    assert forecast(95, adds_up=False, day=3, days=30) == 95


@pytest.mark.parametrize(
    ("value", "expected", "comparator", "adds_up", "light"),
    [
        (95, 95, "at_least", True, MET),
        (50, 95, "at_least", True, ON_WAY),
        (50, 94, "at_least", True, AT_RISK),
        (50, 50, "at_least", False, AT_RISK),
        (96, 200, "at_most", True, MISSED),
        (50, 96, "at_most", True, AT_RISK),
        (50, 95, "at_most", True, ON_WAY),
        (50, 50, "at_most", False, MET),
        (96, 96, "at_most", False, AT_RISK),
        (None, None, "at_least", True, NO_DATA),
    ],
)
def test_lights_of_a_month_that_goes_on(value, expected, comparator, adds_up, light):
    """The target is 95."""
    assert light_so_far(value, expected, 95, comparator, adds_up=adds_up) == light
