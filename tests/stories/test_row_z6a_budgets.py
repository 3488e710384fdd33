"""Row Z6a: what institutions have set aside against what they are charged, from the form to the plan's figure."""

import datetime as dt

import pytest

from casedesk.access.models import Organisation
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question, reach_of
from debtors.models import OutreachEvent
from tests.factories import outreach
from tests.factories.ledger import Ledger

MARCH = 2024 * 12 + 2
INDICATOR = "budgets.covered"


@pytest.fixture
def school(osen):
    """Charged 10 000,00 in each of three months, of which 500,00 is taken off."""
    books = Ledger(osen)
    account = books.account("700", category="municipal_institution")
    for month in ("2024-01", "2024-02", "2024-03"):
        books.charge(account, month, 1_000_000, credited=50_000 if month == "2024-03" else 0)
    books.post("2024-04-02")
    return account


def told(creditor=None, **more) -> tuple[int, ...]:
    question = Question(MARCH, reach=reach_of(creditor, None)) if creditor else Question(MARCH, **more)
    indicator = catalogue.get(INDICATOR)
    assert catalogue.total_of(indicator.facts(question), 2) == indicator.totals(question)
    return indicator.totals(question)


def budget(osen, officer, account, roubles: str, on: str, year: int = 2024) -> OutreachEvent:
    data = {"year": year, "amount": roubles}
    return outreach.recorded(osen, officer, "budget_line", account=account, data=data, on=dt.date.fromisoformat(on))


def test_nothing_set_aside_is_nothing_of_what_is_charged(school):
    assert told() == (0, 2_950_000)
    assert catalogue.get(INDICATOR).value(Question(MARCH)) == 0


def test_row_z6a_the_last_line_of_the_year_counts(osen, officer, school):
    budget(osen, officer, school, "20 000", "2024-01-15")
    assert told() == (2_000_000, 2_950_000)
    budget(osen, officer, school, "29500,00", "2024-02-15")
    budget(osen, officer, school, "1", "2024-03-15", year=2025)
    assert told() == (2_950_000, 2_950_000)
    assert catalogue.get(INDICATOR).value(Question(MARCH)) == 100_00


def test_a_line_of_a_later_month_does_not_count_yet(osen, officer, school):
    budget(osen, officer, school, "20000", "2024-04-01")
    assert told() == (0, 2_950_000)


def test_another_creditor_sees_nothing_of_it(osen, officer, stranger, school):
    budget(osen, officer, school, "20000", "2024-01-15")
    assert told(officer) == (2_000_000, 2_950_000)
    assert told(stranger) == (0, 0)


def test_the_form_takes_roubles_and_says_them(osen, officer, school, visit):
    client = visit(officer)
    page = client.get("/outreach/new/?kind=budget_line")
    assert page.status_code == 200
    given = {"organisation": osen.pk, "on": "2024-01-15", "who": "700", "year": "2024", "amount": "нисколько", "proof": "смета"}
    assert "нужна сумма в рублях" in client.post("/outreach/new/?kind=budget_line", given).content.decode()
    client.post("/outreach/new/?kind=budget_line", given | {"amount": "12 345,67"})
    made = OutreachEvent.objects.get()
    assert (made.data["amount"], made.account) == (1_234_567, school)
    assert "12\u202f345,67 ₽" in made.words


def test_a_municipality_names_the_institution(osen, supervisor, school):
    hall = Organisation.objects.get(kind="municipality")
    data = {"year": 2024, "amount": "29500"}
    outreach.recorded(hall, supervisor, "budget_line", citizen="Школа № 7", data=data, on=dt.date(2024, 1, 15))
    assert told() == (2_950_000, 2_950_000)
    assert told(supervisor) == (2_950_000, 2_950_000)
