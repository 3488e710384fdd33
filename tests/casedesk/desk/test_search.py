"""The search box: words in any order, only what the person may see, a fixed number of queries."""

import pytest

from tests.factories import premises as make

PAGE = "/search/"


@pytest.fixture
def town(osen, lada):
    flat = make.flat("17")
    make.account(osen, "4001", premises=flat, holder="Семёнова Ольга")
    make.account(lada, "9001", holder="Семёнов Пётр")


def hits(page) -> dict[str, list[str]]:
    return {str(found.source.list_name): [title for title, _, _ in found.hits] for found in page.context["found"]}


@pytest.mark.parametrize("text", ["4001", "семенова", "ОЗЁРНАЯ 17", "Ольга Семёнова"])
def test_an_account_is_found_by_what_people_remember(visit, officer, town, text):
    assert hits(visit(officer).get(PAGE, {"q": text}))["debtors:accounts"] == ["4001"]


def test_a_flat_is_found_by_house_and_number(visit, officer, town):
    assert hits(visit(officer).get(PAGE, {"q": "озерная 17"}))["debtors:premises-list"] == ["ул. Озёрная, д. 4, кв. 17"]


def test_anothers_account_is_not_found(visit, officer, town):
    assert hits(visit(officer).get(PAGE, {"q": "9001"})) == {}


def test_what_the_role_does_not_open_is_not_searched(visit, bailiff_liaison, town):
    assert hits(visit(bailiff_liaison).get(PAGE, {"q": "4001"})) == {}


@pytest.mark.parametrize("text", ["", "   ", "%", "нет такого", "\x00"])
def test_nothing_found_is_said(visit, officer, town, text):
    page = visit(officer).get(PAGE, {"q": text})
    assert page.status_code == 200
    assert hits(page) == {}


def test_many_hits_lead_to_the_list(visit, officer, osen):
    for at in range(9):
        make.account(osen, f"70{at}")
    page = visit(officer).get(PAGE, {"q": "70"}).content.decode()
    assert "/accounts/?q=70" in page
