"""Plan rows of premises, from the clerk's screen to the figure of the plan: Z4a-Z4d, Z5a-Z5d, P1.4."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from debtors.models import CaseFile, UtilityAccount
from enforcement.models import Claim
from tests.debtors.ledger.conftest import books  # noqa: F401  a fixture
from tests.factories import access, cases, claims, commissions, outreach, premises

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 20)
RECORDED = {"basis": "акт осмотра № 3"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: DAY)


@pytest.fixture
def flats(books):  # noqa: F811
    """Three flats that owe 100.00 a month from January to April."""
    for number in range(3):
        for month in ("2026-01", "2026-02", "2026-03", "2026-04"):
            books.charge(month, 10000, account=number)
    books.post("2026-05-02", on=DAY.isoformat())
    return [account.premises for account in books.accounts]


@pytest.fixture
def desk(flats, clerk, visit):
    """The clerk's browser: records how a flat is held or in what state it stands; reads the register."""
    return _Desk(visit(clerk))


class _Desk:
    def __init__(self, client):
        self.client = client

    def held(self, flat, tenure: str, since: str = "2026-01-01") -> None:
        self._put(flat, "tenure", {"tenure": tenure, "valid_from": since})

    def stands(self, flat, kind: str, since: str) -> None:
        self._put(flat, "condition", {"kind": kind, "valid_from": since})

    def _put(self, flat, what: str, given: dict) -> None:
        answer = self.client.post(f"/premises/{flat.pk}/{what}/", given | RECORDED)
        assert answer.status_code == 302, answer.content.decode()

    def part(self, name: str) -> str:
        return self.client.get(f"/premises/register/?part={name}").content.decode()


def figure(code: str, month: str = "2026-05") -> tuple:
    """The totals, checked to be those of the list behind them."""
    one, question = catalogue.get(code), Question(months.parse(month))
    totals = one.totals(question)
    assert catalogue.total_of(one.facts(question), len(one.columns)) == totals
    return totals


def test_row_z4a_vacant_flats_are_counted_with_their_debt(desk, flats):
    desk.held(flats[0], "vacant")
    desk.held(flats[1], "municipal")
    desk.stands(flats[1], "empty", "2026-02-01")

    assert str(flats[0]) in desk.part("vacant") and str(flats[1]) in desk.part("vacant")
    assert str(flats[2]) not in desk.part("vacant")
    assert figure("premises.vacant") == (2, 80000)


def test_row_z4b_a_vacant_flat_is_conserved(desk, flats):
    desk.held(flats[0], "vacant")
    desk.stands(flats[0], "conserved", "2026-02-01")

    assert str(flats[0]) in desk.part("conserved")
    assert (figure("premises.conserved", "2026-01"), figure("premises.conserved")) == ((0, 0), (1, 40000))


def test_row_z4c_a_flat_is_repaired_and_let(desk, flats):
    desk.held(flats[0], "vacant")
    desk.stands(flats[0], "repair", "2026-03-10")
    desk.stands(flats[0], "let", "2026-05-10")

    assert str(flats[0]) in desk.part("let")
    assert str(flats[0]) not in desk.part("vacant")
    assert (figure("premises.repair", "2026-03")[0], figure("premises.let", "2026-03")[0]) == (1, 0)
    assert (figure("premises.repair")[0], figure("premises.let")[0]) == (0, 1)


def test_row_z4d_a_flat_without_heirs_is_escheat(desk, flats):
    desk.held(flats[2], "escheat")

    assert str(flats[2]) in desk.part("escheat")
    assert figure("premises.escheat") == (1, 40000)


def test_row_z4_the_whole_history_stands_on_the_page_and_in_the_file(desk, flats):
    desk.held(flats[0], "vacant")
    for kind, since in (("conserved", "2026-02-01"), ("repair", "2026-03-10"), ("let", "2026-05-10")):
        desk.stands(flats[0], kind, since)

    shown = desk.client.get(f"/premises/{flats[0].pk}/").content.decode()

    assert all(said in shown for said in ("01.02.2026", "10.03.2026", "10.05.2026", "акт осмотра № 3"))
    assert desk.client.get("/premises/register/?export=xlsx").status_code == 200


def test_row_z5a_social_housing_is_inventoried(desk, flats):
    desk.held(flats[0], "social_rent")
    desk.held(flats[1], "social_rent")

    assert str(flats[1]) in desk.part("social")
    assert figure("premises.social")[0] == 2


def test_row_z5b_tenants_debt_is_told_by_resource(desk, flats):
    desk.held(flats[0], "social_rent")

    flats_, debt, heating, *others = figure("premises.social")

    assert (flats_, debt, heating, sum(others)) == (1, 40000, 40000, 0)


def test_row_z5c_measures_against_tenants_are_counted_by_kind(osen, officer):
    """A warning, an agreement, an eviction suit, the commission's decision; the same steps against an owner are not counted."""
    on = commissions.DAY
    tenant, owner = (cases.billed(osen, number, on=on, holder="Щеглова Вера Ивановна") for number in ("8101", "8102"))
    flat = premises.flat("5", tenure="social_rent")
    UtilityAccount.objects.filter(pk=tenant.pk).update(premises=flat)
    for owed in (tenant, owner):
        claims.identified(owed)
        claim = claims.claim_of(owed, officer, on)
        Claim.objects.filter(pk=claim.pk).update(kind="eviction")
        claims.happen(claim, "filed", on, officer, channel="post")
    osen.territory = access.territory()
    osen.save()
    flat.house.territory = osen.territory
    flat.house.save()
    commissions.signed(commissions.commission(), CaseFile.objects.get(account=tenant), kind="eviction")

    measures, warned, agreed, evicted, decided = figure("premises.lease_measures", "2024-03")

    assert (measures, warned, agreed, evicted, decided) == (3, 1, 0, 1, 1)
    assert figure("premises.lease_measures", "2024-04") == (0, 0, 0, 0, 0)


def test_row_z5d_meetings_with_residents_are_counted(books, clerk, visit):  # noqa: F811
    made = outreach.recorded(books.creditor, clerk, "residents_meeting", on=DAY)

    shown = visit(clerk).get(f"/outreach/{made.pk}/").content.decode()

    assert "АО «Тепло»" in shown and "школа № 1" in shown
    assert (figure("outreach.resident_meetings", "2026-04")[0], figure("outreach.resident_meetings")[0]) == (0, 1)


def test_row_p1_4_the_municipality_owes_for_a_vacant_flat_until_a_tenant_moves_in(desk, flats, books):  # noqa: F811
    desk.held(flats[0], "vacant")
    desk.held(flats[0], "social_rent", "2026-03-01")

    shown = desk.client.get("/premises/own-debt/").content.decode()

    assert books.accounts[0].number in shown and "200,00" in shown
    assert figure("premises.municipal_debt") == (20000, 2)


def test_row_p1_4_and_for_an_account_that_was_annulled(desk, flats, books):  # noqa: F811
    """The tenant left or died, the account is closed: no court recovers it."""
    desk.held(flats[1], "social_rent")
    UtilityAccount.objects.filter(pk=books.accounts[1].pk).update(closed_on=dt.date(2026, 4, 20))

    shown = desk.client.get("/premises/own-debt/").content.decode()

    assert books.accounts[1].number in shown
    assert figure("premises.municipal_debt") == (40000, 4)
    assert desk.client.get("/premises/own-debt/?export=xlsx").status_code == 200
