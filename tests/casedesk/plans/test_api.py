"""Plan figures for programs: the same as the command prints, for what the person reaches."""

import json

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_figures_of_the_command(visit, administrator, small_town, capsys):
    call_command("indicators", plan="Z", period="2024-02")
    said = json.loads(capsys.readouterr().out)
    assert visit(administrator).get("/api/plans/Z/figures/?period=2024-02").json() == said
    assert said["measures"]


def test_a_creditor_counts_its_own_only(visit, administrator, officer, small_town):
    def debt(user) -> set[str | None]:
        lines = visit(user).get("/api/plans/Z/figures/?period=2024-02").json()["measures"]
        return {line["value"] for line in lines}

    assert debt(officer) != debt(administrator)


def test_a_wrong_month_is_told(visit, supervisor):
    answer = visit(supervisor).get("/api/plans/Z/figures/?period=февраль")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["period"])
