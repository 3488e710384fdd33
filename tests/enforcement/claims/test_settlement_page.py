"""The way in to a settlement in court: from the button on the claim to the agreement that the ruling approved."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from debtors.models import RepaymentAgreement
from enforcement.models import Claim
from tests.enforcement.claims.test_court_events import go
from tests.factories import cases, claims

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)


@pytest.fixture
def web(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def claim(osen, officer) -> Claim:
    """A lawsuit that the court accepted."""
    owed = cases.billed(osen, on=DAY)
    claims.identified(owed)
    return go(go(claims.claim_of(owed, officer, DAY, kind="lawsuit"), "filed", DAY, officer), "accepted", DAY, officer)


@pytest.fixture
def url(claim) -> str:
    return reverse("enforcement:claim-event", args=[claim.pk, "settlement_approved"])


def terms(claim: Claim, **given) -> dict:
    sums = {name: f"{value / 100:.2f}" for name, value in claims.granted(claim).items() if name.startswith("granted_")}
    return (
        sums | {"happened_on": "2024-03-22", "court_case": "2-15/2024", "parts": "4", "pay_day": "15", "kind": "equal"} | given
    )


def test_the_claim_offers_it_and_the_form_counts_before_it_keeps(web, claim, url):
    assert url in web.get(claim.get_absolute_url()).content.decode()

    page = web.post(url, terms(claim))
    assert [part.number for part in page.context["parts"]] == [1, 2, 3, 4]
    assert sum(part.amount for part in page.context["parts"]) == page.context["total"]
    claim.refresh_from_db()
    assert (claim.stage, RepaymentAgreement.objects.count()) == ("accepted", 0), "counting keeps nothing"

    done = web.post(url, terms(claim, keep="1", first_payment="1 000,00", current_too="on"))
    made = RepaymentAgreement.objects.get()
    claim.refresh_from_db()
    assert done.headers["Location"] == made.get_absolute_url()
    assert (made.is_settlement, made.court_case, made.approved_on, made.current_too) == (
        True,
        "2-15/2024",
        dt.date(2024, 3, 22),
        True,
    )
    assert (made.signed_on, made.instalments.count(), made.instalments.first().amount) == (timezone.localdate(), 5, 100_000)
    assert claim.stage == "in_force"
    assert "Мировое соглашение" in web.get(made.get_absolute_url()).content.decode()


def test_a_schedule_that_cannot_be_is_refused_in_words(web, claim, url):
    page = web.post(url, terms(claim, keep="1", first_payment="900 000"))
    assert "Первый взнос" in page.content.decode()
    claim.refresh_from_db()
    assert (claim.stage, RepaymentAgreement.objects.count()) == ("accepted", 0)


def test_an_auditor_has_no_way_in(client, auditor, claim, url):
    client.force_login(auditor)
    assert client.post(url, terms(claim, keep="1")).status_code == 403
    assert url not in client.get(claim.get_absolute_url()).content.decode()
