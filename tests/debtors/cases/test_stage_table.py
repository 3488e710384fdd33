"""The table of moves of a case file: sound in itself, and replay gives the stage."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from casedesk.access.rights import Right
from debtors.rules.case_events import EVENTS
from debtors.rules.stages import STAGE_NAMES, Stage
from debtors.states.case_file import CASE, replay
from debtors.states.drawing import markdown


def happened(code, day, until=None):
    return SimpleNamespace(code=code, happened_on=day, term_until=until)


def test_every_stage_has_a_name():
    assert set(STAGE_NAMES) == set(Stage)


@pytest.mark.parametrize("move", CASE.moves, ids=lambda m: f"{m.action} to {m.target or 'same'}")
def test_a_move_names_a_right_and_an_event(move):
    assert move.right in set(Right)
    assert move.event in EVENTS
    assert Stage.CLOSED not in move.sources or move.target == ""


def test_no_two_rows_answer_for_one_stage_and_action():
    seen = [(source, move.action) for move in CASE.moves for source in move.sources]

    assert len(seen) == len(set(seen))


def test_replay_of_a_reminder(day):
    events = [happened("case_opened", day), happened("reminder_prepared", day), happened("assigned", day)]

    assert replay(events).stage == Stage.REMINDER_READY
    assert replay([*events, happened("reminder_cancelled", day)]).stage == Stage.OPENED
    assert replay([*events, happened("reminder_sent", day, day)]).stage_until == day


def test_replay_leaves_out_what_the_table_does_not_allow(day):
    assert replay([happened("case_opened", day), happened("reminder_sent", day)]).stage == Stage.OPENED


def test_the_page_of_the_docs_is_drawn_from_the_table():
    page = Path(__file__).resolve().parents[3] / "docs" / "case-stages.md"

    assert page.read_text(encoding="utf-8") == markdown(), "run: manage.py draw_stages > docs/case-stages.md"
