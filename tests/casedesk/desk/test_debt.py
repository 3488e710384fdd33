"""The dashboard of debt: every figure is the total of the list it opens, within what the person's figures cover."""

import pytest

from debtors.models import Category, Tenure
from tests.factories.ledger import Ledger

HEATING, WATER = 1, 3
AS_OF = "as_of=2024-03-01"


@pytest.fixture
def town(osen, lada):
    """Two accounts of osen and one of lada, charged for five months; a payment learnt late."""
    mine, theirs = Ledger(osen), Ledger(lada)
    flat = mine.account("100", holder="Щеглова Вера")
    firm = mine.account("102", category=Category.LEGAL_ENTITY, tenure=Tenure.MUNICIPAL, holder="ООО «Маяк»")
    other = theirs.account("100", holder="Мохов Пётр")
    for month in ("2023-01", "2023-10", "2023-12", "2024-01", "2024-02"):
        mine.charge(flat, month, 100_000, service=HEATING).charge(firm, month, 300_000, service=WATER)
        theirs.charge(other, month, 50_000, service=HEATING)
    mine.charge(firm, "2024-02", 70_000, service=HEATING).post("2024-03-01")
    theirs.post("2024-03-01")
    mine.pay(firm, "2024-02-20", 250_000, service=WATER).post("2024-04-15")


def sections(page) -> dict[str, dict[str, int]]:
    return {str(split.head): {row.label: row.figures.total for row in split.rows} for split in page.context["board"].splits}


def test_a_creditor_reads_its_own_debt(visit, officer, town):
    page = visit(officer).get(f"/debt/?{AS_OF}")
    assert page.context["board"].figures.total == 500_000 + 1_500_000 + 70_000 - 250_000
    assert sections(page)["Ресурс"] == {"водоснабжение и водоотведение": 1_250_000, "теплоснабжение": 570_000}
    assert "Взыскатель" not in sections(page)


def test_a_municipality_reads_the_whole_territory_without_links_to_accounts(visit, supervisor, town):
    page = visit(supervisor).get(f"/debt/?{AS_OF}")
    assert page.context["board"].figures.total == 1_820_000 + 250_000
    assert "/debt/accounts/" not in page.content.decode()


def test_every_figure_is_the_total_of_the_list_it_opens(visit, officer, town):
    client = visit(officer)
    board = client.get(f"/debt/?{AS_OF}").context["board"]
    figures = [(part.url, part.value) for part in board.parts if part.value]
    figures += [(row.query, row.figures.total) for split in board.splits for row in split.rows]
    assert len(figures) > 6
    for query, amount in figures:
        assert client.get(f"/debt/accounts/?{AS_OF}&{query}").context["total"] == amount, query


def test_what_was_known_then_is_told_again(visit, officer, town):
    client = visit(officer)
    then = client.get(f"/debt/?{AS_OF}&known_on=2024-04-14").context["board"].figures.total
    now = client.get(f"/debt/?{AS_OF}").context["board"].figures.total
    assert then - now == 250_000


def test_the_list_shows_the_largest_first_and_only_ones_own(visit, officer, stranger, town):
    page = visit(officer).get(f"/debt/accounts/?{AS_OF}&age=total")
    assert [(account.number, amount) for account, amount in page.context["lines"]] == [("102", 1_320_000), ("100", 500_000)]
    assert visit(stranger).get(f"/debt/accounts/?{AS_OF}").context["total"] == 250_000


@pytest.mark.parametrize("query", ["age=nonsense", "as_of=31.02.2024", "house=x", "category=x&resource=y", "creditor=lada"])
def test_a_senseless_question_is_answered_and_never_with_anothers_money(visit, officer, town, query):
    page = visit(officer).get(f"/debt/accounts/?{query}")
    assert page.status_code == 200
    assert page.context["total"] in (0, 1_820_000)


def test_the_sheet_adds_up_too(visit, officer, town):
    answer = visit(officer).get(f"/debt/accounts/?{AS_OF}&export=xlsx")
    assert answer["Content-Disposition"].endswith('"dolg-2024-03-01.xlsx"')


def test_queries_of_the_dashboard_do_not_grow(visit, officer, town, django_assert_max_num_queries):
    client = visit(officer)
    with django_assert_max_num_queries(16):
        client.get(f"/debt/?{AS_OF}")
