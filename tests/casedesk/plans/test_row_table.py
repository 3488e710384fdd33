"""The documentation's table of plan rows is what the catalogue and the shipped plans say now."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

PAGE = Path(__file__).resolve().parents[3] / "docs" / "plan-rows.md"


def test_the_page_is_current():
    said = StringIO()
    call_command("plan_rows", stdout=said)
    assert PAGE.read_text(encoding="utf-8") == said.getvalue(), "run: manage.py plan_rows > docs/plan-rows.md"
