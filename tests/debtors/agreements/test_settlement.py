"""Settlements in court, the notice of a breach as a paper, claims allowed again. Plan rows P2.4, Z6b."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casedesk.common import months
from casedesk.documents.models import Document
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question
from debtors.actions.agreement_papers import breach_notice
from debtors.actions.check_agreements import check_agreements
from debtors.actions.follow_agreement import WrongAgreementState, notify_breach
from debtors.actions.sign_agreement import WrongAgreement, sign_agreement
from debtors.models import RepaymentAgreement
from tests.debtors.agreements.test_agreements import DAY, OPEN, TERMS, case, pay, signed  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
RULING = {"court_ruling": "определение участка № 3", "court_case": "2-15/2024", "approved_on": DAY}
BROKEN_ON = dt.date(2024, 4, 16)


@pytest.fixture
def broken(case, signed, osen) -> RepaymentAgreement:  # noqa: F811  the fixtures imported above
    """The first instalment was due on 15.04 and a little money came that day."""
    pay(case, 100_000, dt.date(2024, 4, 15))
    check_agreements(creditor=osen, on=BROKEN_ON)
    signed.refresh_from_db()
    return signed


def test_a_settlement_is_tied_by_its_ruling(case, officer):  # noqa: F811
    made = sign_agreement(case=case, by=officer, on=DAY, **TERMS, **RULING)

    assert made.is_settlement
    assert (made.court_case, made.approved_on) == ("2-15/2024", DAY)
    assert case.held_on(DAY) is False
    assert made.hold.kind == "agreement"


@pytest.mark.parametrize(
    "given",
    [
        {"court_ruling": "определение"},
        {"approved_on": DAY},
        {"court_case": "2-15/2024"},
        RULING | {"approved_on": DAY + dt.timedelta(days=1)},
    ],
)
def test_half_a_settlement_is_refused(case, officer, given):  # noqa: F811
    with pytest.raises(WrongAgreement):
        sign_agreement(case=case, by=officer, on=DAY, **TERMS, **given)
    assert not RepaymentAgreement.objects.exists()


def test_the_database_keeps_ruling_and_day_together(signed):  # noqa: F811
    with pytest.raises(IntegrityError), transaction.atomic():
        RepaymentAgreement.objects.filter(pk=signed.pk).update(court_ruling="определение")


def test_the_notice_of_a_breach_is_a_paper_made_once(broken, officer):
    """Z6b: the debtor is told of the breach; the paper names what is missing by the schedule."""
    made = breach_notice(agreement=broken, by=officer, on=BROKEN_ON)

    assert breach_notice(agreement=broken, by=officer, on=BROKEN_ON) == made
    assert made.data["behind"] == OPEN // 2 - 100_000
    assert made.data["left"] == OPEN - 100_000
    assert "не хватает" in made.data["why"]
    assert Document.objects.count() == 1


def test_there_is_nothing_to_tell_of_while_it_is_kept(signed, officer):  # noqa: F811
    with pytest.raises(WrongAgreementState):
        breach_notice(agreement=signed, by=officer, on=DAY)


def test_after_a_breach_the_case_goes_to_court_again(broken, case):  # noqa: F811
    """Z6b: the hold ends with the breach, so that the next step is a claim again."""
    case.refresh_from_db()

    assert not case.held_on(BROKEN_ON)
    assert case.next_action


def test_the_page_makes_the_paper_and_tells_of_the_writ(broken, case, officer, visit):  # noqa: F811
    client = visit(officer)
    made = client.post(reverse("debtors:agreement-paper", args=[broken.pk]))
    page = client.get(broken.get_absolute_url()).content.decode()

    assert made["Location"] == Document.objects.get().get_absolute_url()
    assert "Уведомление о нарушении соглашения" in page
    assert "Какие деньги чем зачтены" in page


def test_told_in_time_is_measured_in_working_days(broken, officer):
    """Z6b: told within three working days of the day the breach was found."""
    share = catalogue.get("agreements.told_in_time")
    april = Question(months.of(BROKEN_ON))
    before = share.totals(april)
    notify_breach(agreement=broken, channel="hand", by=officer, on=broken.notify_until)

    assert before == (1, 0)
    assert share.totals(april) == catalogue.total_of(share.facts(april), 2) == (1, 1)
    assert share.value(april) == 10_000


def test_told_late_does_not_count(broken, officer):
    notify_breach(agreement=broken, channel="hand", by=officer, on=broken.notify_until + dt.timedelta(days=1))

    assert catalogue.get("agreements.told_in_time").totals(Question(months.of(BROKEN_ON))) == (1, 0)
