"""The plan's pages: who sees what, names masked for the municipality, sheets in thousands of roubles."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from casedesk.access.rights import Role
from casedesk.plans.models import IndicatorUse, Plan
from tests.casedesk.plans.conftest import HEATING
from tests.factories import access
from tests.factories.ledger import Ledger


@pytest.fixture
def page(visit):
    """`page(user, path)` -> the decoded page; asserts that it is there."""

    def get(user, path: str) -> str:
        answer = visit(user).get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    return get


def use_of(code: str) -> IndicatorUse:
    return IndicatorUse.objects.filter(indicator=code).order_by("pk").first()


def address(code: str, period="2024-02", **more) -> str:
    use = use_of(code)
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/plans/{use.measure.section.plan.code}/figures/{use.pk}/?period={period}{query}"


def test_supervisor_counts_the_whole_territory_but_reads_no_names(small_town, supervisor, page):
    shown = page(supervisor, address("debt.overdue"))
    assert "7\u202f400,00" in shown
    assert "ул. Мира, д. 1" in shown
    assert "Щеглова" not in shown and "Мохов" not in shown


def test_creditors_officer_sees_own_rows_with_names(small_town, officer, page):
    shown = page(officer, address("debt.overdue"))
    assert "5\u202f400,00" in shown
    assert "Щеглова" in shown and "Мохов" not in shown


def test_the_masked_sheet_has_no_names_either(small_town, supervisor, visit):
    answer = visit(supervisor).get(address("debt.overdue", export="xlsx"))
    cells = [
        str(cell) for row in load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True) for cell in row
    ]
    assert not any("Щеглова" in cell for cell in cells)
    assert "100" in cells


def test_plan_page_shows_lights(small_town, supervisor, page):
    shown = page(supervisor, "/plans/L/?period=2024-02")
    assert "260,38" in shown and "выполнено" in shown and "не выполнено" in shown


def test_known_on_repeats_the_old_report(small_town, supervisor, page):
    assert "3\u202f000,00" in page(supervisor, address("debt.overdue_water", known_on="2024-03-20"))
    assert "2\u202f000,00" in page(supervisor, address("debt.overdue_water"))


def test_ageing_cells_open_their_accounts(small_town, supervisor, page):
    assert "?period=2024-02&amp;category=owner&amp;age=3-12" in page(supervisor, "/plans/Z/ageing/?period=2024-02")
    shown = page(supervisor, "/plans/Z/ageing/accounts/?period=2024-02&category=owner&age=3-12")
    assert "900,00" in shown and "Всего по 2\u00a0строкам" in shown


CELLS = [
    ("debt_at_start", "21\u202f200,00"),
    ("charged", "5\u202f300,00"),
    ("paid", "13\u202f800,00"),
    ("overdue", "7\u202f400,00"),
]


@pytest.mark.parametrize(("column", "total"), CELLS)
def test_cells_of_the_form_open_their_accounts(small_town, supervisor, page, column, total):
    """Population and others are two lists; together they are the list of the whole."""
    path = f"/plans/L/form/accounts/?period=2024-02&column={column}"
    assert total in page(supervisor, f"{path}&row=all")
    assert f"column={column}&amp;row=population" in page(supervisor, "/plans/L/form/?period=2024-02")


def test_form_sheet_is_in_thousands(small_town, supervisor, visit):
    answer = visit(supervisor).get("/plans/L/form/?period=2024-02&export=xlsx")
    rows = list(load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(min_row=6, max_row=8, values_only=True))
    assert rows[0] == ("Население", 9.2, 2.3, 3.8, 165.22, 0.6, 5.4)
    assert rows[1] == ("Прочие потребители", 12, 3, 10, 333.33, 0, 2)
    assert rows[2][0] == "Всего"


def test_empty_month_says_no_data(small_town, supervisor, page):
    assert "нет данных" in page(supervisor, "/plans/L/?period=2022-01")


@pytest.mark.parametrize("query", ["period=2024-13", "period=x", "known_on=yesterday", "page=999"])
def test_wrong_values_in_the_address_fall_back(small_town, supervisor, page, query):
    page(supervisor, f"/plans/Z/?{query}")


def test_a_plan_of_another_territory_is_not_there(small_town, supervisor, officer, visit):
    land = access.territory("ozersk", "Озёрск")
    Plan.objects.filter(code="Z").update(territory=land)
    assert visit(supervisor).get("/plans/Z/").status_code == 404
    assert visit(officer).get("/plans/Z/").status_code == 404
    people = access.person(Role.PLAN_SUPERVISOR, access.municipality("ozersk-adm", territory=land))
    assert visit(people).get("/plans/Z/?period=2024-02").status_code == 200


def test_a_plan_of_a_territory_counts_only_its_houses(small_town, administrator, page):
    Plan.objects.filter(code="Z").update(territory=access.territory("ozersk", "Озёрск"))
    assert "0,00" in page(administrator, address("debt.overdue"))


def test_figure_of_another_plan_is_not_there(small_town, supervisor, visit):
    assert visit(supervisor).get(f"/plans/B/figures/{use_of('debt.overdue').pk}/").status_code == 404


PER_INDICATOR = 2
"""Queries that an indicator of a plan may take at the most; the frame of a page takes ten."""


@pytest.mark.parametrize("path", ["/plans/Z/", "/plans/Z/ageing/", "/plans/L/form/"])
def test_pages_take_a_fixed_number_of_queries(small_town, supervisor, visit, path, lada):
    """As many in a town with twenty more accounts, and no more than the plan's indicators need."""
    client, asked = visit(supervisor), path + "?period=2024-02"
    client.get(asked)
    with CaptureQueriesContext(connection) as small:
        assert client.get(asked).status_code == 200
    more = Ledger(lada)
    for number in range(20):
        more.charge(more.account(f"9{number}"), "2024-01", 70_000, service=HEATING)
    more.post("2024-04-20")
    with CaptureQueriesContext(connection) as large:
        assert client.get(asked).status_code == 200
    assert len(large) == len(small)
    assert len(small) <= 10 + PER_INDICATOR * IndicatorUse.objects.filter(measure__section__plan__code=path[7]).count()
