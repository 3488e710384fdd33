"""The figures of the small town, worked out by hand. Period February 2024, so ageing stands on 29 February.

On that day bills of January are overdue (due 12 February), those of February are not. `debtor`: 5 x 1 000,00 less 600,00
from the bailiffs; `payer`: all but February paid; `firm`: 5 x 3 000,00 less 9 000,00 (and 1 000,00 learnt late).
"""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casedesk.common import months
from casedesk.plans.models import Plan
from casedesk.plans.queries import ageing_table
from casedesk.plans.queries.collection_form import DEBT_COLUMNS, MONEY_COLUMNS, accounts_behind, collection_form
from casedesk.plans.queries.question import Question, Reach, end_of
from casedesk.plans.queries.report import figures, report
from casedesk.plans.rules.plan_file import read_plan

SHIPPED = Path(__file__).resolve().parents[3] / "casedesk" / "plans" / "data"
BEFORE = end_of(dt.date(2024, 3, 20))


def values(code: str, **asked) -> dict[str, int | None]:
    plan = Plan.objects.get(code=code)
    question = Question(months.parse("2024-02"), Reach(), **asked)
    return {figure.use.indicator: figure.value for figure in figures(report(plan, question))}


def test_ageing_of_the_plan(small_town):
    found = values("Z")
    assert found["debt.total"] == 440_000 + 80_000 + 500_000 + 250_000
    assert found["debt.overdue"] == 340_000 + 200_000 + 200_000
    assert found["debt.overdue_1_3"] == 300_000 + 200_000 + 150_000
    assert found["debt.overdue_3_12"] == 40_000 + 50_000
    assert found["debt.overdue_12_24"] == 0


def test_ageing_by_resource_and_group(small_town):
    found = values("Z")
    assert found["debt.overdue_heating"] == 340_000
    assert found["debt.overdue_water"] == 200_000
    assert found["debt.overdue_electricity"] == 200_000
    assert found["debt.of_owner"] == 440_000 + 250_000
    assert found["debt.of_social_tenant"] == 80_000
    assert found["debt.of_legal_entity"] == 500_000


def test_the_late_payment_is_in_todays_figures_only(small_town):
    assert values("Z", known_at=BEFORE)["debt.overdue_water"] == 300_000
    assert values("Z")["debt.overdue_water"] == 200_000


def test_reduction_is_against_the_base_date(small_town):
    """30 November: October is overdue at everybody (100 + 80 + 300 + 50 thousand kopecks); 29 February: 740."""
    assert values("Z", base_on=dt.date(2023, 11, 30))["debt.reduction"] == round((530 - 740) * 10000 / 530)
    assert values("Z")["debt.reduction"] is None


def test_candidates_owe_two_average_bills(small_town):
    """`debtor` owes 3,4 bills, `other` 4, `firm` 0,7 (1,0 before the late payment), `payer` nothing."""
    found = values("B")
    assert (found["claims.candidates"], found["claims.candidates_amount"]) == (2, 540_000)


def test_month_of_money(small_town):
    found = values("L")
    assert found["collection.charged"] == 530_000
    assert found["collection.paid"] == 320_000 + 1_000_000 + 60_000
    assert found["collection.enforced"] == 60_000
    assert found["collection.rate"] == round(1_380_000 * 10000 / 530_000)
    assert values("L", known_at=BEFORE)["collection.paid"] == 1_280_000


def test_bills_of_february_came_on_the_4th_and_on_the_8th(small_town):
    assert values("L")["bills.on_time"] == 5000


def test_form_by_population_and_others(small_town):
    population, other, whole = collection_form(Question(months.parse("2024-02"), Reach()))
    assert (population.debt_at_start, other.debt_at_start) == (400_000 + 320_000 + 200_000, 1_200_000)
    assert (population.charged, other.charged) == (230_000, 300_000)
    assert (population.paid, other.paid) == (380_000, 1_000_000)
    assert (population.overdue, other.overdue) == (540_000, 200_000)
    assert (whole.enforced, whole.rate) == (60_000, 26038)


@pytest.mark.parametrize("known_at", [None, BEFORE], ids=["now", "then"])
def test_cells_of_the_form_are_the_totals_of_their_lists(small_town, known_at):
    asked = Question(months.parse("2024-02"), Reach(), known_at=known_at)
    for row in collection_form(asked):
        for column in (*MONEY_COLUMNS, *DEBT_COLUMNS):
            listed = sum(fact.amounts[0] for fact in accounts_behind(asked, column, row.key))
            assert listed == getattr(row, column), (row.key, column)


@pytest.mark.parametrize("split", ["category", "resource"])
def test_cells_of_the_ageing_table_are_the_totals_of_their_lists(small_town, split):
    asked = Question(months.parse("2024-02"), Reach())
    for row in ageing_table.table(asked, split):
        for age in (*ageing_table.AGES, "overdue", "total"):
            listed = sum(fact.amounts[0] for fact in ageing_table.accounts_behind(asked, age, row.query))
            assert listed == ageing_table.amount_of(row.figures, age), (row.label, age)


def test_command_prints_the_contract(small_town, capsys):
    call_command("indicators", plan="L", period="2024-02")
    told = json.loads(capsys.readouterr().out)
    assert (told["plan"], told["period"]) == ("L", "2024-02")
    rate = next(row for row in told["measures"] if row["indicator"] == "collection.rate")
    assert set(rate) == {"row", "indicator", "value", "unit", "target", "met", "facts", "url"}
    assert (rate["row"], rate["value"], rate["target"], rate["met"], rate["facts"]) == ("L-App4", "260.38", "95.00", True, 4)


def test_command_repeats_what_was_known(small_town, capsys):
    call_command("indicators", plan="Z", period="2024-02", known_on="2024-03-20")
    told = json.loads(capsys.readouterr().out)
    assert next(row for row in told["measures"] if row["indicator"] == "debt.overdue_water")["value"] == "3000.00"


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [{"plan": "X", "period": "2024-02"}, {"plan": "Z", "period": "2024-13"}])
def test_command_refuses_wrong_use(asked):
    with pytest.raises(CommandError) as refused:
        call_command("indicators", **asked)
    assert refused.value.returncode == 2


@pytest.mark.django_db
def test_the_four_plans_are_shipped():
    shown = {plan.code: [m.row for s in plan.sections.all() for m in s.measures.all()] for plan in Plan.objects.all()}
    files = [read_plan(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*.toml")]
    assert shown == {data.code: [m.row for s in data.sections for m in s.measures] for data in files}
    assert set(shown) == {"B", "L", "P", "Z"}
