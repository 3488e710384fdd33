"""Accounts for programs: figures as text, filters of the screen, months and lines."""

import datetime as dt

import pytest

from tests.factories import cases

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)


@pytest.fixture
def owed(osen):
    return cases.billed(osen, "4001", on=DAY, holder="Абрамова Вера Сергеевна")


def test_an_account_tells_where_it_stands(visit, officer, owed):
    found = visit(officer).get("/api/accounts/").json()["results"]
    assert [row["number"] for row in found] == ["4001"]
    assert found[0]["creditor"] == "osen"
    state = found[0]["state"]
    assert state["debt"] == f"{owed.state.debt // 100}.{owed.state.debt % 100:02d}"
    assert state["months"].count(".") == 1


def test_the_filters_of_the_screen_narrow_it(visit, officer, owed, osen):
    cases.account(osen, "4002", holder="Белов Пётр")
    found = visit(officer).get("/api/accounts/?q=абрамова").json()["results"]
    assert [row["number"] for row in found] == ["4001"]
    assert visit(officer).get("/api/accounts/?overdue_from=abc").status_code == 400


def test_months_add_up_to_the_balance(visit, officer, owed):
    lines = visit(officer).get(f"/api/accounts/{owed.pk}/months/").json()
    assert len(lines) == 6
    assert lines[0]["balance"] == f"{owed.state.balance // 100}.{owed.state.balance % 100:02d}"


def test_lines_say_where_they_come_from(visit, officer, owed):
    lines = visit(officer).get(f"/api/accounts/{owed.pk}/lines/").json()
    assert {line["what"] for line in lines} >= {"оплата"}
    assert all(line["about"] for line in lines)


def test_a_stranger_finds_nothing(visit, stranger, owed):
    client = visit(stranger)
    assert client.get("/api/accounts/").json()["results"] == []
    for url in (f"/api/accounts/{owed.pk}/", f"/api/accounts/{owed.pk}/months/", f"/api/accounts/{owed.pk}/lines/"):
        assert client.get(url).status_code == 404


def test_a_page_takes_a_fixed_number_of_queries(visit, officer, osen, django_assert_max_num_queries):
    for number in range(20):
        cases.owing(osen, str(number), on=DAY)
    client = visit(officer)
    with django_assert_max_num_queries(6):
        client.get("/api/accounts/")
