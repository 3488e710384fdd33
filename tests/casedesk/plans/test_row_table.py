"""The documentation's table of plan rows is what the catalogue and the shipped plans say now."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROWS = [
    "B1",
    "B2",
    "B3",
    "B4",
    "Z1a",
    "Z1b",
    "Z2a",
    "Z2b",
    "Z3a",
    "Z3b",
    "Z3c",
    "Z3d",
    "Z4a",
    "Z4b",
    "Z4c",
    "Z4d",
    "Z5a",
    "Z5b",
    "Z5c",
    "Z5d",
    "Z6a",
    "Z6b",
    "Z6c",
    "Z6d",
    "Z6e",
    "Z7a",
    "Z7b",
    "Z7c",
    "Z8",
    "Z9a",
    "Z9b",
    "P1.1",
    "P1.2",
    "P1.3",
    "P1.4",
    "P1.5",
    "P2.1",
    "P2.2",
    "P2.3",
    "P2.4",
    "P2.5",
    "P2.6",
    "P2.7",
    "P2.8",
    "P3.1",
    "P3.2",
    "L1",
    "L2",
    "L3",
    "L4",
    "L5",
    "L6",
    "L7",
    "L8",
    "L9",
    "L10",
    "L11",
    "L12",
    "L12b",
    "L13",
    "L14",
    "L-App1",
    "L-App3",
    "L-App4",
]
"""Every row of the four plans."""
PAGE = Path(__file__).resolve().parents[3] / "docs" / "plan-rows.md"


def test_the_page_is_current():
    said = StringIO()
    call_command("plan_rows", stdout=said)
    assert PAGE.read_text(encoding="utf-8") == said.getvalue(), "run: manage.py plan_rows > docs/plan-rows.md"


@pytest.mark.parametrize("row", ROWS)
def test_every_row_of_the_four_plans_stands_on_the_page(row):
    """With the indicator that counts it, or with what else serves it."""
    assert f"\n| {row} | " in PAGE.read_text(encoding="utf-8")
