"""Story of row P1.4: what the municipality owes itself for its flats until a tenant moves in, and after one has left."""

import datetime as dt

import pytest
from django.test import Client

from casedesk.access.rights import Role
from debtors.models import UtilityAccount
from tests.debtors.ledger.conftest import books  # noqa: F401  a fixture
from tests.factories import access
from tests.stories.conftest import figure_behind

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 31)


@pytest.fixture
def flats(books, clock):  # noqa: F811
    """Three flats, each charged 100.00 a month from January to April."""
    clock.on = DAY
    for number in range(3):
        for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
            books.charge(month, 10000, account=number)
    books.post("2026-05-02", on=DAY.isoformat())
    return [account.premises for account in books.accounts]


def signed_in(role: str, books) -> Client:  # noqa: F811
    client = Client()
    client.force_login(access.person(role, books.creditor), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def desk(books):  # noqa: F811
    """A legal officer, who reads the plan."""
    return signed_in(Role.LEGAL_OFFICER, books)


@pytest.fixture
def held(books):  # noqa: F811
    """`held(flat, tenure, since)`: a clerk writes into the register who holds the flat."""
    clerk = signed_in(Role.REGISTER_CLERK, books)

    def write(flat, tenure: str, since: str) -> None:
        given = {"tenure": tenure, "valid_from": since, "basis": "реестр муниципальной собственности"}
        answer = clerk.post(f"/premises/{flat.pk}/tenure/", given)
        assert answer.status_code == 302, answer.context["form"].errors

    return write


def test_row_p1_4_the_months_between_tenants_are_the_municipalitys(desk, held, flats, clock):
    """P1.4: empty from January, let from March: two months are its own; the list names the account and the sum."""
    held(flats[0], "vacant", "2026-01-01")
    assert figure_behind(desk, "P1.4", "premises.municipal_debt", clock.on).totals == (40000, 4)
    held(flats[0], "social_rent", "2026-03-01")
    figure = figure_behind(desk, "P1.4", "premises.municipal_debt", clock.on)
    assert figure.totals == (20000, 2)
    assert "200,00" in desk.get("/premises/own-debt/").content.decode()


def test_row_p1_4_an_annulled_account_leaves_its_whole_debt(desk, held, books, flats, clock):  # noqa: F811
    """P1.4: the tenant left and the account is closed: no court can recover it from anybody else."""
    held(flats[1], "social_rent", "2026-01-01")
    assert figure_behind(desk, "P1.4", "premises.municipal_debt", clock.on).totals == (0, 0)
    UtilityAccount.objects.filter(pk=books.accounts[1].pk).update(closed_on=dt.date(2026, 4, 20))
    assert figure_behind(desk, "P1.4", "premises.municipal_debt", clock.on).totals == (40000, 4)
