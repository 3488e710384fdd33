"""Steps and days of a service restriction by Правила 354: the day before, the day, what forbids."""

import datetime as dt

import pytest

from casedesk.common.refusals import NotAllowed
from debtors.rules.restriction import (
    BLOCKS,
    RestrictionFacts,
    RestrictionState,
    RestrictionTerms,
    in_season,
    next_step,
    refusal,
)
from debtors.states.restriction import RESTRICTION

WARNED_ON = dt.date(2024, 6, 20)
TERMS = RestrictionTerms(2, 20, 10, 2, frozenset({"heating", "cold_water"}), ((9, 15), (5, 31)))


def facts(**given) -> RestrictionFacts:
    start = {
        "state": RestrictionState.WARNED,
        "service": "electricity",
        "service_name": "Электроснабжение",
        "in_block_of_flats": True,
        "debt": 1_000_000,
        "monthly": 300_000,
        "terms": TERMS,
        "started_on": WARNED_ON,
        "warned_on": WARNED_ON,
    }
    return RestrictionFacts(**start | given)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_limit_opens_the_day_after_twenty_days():
    """L11, п. 119 «б»: warned on 20.06, the last day to pay is 10.07, the limit is lawful from 11.07."""
    step = next_step(facts())

    assert (step.action, step.from_on, step.norm) == ("limit", day("2024-07-11"), "Правила 354 п. 119 пп. «б»")
    assert facts().warning_ends_on == day("2024-07-10")


@pytest.mark.parametrize("on, allowed", [("2024-07-10", False), ("2024-07-11", True), ("2024-07-12", True)])
def test_nothing_is_limited_while_the_term_runs(on, allowed):
    if allowed:
        assert RESTRICTION.check(facts(), "limit", day(on)).target == "limited"
    else:
        with pytest.raises(NotAllowed, match=r"можно с 11\.07\.2024"):
            RESTRICTION.check(facts(), "limit", day(on))


def test_a_suspension_opens_ten_days_after_the_limit():
    limited = facts(state=RestrictionState.LIMITED, limited_on=day("2024-07-15"))

    assert (next_step(limited).action, next_step(limited).from_on) == ("suspend", day("2024-07-26"))


def test_what_cannot_be_limited_is_suspended_at_once_after_the_term():
    step = next_step(facts(can_be_limited=False))

    assert (step.action, step.from_on) == ("suspend", day("2024-07-11"))


@pytest.mark.parametrize(
    "given, word",
    [
        ({"debt": 600_000}, "не больше 2 месячных"),
        ({"monthly": 0}, "Не известна плата"),
        ({"service": "heating"}, "не ограничивают"),
        ({"service": "cold_water"}, "в многоквартирном доме"),
        ({"service": "maintenance"}, "не коммунальная"),
        ({"agreement": "соглашение № 1"}, "соглашение № 1"),
        ({"deceased": True}, "умер"),
        ({"bankrupt": True}, "банкрот"),
        ({"disputed": True}, "спора"),
        *[({"block": kind}, BLOCKS[kind]) for kind in BLOCKS],
    ],
)
def test_what_forbids_a_cut_says_so(given, word):
    stopped = refusal(facts(**given))

    assert word in stopped[0]
    assert stopped[1]
    assert next_step(facts(**given)).action == ""


def test_one_kopeck_over_two_payments_is_enough():
    assert refusal(facts(debt=600_001)) is None


def test_cold_water_of_a_house_may_be_cut():
    assert refusal(facts(service="cold_water", in_block_of_flats=False)) is None


def test_a_dispute_with_an_end_moves_the_day():
    assert next_step(facts(disputed=True, disputed_until=day("2024-08-01"))).from_on == day("2024-08-01")


@pytest.mark.parametrize(
    "warned, opens",
    [("2024-06-20", "2024-07-11"), ("2024-08-25", "2024-06-01"), ("2024-10-01", "2025-06-01"), ("2024-03-01", "2024-06-01")],
)
def test_what_heats_the_dwelling_waits_for_the_end_of_the_season(warned, opens):
    heated = facts(warned_on=day(warned), started_on=day(warned), heats=True)
    expected = day(opens) if opens > warned else day(opens.replace("2024", "2025"))

    assert next_step(heated).from_on == expected


def test_other_services_do_not_wait_for_the_season():
    assert next_step(facts(service="hot_water", warned_on=day("2024-10-01"), heats=True)).from_on == day("2024-10-22")


@pytest.mark.parametrize("on, runs", [("2024-09-14", False), ("2024-09-15", True), ("2025-01-01", True), ("2025-05-31", True)])
def test_the_season_goes_over_the_turn_of_the_year(on, runs):
    assert in_season(TERMS, day(on)) == runs


def test_restoring_is_due_two_days_after_the_ground_is_gone():
    paid = facts(state=RestrictionState.SUSPENDED, suspended_on=day("2024-07-20"), ground_gone_on=day("2024-07-22"), debt=0)
    step = next_step(paid)

    assert (step.action, step.from_on, step.due_on) == ("restore", day("2024-07-22"), day("2024-07-24"))


def test_a_suspended_service_waits_for_money():
    step = next_step(facts(state=RestrictionState.SUSPENDED, suspended_on=day("2024-07-20")))

    assert (step.action, step.why) == ("", "Ждём оплаты или соглашения.")


@pytest.mark.parametrize("state", [RestrictionState.RESTORED, RestrictionState.CANCELLED])
def test_what_is_over_has_no_step(state):
    assert next_step(facts(state=state)).action == ""


def test_every_move_of_the_table_names_its_right_and_label():
    assert all(move.right and move.label for move in RESTRICTION.moves)
    assert {move.event for move in RESTRICTION.moves if move.target} == {
        "restriction_warned",
        "service_limited",
        "service_suspended",
        "service_restored",
        "restriction_cancelled",
    }
