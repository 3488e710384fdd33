"""The ladder of steps as pure data: which step is whose, when, and what makes no sense."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtors.rules.contact_ladder import (
    DEFAULT_LADDER,
    DebtorFacts,
    LadderStep,
    StrategyRefused,
    check_ladder,
    choose_step,
    fits,
    steps_of,
)

DAY = dt.date(2024, 3, 21)
STEPS = (
    LadderStep("sms", "Сообщение", "sms", 0, "долг {сумма}"),
    LadderStep("mail", "Почта", "email", 3, "долг {сумма}"),
    LadderStep("letter", "Письмо", "post", 5, overdue_from=200_000, age_from=2),
)
FACTS = DebtorFacts(
    since=DAY,
    overdue=300_000,
    age=3,
    category="owner",
    high_risk=False,
    before_court=True,
    reach=frozenset({"sms", "email", "post"}),
)


def test_the_first_step_waits_from_the_opening_of_the_case():
    steps = (replace(STEPS[0], wait=4),)
    chosen = choose_step(steps, FACTS)
    assert not chosen.is_due(dt.date(2024, 3, 24))
    assert chosen.is_due(dt.date(2024, 3, 25))


def test_each_further_step_waits_from_the_one_before():
    facts = replace(FACTS, last_step="sms", last_on=dt.date(2024, 4, 1))
    chosen = choose_step(STEPS, facts)
    assert (chosen.step.code, chosen.from_on) == ("mail", dt.date(2024, 4, 4))


def test_a_step_without_an_address_is_passed_over():
    facts = replace(FACTS, last_step="sms", last_on=DAY, reach=frozenset({"sms", "post"}))
    assert choose_step(STEPS, facts).step.code == "letter"


def test_nobody_is_asked_without_an_address_at_all():
    assert choose_step(STEPS[:2], replace(FACTS, reach=frozenset())).why == "нет адреса или номера: SMS"


def test_a_small_or_young_debt_does_not_reach_the_letter():
    facts = replace(FACTS, last_step="mail", last_on=DAY)
    assert choose_step(STEPS, replace(facts, overdue=199_999)).why == "не подходит ни под одну ступень"
    assert choose_step(STEPS, replace(facts, age=1)).why == "не подходит ни под одну ступень"
    assert choose_step(STEPS, replace(facts, overdue=200_000)).step.code == "letter"


def test_the_ladder_has_an_end():
    assert choose_step(STEPS, replace(FACTS, last_step="letter", last_on=DAY)).why == "все ступени пройдены"


def test_a_step_may_be_for_one_group_or_one_risk_or_before_court_only():
    step = LadderStep("x", "x", "post", 0, categories=("owner",), risk="high")
    assert not fits(step, FACTS)
    assert fits(step, replace(FACTS, high_risk=True))
    assert not fits(step, replace(FACTS, high_risk=True, category="social_tenant"))
    assert not fits(step, replace(FACTS, high_risk=True, before_court=False))
    assert fits(replace(step, before_court=False), replace(FACTS, high_risk=True, before_court=False))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "от 1 до"),
        ((STEPS[0], STEPS[0]), "Две ступени с кодом «sms»"),
        ((replace(STEPS[0], channel="pigeon"),), "канала «pigeon» нет"),
        ((replace(STEPS[0], text=" "),), "нет текста"),
        ((replace(STEPS[0], text="долг {итого}"),), "поля {итого} нет. Есть: {сумма}"),
        ((replace(STEPS[0], text="долг {сумма"),), "непарная фигурная скобка"),
        ((replace(STEPS[0], wait=400),), "Укажите от 0 до 365"),
        ((replace(STEPS[0], overdue_from=5, overdue_to=5),), "под неё никто не подойдёт"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused_in_words(steps, words):
    with pytest.raises(StrategyRefused) as refused:
        check_ladder(steps)
    assert words in refused.value.message


def test_the_shipped_ladder_is_a_good_one():
    check_ladder(DEFAULT_LADDER)
    assert steps_of([step.as_data() for step in DEFAULT_LADDER]) == DEFAULT_LADDER


@given(st.integers(0, 10**9), st.integers(0, 60), st.booleans(), st.sets(st.sampled_from(["sms", "email", "post", "autodial"])))
def test_a_debtor_climbs_to_the_end_and_takes_no_step_twice(overdue, age, risk, reach):
    facts = replace(FACTS, overdue=overdue, age=age, high_risk=risk, reach=frozenset(reach))
    taken = []
    while (chosen := choose_step(DEFAULT_LADDER, facts)).step is not None:
        taken.append(chosen.step.code)
        facts = replace(facts, last_step=chosen.step.code, last_on=chosen.from_on)
    assert len(taken) == len(set(taken)) <= len(DEFAULT_LADDER)
