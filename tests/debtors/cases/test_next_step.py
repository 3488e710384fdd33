"""The next step of a case: a pure function of facts, at the edges of days."""

import datetime as dt

import pytest

from debtors.rules.next_step import ACTION_NAMES, CaseFacts, NextStep, Status, Terms, next_step, status
from debtors.rules.stages import HoldKind, Stage

OPENED = dt.date(2024, 3, 1)
TERMS = Terms()


def test_an_opened_case_waits_for_its_reminder():
    step = next_step(CaseFacts(Stage.OPENED, OPENED), TERMS)

    assert (step.action, step.from_on, step.due_on) == ("prepare_reminder", OPENED, dt.date(2024, 3, 11))
    assert "ЖК РФ" in step.norm


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2024, 3, 10), Status.OPEN),
        (dt.date(2024, 3, 11), Status.TODAY),
        (dt.date(2024, 3, 12), Status.LATE),
        (dt.date(2024, 2, 29), Status.WAITING),
    ],
)
def test_status_turns_on_the_day(day, expected):
    assert next_step(CaseFacts(Stage.OPENED, OPENED), TERMS).status(day) == expected


def test_a_step_without_a_day_is_undated():
    assert status(None, None, OPENED) == Status.UNDATED


def test_after_a_reminder_the_debtors_turn_comes_first():
    facts = CaseFacts(Stage.REMINDER_SENT, dt.date(2024, 3, 5), stage_until=dt.date(2024, 4, 4))

    step = next_step(facts, TERMS)

    assert (step.action, step.waits_for) == ("file_claim", "debtor")
    assert (step.from_on, step.due_on) == (dt.date(2024, 4, 4), dt.date(2024, 5, 4))
    assert step.status(dt.date(2024, 4, 3)) == Status.WAITING
    assert step.status(dt.date(2024, 4, 4)) == Status.OPEN


@pytest.mark.parametrize(
    ("limitation_on", "due_on"),
    [
        (dt.date(2024, 4, 3), dt.date(2024, 5, 4)),
        (dt.date(2024, 4, 4), dt.date(2024, 4, 4)),
        (dt.date(2024, 5, 3), dt.date(2024, 5, 3)),
        (dt.date(2024, 5, 4), dt.date(2024, 5, 4)),
    ],
)
def test_no_step_waits_beyond_limitation(limitation_on, due_on):
    facts = CaseFacts(Stage.REMINDER_SENT, dt.date(2024, 3, 5), dt.date(2024, 4, 4), limitation_on=limitation_on)

    assert next_step(facts, TERMS).due_on == due_on


def test_a_hold_with_an_end_puts_the_step_off_and_keeps_its_days():
    held = CaseFacts(Stage.OPENED, OPENED, hold_kind=HoldKind.SUBSIDY, hold_on=OPENED, hold_until=dt.date(2024, 3, 20))

    step = next_step(held, TERMS)

    assert (step.action, step.from_on, step.due_on) == ("prepare_reminder", dt.date(2024, 3, 20), dt.date(2024, 3, 30))
    assert step.waits_for == "hold:subsidy"


def test_a_hold_shorter_than_what_runs_anyway_changes_nothing():
    plain = CaseFacts(Stage.REMINDER_SENT, dt.date(2024, 3, 5), dt.date(2024, 4, 4))
    held = CaseFacts(
        Stage.REMINDER_SENT, dt.date(2024, 3, 5), dt.date(2024, 4, 4), None, HoldKind.DISPUTE, OPENED, dt.date(2024, 3, 10)
    )

    assert next_step(held, TERMS) == next_step(plain, TERMS)


def test_a_hold_without_an_end_is_reviewed():
    held = CaseFacts(Stage.OPENED, OPENED, hold_kind=HoldKind.BANKRUPTCY, hold_on=OPENED)

    step = next_step(held, TERMS)

    assert (step.action, step.due_on) == ("review_hold", dt.date(2024, 3, 31))


@pytest.mark.parametrize(("flag", "action"), [("bankrupt", "join_bankruptcy"), ("deceased", "find_heirs")])
def test_death_and_bankruptcy_change_the_way(flag, action):
    assert next_step(CaseFacts(Stage.OPENED, OPENED, flags=frozenset({flag})), TERMS).action == action


def test_a_closed_case_has_no_step():
    assert next_step(CaseFacts(Stage.CLOSED, OPENED), TERMS) == NextStep()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.CLOSED])
def test_every_open_stage_has_a_named_step_with_a_reason(stage):
    step = next_step(CaseFacts(stage, OPENED), TERMS)

    assert step.action in ACTION_NAMES
    assert step.reason and step.norm
