"""Ageing for programs: the figures of `manage.py age`, only over what the person sees."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from tests.factories import cases

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)
URL = "/api/ageing/?as_of=2024-03-21"


@pytest.fixture
def owed(osen):
    return cases.billed(osen, "4001", on=DAY)


def test_the_same_as_the_command(visit, officer, owed, capsys):
    call_command("age", as_of="2024-03-21", by="resource,category")
    said = json.loads(capsys.readouterr().out)
    assert visit(officer).get(URL + "&by=resource,category").json() == said
    assert said["total"] != "0.00"


def test_another_creditor_sees_none_of_it(visit, stranger, owed):
    assert visit(stranger).get(URL).json()["total"] == "0.00"


def test_an_administrator_sees_all_and_can_narrow(visit, administrator, owed, lada):
    client = visit(administrator)
    assert client.get(URL).json()["total"] != "0.00"
    assert client.get(f"{URL}&creditor={lada.pk}").json()["total"] == "0.00"


def test_an_unknown_dimension_is_refused_with_the_known_ones(visit, officer, owed):
    answer = visit(officer).get(URL + "&by=planet")
    assert answer.status_code == 409
    assert answer.json()["code"] == "unknown_dimension"
    assert "resource" in answer.json()["facts"]["known"]


@pytest.mark.parametrize(
    "query", ["", "?as_of=31.03.2024", "?as_of=2024-03-21&known_on=yesterday", "?as_of=2024-03-21&creditor=x"]
)
def test_wrong_input_is_told(visit, officer, query):
    answer = visit(officer).get("/api/ageing/" + query)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
