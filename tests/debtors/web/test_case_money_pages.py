"""Penalty and limitation on the pages of a case."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from debtors.models import PenaltyRecord
from tests.factories import cases

TODAY = dt.date(2024, 3, 1)


@pytest.fixture(autouse=True)
def first_of_march():
    with time_machine.travel(dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def case(osen):
    return cases.case_of(cases.billed(osen, on=TODAY, count=40, holder="Иванов И. И."), TODAY)


def url(name: str, case, *more) -> str:
    return reverse(f"debtors:{name}", args=[case.pk, *more])


def test_penalty_through_another_day(visit, officer, case):
    client = visit(officer)
    now = client.get(url("case-penalty", case)).context["report"]
    before = client.get(url("case-penalty", case), {"through": "2023-12-31"}).context["report"]
    assert now.total > before.total > 0


def test_a_line_is_explained_to_the_kopeck(visit, officer, case):
    client = visit(officer)
    report = client.get(url("case-penalty", case)).context["report"]
    line = max(report.months, key=lambda month: month.penalty)
    page = client.get(url("case-penalty-line", case, line.service.code, line.month))

    (item,) = page.context["lines"]
    assert sum(run["kopecks"] for run in item["runs"]) == line.penalty
    assert item["sources"]


def test_recording_needs_the_right(visit, officer, auditor, stranger, case):
    said = {"through": "2024-03-01"}
    assert visit(auditor).post(url("case-penalty-record", case), said).status_code == 403
    assert visit(stranger).post(url("case-penalty-record", case), said).status_code == 404
    assert not PenaltyRecord.objects.exists()
    assert visit(officer).post(url("case-penalty-record", case), said).status_code == 302
    assert PenaltyRecord.objects.get().through == TODAY


def test_a_refusal_is_told(visit, officer, case):
    client = visit(officer)
    page = client.post(url("case-penalty-record", case), {"through": "2024-04-01"}, follow=True)
    assert "ещё не наступил" in page.content.decode()


def test_states_of_the_months_add_up(visit, officer, case):
    context = visit(officer).get(url("case-limitation", case)).context
    assert sum(kopecks for _, _, kopecks in context["states"]) == context["total"] == case.debt


def test_acknowledgement_from_the_form(visit, officer, case):
    said = {
        "acknowledged_on": "2024-02-20",
        "first_month": "2021-01",
        "last_month": "2021-12",
        "document": "акт сверки № 4",
        "written": "on",
    }
    client = visit(officer)
    before = client.get(url("case-limitation", case)).context["states"]
    assert client.post(url("case-acknowledge", case), said).status_code == 302
    assert client.get(url("case-limitation", case)).context["states"] != before


def test_wrong_months_are_told_on_the_form(visit, officer, case):
    said = {"acknowledged_on": "2024-02-20", "first_month": "2022-01", "last_month": "2021-12", "document": "акт"}
    assert "первый не позже последнего" in visit(officer).post(url("case-acknowledge", case), said).content.decode()


@pytest.mark.parametrize("name", ["case-penalty", "case-limitation"])
def test_queries_do_not_grow_with_months(visit, officer, case, name, django_assert_max_num_queries):
    client = visit(officer)
    client.get(url(name, case))
    with django_assert_max_num_queries(16):
        client.get(url(name, case))
