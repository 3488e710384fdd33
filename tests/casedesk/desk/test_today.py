"""Today by role: the queue and its tabs, uploads, people; only what the person may see; a fixed number of queries."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from debtors.actions.open_cases import open_cases
from debtors.models import CaseFile
from imports.models import ImportBatch
from tests.factories import cases as make

MORNING = dt.datetime(2024, 3, 1, 9, 0, tzinfo=dt.UTC)
ON = MORNING.date()


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def cases(osen, lada):
    """Three cases of osen and one of another creditor, all opened on the day; the deadlines are set by each test."""
    for creditor, number, overdue in (
        (osen, "1", 10_000_00),
        (osen, "2", 30_000_00),
        (osen, "3", 20_000_00),
        (lada, "9", 1_000_00),
    ):
        make.owing(creditor, number, overdue=overdue, average=1_00, holder=f"Должник {number}", on=ON)
        open_cases(creditor=creditor, on=ON, by=None)
    return {case.account.number: case for case in CaseFile.objects.select_related("account")}


def due(case: CaseFile, day: dt.date | None, *, action: str = "send_reminder", since: dt.date = ON) -> None:
    CaseFile.objects.filter(pk=case.pk).update(next_due_on=day, next_from=since, next_action=action)


def shown(page) -> list[int]:
    return [row.overdue for row in page.context["listing"].page.rows]


def test_the_week_comes_first_and_inside_it_the_largest_debt(visit, officer, cases):
    due(cases["1"], ON + dt.timedelta(7))
    due(cases["2"], ON + dt.timedelta(8))
    due(cases["3"], ON - dt.timedelta(3))
    page = visit(officer).get("/")
    assert shown(page) == [20_000_00, 10_000_00]
    assert "просрочено на 3" in page.content.decode()
    assert shown(visit(officer).get("/?state=work")) == [30_000_00, 20_000_00, 10_000_00]


@pytest.mark.parametrize(
    "state, change",
    [
        ("waiting", {"day": dt.date(2024, 4, 1), "since": dt.date(2024, 3, 2)}),
        ("no_step", {"day": None, "action": ""}),
        ("no_deadline", {"day": None}),
    ],
)
def test_what_could_be_forgotten_has_its_own_tab_and_counter(visit, officer, cases, state, change):
    due(cases["2"], **change)
    page = visit(officer).get(f"/?state={state}")
    assert shown(page) == [30_000_00]
    assert next(tab["count"] for tab in page.context["tabs"] if tab["current"]) == 1


def test_the_first_tab_that_is_not_empty_opens(visit, officer, cases):
    for case in cases.values():
        due(case, dt.date(2024, 5, 1))
    page = visit(officer).get("/")
    assert [str(tab["label"]) for tab in page.context["tabs"] if tab["current"]] == ["Все к работе"]


def test_filters_keep_the_tab(visit, officer, cases):
    page = visit(officer).get("/?show=queue&state=work&overdue_from=15000")
    assert shown(page) == [30_000_00, 20_000_00]
    assert '<input type="hidden" name="state" value="work">' in page.content.decode()


def test_another_creditors_cases_are_not_counted(visit, stranger, cases):
    page = visit(stranger).get("/?state=work")
    assert shown(page) == [1_000_00]
    assert page.context["money"] == {"cases": 1, "overdue": 1_000_00}


def test_a_clerk_sees_the_last_uploads_first(visit, clerk, osen, lada):
    for creditor, name in ((osen, "osv_2024_02.xlsx"), (lada, "чужой.xlsx")):
        ImportBatch.objects.create(creditor=creditor, file_name=name, sha256="0" * 64, status="preview", made_at=timezone.now())
    page = visit(clerk).get("/")
    assert [row.file_name for row in page.context["listing"].page.rows] == ["osv_2024_02.xlsx"]
    assert page.context["waiting"] == 1


def test_an_administrator_sees_roles_in_force(visit, administrator, officer):
    page = visit(administrator).get("/")
    assert {row.user for row in page.context["listing"].page.rows} == {administrator, officer}


def test_a_role_without_panes_is_told_where_to_go(visit, bailiff_liaison):
    assert "На сегодня ничего нет" in visit(bailiff_liaison).get("/").content.decode()


def test_a_pane_that_the_role_does_not_open_is_not_shown(visit, clerk):
    page = visit(clerk).get("/?show=people")
    assert page.context["pane"] != "desk/panes/people.html"


def test_queries_do_not_grow_with_the_queue(visit, officer, osen, django_assert_max_num_queries):
    for number in range(30):
        make.owing(osen, str(number), overdue=9_000_00, average=1_00, on=ON)
    open_cases(creditor=osen, on=ON, by=None)
    client = visit(officer)
    with django_assert_max_num_queries(18):
        client.get("/")


def test_a_supervisor_sees_the_plans_and_the_debt_first(visit, supervisor):
    page = visit(supervisor).get("/")
    assert page.context["pane"] == "desk/panes/plan.html"
    assert {plan.code for plan, *_ in page.context["plans"]} >= {"B", "Z", "P", "L"}
