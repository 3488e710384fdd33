"""A claim names the court of the case's address on its day, by the kind and the price of the claim."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casedesk.norms.queries.current import current
from debtors.models import CaseFile
from enforcement.actions.change_coverage import add_coverage
from enforcement.actions.prepare_claims import prepare_claim
from enforcement.actions.set_court import set_court
from enforcement.actions.set_filing_policy import set_filing_policy
from enforcement.models import Court
from enforcement.queries.claim_drafts import drafts
from enforcement.queries.filing import ready_claims
from enforcement.rules.claim_stages import ClaimKind
from enforcement.rules.jurisdiction import court_kind
from tests.factories import cases, claims

pytestmark = pytest.mark.django_db

LATER = dt.date(2024, 6, 1)


@pytest.fixture
def court(db) -> Court:
    return Court.objects.create(kind="magistrate", code="51MS0001", name="Участок № 1")


@pytest.fixture
def district(db) -> Court:
    return Court.objects.create(kind="district", code="51RS0001", name="Озёрский районный суд")


def give(court: Court, on: dt.date, street: str = "ул. Мира"):
    return add_coverage(authority=court, street=street, houses="все", locality="", valid_from=on, source="закон", by=None)


def drafted(case: CaseFile, officer, day: dt.date, **options):
    (draft,) = drafts([case], asked=claims.asked(day, court_name="", **options), by=officer)
    return draft


def gap(draft, code: str) -> str:
    return next(str(one) for one in draft.gaps if one.code == code)


@pytest.mark.parametrize(
    ("kind", "price", "expected"),
    [
        (ClaimKind.ORDER, 40_000_000, "magistrate"),
        (ClaimKind.LAWSUIT, 5_000_000, "magistrate"),
        (ClaimKind.LAWSUIT, 5_000_001, "district"),
        (ClaimKind.EVICTION, 1, "district"),
        (ClaimKind.ARBITRAZH, 1, "arbitrazh"),
        (ClaimKind.ARBITRAZH_ORDER, 1, "arbitrazh"),
    ],
)
def test_the_kind_of_court(kind, price, expected, day):
    assert court_kind(kind, price, day, current()) == expected
    assert expected in Court.Kind.values


def test_the_claim_names_the_court_of_its_address(case, court, officer, day):
    give(court, day)

    (claim,) = prepare_claim(case=case, asked=claims.asked(day, court_name=""), by=officer)

    assert (claim.court, claim.court_name) == (court, "Участок № 1")


def test_a_lawsuit_goes_to_the_court_of_its_price(osen, court, district, officer, day):
    give(court, day)
    give(district, day)
    small, large = (cases.billed(osen, number, on=day, monthly=sum_) for number, sum_ in (("201", 500_000), ("202", 3_000_000)))

    assert drafted(cases.case_of(small, day), officer, day, kind="lawsuit").court == court
    assert drafted(cases.case_of(large, day), officer, day, kind="lawsuit").court == district


def test_the_address_comes_before_the_filing_policy(case, court, osen, officer, day):
    set_filing_policy(creditor=osen, valid_from=day, by=officer, on=day, court_name="По умолчанию")
    before = drafted(case, officer, day)
    give(court, day)

    assert before.court_name == "По умолчанию"
    assert "взят не по адресу" in gap(before, "court_by_policy")
    assert drafted(case, officer, day).court_name == "Участок № 1"


def test_a_court_of_that_day(case, court, officer, day):
    give(court, LATER)

    assert drafted(case, officer, day).court is None
    assert drafted(case, officer, LATER).court == court


def test_what_a_person_names_stands(case, court, officer, day):
    give(court, day)

    (draft,) = drafts([case], asked=claims.asked(day, court_name="Другой участок"), by=officer)

    assert (draft.court, draft.court_name) == (None, "Другой участок")


def test_an_address_of_nobody_is_named_with_the_remedy(case, court, officer, day):
    words = gap(drafted(case, officer, day), "court")

    assert "ул. Мира, д. 1" in words and "мировому судье" in words and "Добавьте улицу" in words


def test_an_address_of_two_courts_names_both(case, court, officer, day):
    other = Court.objects.create(kind="magistrate", code="51MS0002", name="Участок № 2")
    give(court, day)
    row = court.coverage.get()
    row.pk, row.court = None, other
    row.save()

    words = gap(drafted(case, officer, day), "court")

    assert "Участок № 1" in words and "Участок № 2" in words


def test_an_account_without_a_house_is_told_apart(case, owed, court, officer, day):
    give(court, day)
    owed.address_text = "до востребования"
    owed.save()

    assert "дом не назван" in gap(drafted(case, officer, day), "court")


def test_the_court_chosen_by_hand_on_the_claims_page(client, claim, court, officer):
    client.force_login(officer)
    url = reverse("enforcement:claim-court", args=[claim.pk])

    empty = client.post(url, {"court": "", "court_name": ""})
    client.post(url, {"court": court.pk, "court_name": ""})
    claim.refresh_from_db()

    assert "Суд не назван" in empty.content.decode()
    assert (claim.court, claim.court_name) == (court, "Участок № 1")


def test_a_bare_name_lets_the_court_of_the_list_go(claim, court, officer, day):
    set_court(claim=claim, court=court, by=officer, on=day)

    again = set_court(claim=claim, court_name="Участок в другом городе", by=officer, on=day)

    assert again.court is None
    assert ready_claims(court, claim.creditor, day) == []


def test_a_transfer_takes_the_claim_from_its_court(filed, court, officer, day):
    filed.court, filed.court_name = court, court.name
    filed.save()
    other = Court.objects.create(kind="magistrate", code="51MS0002", name="Участок № 2")

    moved = claims.happen(filed, "transferred", day, officer, court="Участок № 2", why="адрес")

    assert moved.court == other


def test_courts_of_many_cases_take_a_fixed_number_of_queries(osen, court, officer, day, django_assert_num_queries):
    give(court, day)
    for number in range(9):
        claims.identified(cases.billed(osen, f"6{number:02}", on=day))
    cases.case_of(cases.billed(osen, "699", on=day), day)
    some = list(CaseFile.objects.filter(creditor=osen).select_related("creditor").order_by("pk"))
    asked = claims.asked(day, court_name="")
    drafts(some[:1], asked=asked, by=officer)

    with django_assert_num_queries(_count(lambda: drafts(some[:2], asked=asked, by=officer))):
        found = drafts(some, asked=asked, by=officer)

    assert {draft.court_name for draft in found} == {"Участок № 1"}


def _count(act) -> int:
    with CaptureQueriesContext(connection) as done:
        act()
    return len(done)
