"""Rows P2.8 and L8 end to end: figures of the plan follow the acts, and open the lists behind them."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.plans.catalogue import get, total_of
from casedesk.plans.queries.flows import flows
from casedesk.plans.queries.question import Question
from debtors.actions.gather_write_off import find_write_offs
from debtors.actions.restore_written_off import restore_act
from debtors.queries.write_off_effect import effect_of
from tests.debtors.ledger.conftest import noon
from tests.debtors.writeoff.conftest import TODAY, gathered, posted

pytestmark = pytest.mark.django_db
MONTH = months.of(TODAY)


def measured(code):
    question, indicator = Question(MONTH), get(code)
    totals = indicator.totals(question)
    assert totals == total_of(indicator.facts(question), len(indicator.columns))
    return totals


def test_p28_what_is_written_off_and_restored_stands_in_the_plan_once(old_debt, officer, chief):
    """P2.8: the month's acts, then what of them came back; debt falls and rises by just that, collection never moves."""
    before = measured("debt.total")[0]
    act = posted(old_debt, officer, chief)
    assert measured("write_offs.posted") == (107000, 2)
    assert measured("debt.total")[0] == before - 107000
    assert not any(flow.paid for flow in flows(Question(MONTH)).values())

    restore_act(act=act, why="collectable", note="найдено имущество", by=chief, learnt_at=noon(TODAY), on=TODAY)
    assert measured("write_offs.restored") == (107000, 2)
    assert measured("debt.total")[0] == before
    assert not any(flow.paid for flow in flows(Question(MONTH)).values())


def test_l8_the_inventory_names_causes_and_sums(old_debt):
    """L8: what may lawfully be written off, each account with its ground and the day that says so."""
    find_write_offs(creditor=old_debt.creditor, on=TODAY)
    assert measured("write_offs.candidates") == (107000, 2)
    facts = list(get("write_offs.candidates").facts(Question(MONTH)))
    assert all(fact.about.startswith("истёк срок исковой давности: ") and "2020" in fact.about for fact in facts)


def test_the_effect_is_shown_before_and_comes_true(old_debt, officer, chief):
    """P2.8: what the approver sees is what the figures become."""
    act = gathered(old_debt, officer)
    told = {one.name: one for one in effect_of(act, TODAY)}
    assert (told["Долг, всего"].before, told["Долг, всего"].taken) == (167000, 107000)
    assert told["свыше 36 мес."].after == 0
    assert told["Долг, всего"].share_x100 == 6407


def test_an_act_of_the_past_month_is_not_this_months(old_debt, officer, chief):
    posted(old_debt, officer, chief)
    question = Question(MONTH - 1)
    assert get("write_offs.posted").totals(question) == (0, 0)
    assert get("debt.total").totals(Question(MONTH - 1, day=TODAY - dt.timedelta(days=1))) == (167000,)
