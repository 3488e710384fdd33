"""Rows B3, Z6d and Z6e: each figure is the total of its list, and a question of the past gets the old answer."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question, Reach
from enforcement.actions import settle_differences as settling
from tests.factories import reconciliation
from tests.factories.reconciliation import AT, MONTH, OPENED

MARCH = months.make(2024, 3)
FOUND = dt.datetime(2024, 3, 5, tzinfo=dt.UTC)
CODES = [f"reconciliation.{name}" for name in ("writs_share", "settled_in_time", "differences", "acted_share")]


@pytest.fixture
def worked(sent, officer):
    """Two differences found on 4 March: one settled on the 6th, one on the 12th, after its term."""
    reconciliation.answered(sent, reconciliation.agreeing(sent)[2:])
    first, second = sent.differences.order_by("pk")
    for one, day in ((first, 6), (second, 12)):
        at = dt.datetime(2024, 3, day, 9, tzinfo=dt.UTC)
        settling.settle(difference=one, resolution="presented_again", reason="", by=officer, on=at.date(), at=at)
    return sent


def asked(code: str, month: int, **more) -> tuple:
    indicator = catalogue.get(code)
    question = Question(month, **more)
    assert indicator.totals(question) == catalogue.total_of(indicator.facts(question), 2)
    return indicator.totals(question), indicator.value(question)


def test_writs_are_reconciled_when_the_act_is_signed(worked, officer):
    assert asked("reconciliation.writs_share", MONTH) == ((0, 3), 0)
    reconciliation.signed(worked, by=officer, on=dt.date(2024, 3, 13))
    assert asked("reconciliation.writs_share", MONTH) == ((3, 3), 10_000)
    assert asked("reconciliation.writs_share", MONTH, known_at=AT)[0] == (0, 3)


def test_three_working_days(worked):
    assert asked("reconciliation.settled_in_time", MARCH) == ((1, 2), 5_000)
    assert asked("reconciliation.settled_in_time", MARCH, known_at=FOUND)[0] == (0, 2)
    assert asked("reconciliation.settled_in_time", MONTH) == ((0, 0), None)


def test_found_and_acted_on(worked):
    assert asked("reconciliation.differences", MARCH) == ((2, 2), 2)
    assert asked("reconciliation.acted_share", MARCH) == ((2, 2), 10_000)
    assert asked("reconciliation.acted_share", MARCH, known_at=FOUND)[0] == (0, 2)


def test_a_carried_difference_counts_once(osen, bailiffs, sent, officer):
    reconciliation.answered(sent, reconciliation.agreeing(sent)[1:])
    reconciliation.signed(sent, by=officer)
    april = dt.date(2024, 4, 2)
    march = reconciliation.sent(osen, bailiffs, month=MONTH + 1, on=april)
    settling.settle(difference=march.differences.get(), resolution="presented_again", reason="", by=officer, on=april, at=AT)
    assert asked("reconciliation.settled_in_time", MARCH)[0] == (0, 1)
    assert asked("reconciliation.differences", MARCH)[0] == (1, 1)
    assert asked("reconciliation.differences", MARCH + 1)[0] == (0, 0)


def test_another_creditor_counts_nothing_of_it(worked, lada):
    reach = Reach(frozenset({lada.pk}), None, frozenset())
    for code in CODES:
        assert asked(code, MARCH, reach=reach)[0] == (0, 0)
        assert asked(code, MONTH, reach=reach)[0] == (0, 0)
    assert dt.date(2024, 3, 4) == OPENED
