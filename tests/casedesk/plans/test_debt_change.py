"""The explanation of the debt's change adds up, whatever happened: property tests over random facts."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.plans.queries.debt_change import UNEXPLAINED, Between, End, accounts_behind, debt_change
from casedesk.plans.queries.question import Reach
from casedesk.plans.rules.waterfall import WIDTH, waterfall
from debtors.actions.undo_booking import undo_booking
from debtors.queries.ageing import age
from tests.casedesk.plans.test_reports import moment
from tests.factories.ledger import Ledger

POOL, HEATING, WATER, PENALTY = 0, 1, 3, 90
MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04")
LEARNT = ("2024-02-05", "2024-03-05", "2024-03-25", "2024-04-05", "2024-04-25", "2024-05-05")


def random_town(creditor, dice: random.Random) -> None:
    """Charges, credits, openings' worth of penalties, money split and not, over and under, late and early, some taken back."""
    books = Ledger(creditor)
    accounts = [books.account(str(number)) for number in range(4)]
    made = []
    for learnt in LEARNT:
        for _ in range(dice.randint(1, 6)):
            account, month = dice.choice(accounts), dice.choice(MONTHS)
            if dice.random() < 0.5:
                credited = dice.choice((0, 0, dice.randint(1, 30_000)))
                service = dice.choice((HEATING, WATER, PENALTY))
                books.charge(account, month, dice.randint(1, 90_000), service=service, credited=credited)
            else:
                channel = dice.choice(("bank", "desk", "bailiff", "employer"))
                day = f"{month}-{dice.randint(1, 28):02d}"
                books.pay(account, day, dice.randint(1, 150_000), service=dice.choice((POOL, HEATING)), channel=channel)
        made.append(books.post(learnt))
    if dice.random() < 0.5:
        undo_booking(booking=made[-1], by=None, reason="проба", at=moment("2024-05-10"), on=dt.date(2024, 5, 10))


@pytest.mark.parametrize("seed", range(12))
def test_lines_add_up_to_the_difference_and_leave_nothing_unexplained(osen, seed):
    dice = random.Random(seed)
    random_town(osen, dice)
    start = End(dt.date(2024, 2, 29), moment(dice.choice(LEARNT[1:4])))
    end = End(dt.date(2024, dice.choice((3, 4)), 30), moment(dice.choice(("2024-04-26", "2024-05-06", "2024-05-20"))))
    between = Between(start, end, Reach())
    told = debt_change(between)
    assert told["opening"] == age(None, as_of=start.on, known_on=start.known_at).figures.total
    assert told["closing"] == age(None, as_of=end.on, known_on=end.known_at).figures.total
    assert told["opening"] + sum(line["amount"] for line in told["lines"]) == told["closing"]
    assert UNEXPLAINED not in [line["key"] for line in told["lines"]]
    for line in told["lines"]:
        assert sum(fact.amounts[0] for fact in accounts_behind(between, line["key"])) == line["amount"]


def test_the_number_of_queries_does_not_grow_with_the_facts(osen):
    between = Between(End(dt.date(2024, 2, 29), moment("2024-03-05")), End(dt.date(2024, 3, 31), moment("2024-05-05")), Reach())
    random_town(osen, random.Random(1))

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            debt_change(between)
        return len(context)

    few = queries()
    books = Ledger(osen)
    for number in range(100, 120):
        books.charge(books.account(str(number)), "2024-03", 10_000)
    books.post("2024-05-20")
    assert queries() == few


def test_nothing_changes_between_a_moment_and_itself(osen):
    random_town(osen, random.Random(3))
    end = End(dt.date(2024, 3, 31), moment("2024-04-05"))
    assert debt_change(Between(end, end, Reach()))["lines"] == []


def test_bars_of_the_waterfall_hang_together():
    bars = waterfall(("было", 1000), [("a", "а", 500), ("b", "б", -800)], ("стало", 700))
    assert [bar.tone for bar in bars] == ["whole", "up", "down", "whole"]
    assert bars[1].x == bars[0].width and bars[2].x == bars[3].width
    assert max(bar.x + bar.width for bar in bars) == WIDTH


def test_a_waterfall_of_nothing():
    assert [bar.width for bar in waterfall(("было", 0), [], ("стало", 0))] == [0, 0]
