"""A settlement in court: the claim's event and the agreement's schedule together, or neither."""

import datetime as dt

import pytest

from debtors.models import RepaymentAgreement
from debtors.rules.schedule import WrongSchedule
from enforcement.actions.settle_in_court import NoCourtNamed, SettledSchedule, settle_in_court
from enforcement.models import Claim, CourtEvent
from tests.enforcement.claims.test_court_events import go
from tests.factories import cases, claims

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)
SCHEDULE = SettledSchedule(parts=4, pay_day=15)


@pytest.fixture
def claim(osen, officer) -> Claim:
    """A lawsuit that the court accepted."""
    owed = cases.billed(osen, on=DAY)
    claims.identified(owed)
    made = claims.claim_of(owed, officer, DAY, kind="lawsuit")
    return go(go(made, "filed", DAY, officer), "accepted", DAY, officer)


def settle(claim: Claim, officer, schedule: SettledSchedule = SCHEDULE) -> RepaymentAgreement:
    granted = claims.granted(claim, court_case="2-15/2024")
    return settle_in_court(claim=claim, approved_on=DAY, granted=granted, schedule=schedule, by=officer, on=DAY)


def test_the_claim_and_the_agreement_are_kept_together(claim, officer):
    """P2.4, L7: the schedule that the court approved, tied to the ruling by the agreement's own fields."""
    made = settle(claim, officer)

    claim.refresh_from_db()
    assert made.is_settlement
    assert (made.court_case, made.approved_on, made.covered_through) == ("2-15/2024", DAY, claim.period_to)
    assert made.instalments.count() == 4
    assert claim.stage == "in_force"


def test_a_refused_schedule_leaves_the_claim_as_it_was(claim, officer):
    with pytest.raises(WrongSchedule):
        settle(claim, officer, SettledSchedule(parts=0, pay_day=15))

    claim.refresh_from_db()
    assert claim.stage == "accepted"
    assert not RepaymentAgreement.objects.exists()
    assert not CourtEvent.objects.filter(code="settlement_approved").exists()


def test_a_claim_without_a_court_is_refused(claim, officer):
    Claim.objects.filter(pk=claim.pk).update(court=None, court_name="")

    with pytest.raises(NoCourtNamed):
        settle(claim, officer)
    assert not CourtEvent.objects.filter(code="settlement_approved").exists()
