"""The calculator and a day-by-day count that shares nothing with it agree to the kopeck on random debts."""

import datetime as dt
import os
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from casedesk.norms.calculators.registry import calculate
from tests.casedesk.norms import naive_penalty

DAYS = st.dates(min_value=dt.date(2016, 2, 1), max_value=dt.date(2026, 9, 30))
KOPECKS = st.integers(min_value=1, max_value=50_000_000)
LADDERS = ["housing_155_14", "caprepair_155_14_1", "rso_other", "rso_tsj", "rso_uo"]


@st.composite
def debts(draw):
    due, through = sorted([draw(DAYS), draw(DAYS)])
    count = draw(st.integers(min_value=0, max_value=4))
    span = max((through - due).days, 1)
    days = sorted(due + dt.timedelta(days=draw(st.integers(min_value=0, max_value=span + 20))) for _ in range(count))
    mode = draw(st.sampled_from(["payment_day", "per_day", "fixed"]))
    return {
        "principal": Decimal(draw(KOPECKS)) / 100,
        "due": due,
        "through": through,
        "ladder": draw(st.sampled_from(LADDERS)),
        "mode": mode,
        "payments": [(day, Decimal(draw(KOPECKS)) / 100) for day in days],
        "on_old_balance": draw(st.booleans()),
        "rate": Decimal(draw(st.integers(min_value=0, max_value=3000))) / 100 if mode == "fixed" else None,
    }


def as_input(debt) -> dict:
    data = {
        "principal": str(debt["principal"]),
        "due_date": debt["due"].isoformat(),
        "through": debt["through"].isoformat(),
        "ladder": debt["ladder"],
        "rate_mode": debt["mode"],
        "payments": [{"date": day.isoformat(), "amount": str(amount)} for day, amount in debt["payments"]],
        "payment_day_on_old_balance": debt["on_old_balance"],
    }
    return data | ({"rate": str(debt["rate"])} if debt["mode"] == "fixed" else {})


HALF_A_KOPECK = {
    "principal": Decimal("0.10"),
    "due": dt.date(2016, 2, 1),
    "through": dt.date(2016, 7, 30),
    "ladder": "caprepair_155_14_1",
    "mode": "fixed",
    "payments": [],
    "on_old_balance": False,
    "rate": Decimal(10),
}
"""150 days of a third of a hundredth of a kopeck: just half a kopeck, which a count in decimals misses by its last digit."""


@settings(max_examples=int(os.environ.get("EXAMPLES", "2000")), derandomize="EXAMPLES" not in os.environ, deadline=None)
@example(HALF_A_KOPECK)
@given(debts())
def test_penalty_agrees_with_a_naive_count_on_random_debts(debt):
    answer = calculate("penalty", as_input(debt))

    assert Decimal(answer["penalty"]) == naive_penalty.penalty(**debt)


@settings(max_examples=200, derandomize="EXAMPLES" not in os.environ, deadline=None)
@given(debts())
def test_lines_add_up_to_the_penalty_and_cover_every_counted_day(debt):
    answer = calculate("penalty", as_input(debt))

    assert sum(Decimal(line["amount"]) for line in answer["lines"]) == Decimal(answer["penalty"])
    assert all(line["from"] <= line["to"] for line in answer["lines"] if "from" in line)
