"""Case files for programs."""

import datetime as dt

import pytest

from tests.factories import cases

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)


@pytest.fixture
def case(osen):
    return cases.case_of(cases.owing(osen, "4001", on=DAY), DAY)


def test_a_case_tells_its_next_step(visit, officer, case):
    found = visit(officer).get(f"/api/cases/{case.pk}/").json()
    assert (found["number"], found["overdue"], found["is_open"]) == (case.number, "15000.00", True)
    assert found["next_action"]
    assert found["next_reason"]


def test_its_events_begin_with_the_opening(visit, officer, case):
    events = visit(officer).get(f"/api/cases/{case.pk}/events/").json()
    assert events[-1]["code"] == "case_opened"
    assert events[-1]["happened_on"] == "2024-03-21"


def test_a_stranger_finds_nothing(visit, stranger, case):
    client = visit(stranger)
    assert client.get("/api/cases/").json()["results"] == []
    assert client.get(f"/api/cases/{case.pk}/").status_code == 404
    assert client.get(f"/api/cases/{case.pk}/events/").status_code == 404
