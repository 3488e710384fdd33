"""P2.7: whoever pays in full within a campaign is forgiven the penalty, by one posting that can be traced and taken back."""

import datetime as dt

import pytest

from casedesk.common.refusals import NotAllowed
from debtors.actions.penalty_campaigns import (
    CampaignTerms,
    ask_campaign,
    decide_campaign,
    end_campaign,
    restore_waiver,
    run_campaigns,
)
from debtors.models import AccountState, Booking, PenaltyWaiver
from debtors.queries.ledger_faults import faults
from debtors.queries.penalty_campaigns import standing_of
from tests.debtors.ledger.conftest import noon

pytestmark = pytest.mark.django_db
FIRST, END, DAY = dt.date(2026, 5, 1), dt.date(2026, 6, 1), dt.date(2026, 5, 21)
PENALTY = 90


def campaign(books, officer, chief, **terms):
    given = {"name": "Весна без пеней", "cause": "праздник", "order": "приказ № 7", "valid_from": FIRST, "valid_to": END}
    made = ask_campaign(creditor=books.creditor, by=officer, on=FIRST, **(given | terms))
    return decide_campaign(campaign=made, approve=True, by=chief, on=FIRST)


@pytest.fixture
def owing(books):
    """Two accounts owe 300.00 of January with 12.00 of penalty; the first pays in full on 20 May."""
    for number in (0, 1):
        books.charge("2026-01", 30000, account=number).charge("2026-02", 1200, account=number, service=PENALTY)
    books.post("2026-04-02", on=FIRST.isoformat())
    books.pay("2026-05-20", 30000).post("2026-05-21", on=DAY.isoformat())
    return books


def run(books, on=DAY):
    return run_campaigns(creditor=books.creditor, learnt_at=noon(on), on=on)


def penalty(books, number=0) -> int:
    return AccountState.objects.get(account=books.accounts[number]).penalty


def test_p27_full_payment_is_forgiven_the_penalty_by_itself(owing, officer, chief):
    """P2.7: nothing is asked of anybody; one posting, with the campaign's name, the payment's day and the sum."""
    campaign(owing, officer, chief)
    assert run(owing) == 1

    waiver = PenaltyWaiver.objects.get()
    assert (waiver.account, waiver.paid_on) == (owing.accounts[0], dt.date(2026, 5, 20))
    assert waiver.amount == 1200 + waiver.counted > 1200
    assert "Весна без пеней" in waiver.booking.about
    assert (penalty(owing, 0), penalty(owing, 1)) == (0, 1200)
    assert not any(faults(DAY).values())


def test_running_again_forgives_nobody_twice(owing, officer, chief):
    campaign(owing, officer, chief)
    run(owing)
    assert run(owing) == 0
    assert Booking.objects.filter(kind="write_off").count() == 1


def test_a_part_payment_forgives_nothing(owing, officer, chief):
    owing.pay("2026-05-20", 29999, account=1).post("2026-05-21", on=DAY.isoformat())
    campaign(owing, officer, chief)
    run(owing)
    assert not PenaltyWaiver.objects.filter(account=owing.accounts[1]).exists()


def test_money_after_the_last_day_is_late_and_money_of_it_known_later_is_not(owing, officer, chief):
    campaign(owing, officer, chief)
    later = dt.date(2026, 6, 5)
    owing.pay("2026-05-31", 30000, account=1).post("2026-06-04", on=later.isoformat())
    assert run(owing, later) == 2
    assert {one.paid_on for one in PenaltyWaiver.objects.all()} == {dt.date(2026, 5, 20), dt.date(2026, 5, 31)}


def test_whom_it_is_for_and_how_much_are_kept(owing, officer, chief):
    campaign(owing, officer, chief, category="legal_entity")
    assert run(owing) == 0
    campaign(owing, officer, chief, least_debt=30001)
    assert run(owing) == 0
    campaign(owing, officer, chief, most=500)
    assert run(owing) == 1
    assert PenaltyWaiver.objects.get().amount == 500


def test_an_unapproved_or_ended_campaign_does_nothing(owing, officer, chief):
    terms = {"name": "Весна", "cause": "праздник", "order": "№ 1", "valid_from": FIRST, "valid_to": END}
    ask_campaign(creditor=owing.creditor, by=officer, on=FIRST, **terms)
    end_campaign(campaign=campaign(owing, officer, chief), by=chief)
    assert run(owing) == 0


def test_nobody_approves_what_they_proposed(owing, officer):
    terms = {"name": "Весна", "cause": "праздник", "order": "№ 1", "valid_from": FIRST, "valid_to": END}
    made = ask_campaign(creditor=owing.creditor, by=officer, on=FIRST, **terms)
    with pytest.raises(NotAllowed, match="правило двух лиц"):
        decide_campaign(campaign=made, approve=True, by=officer, on=FIRST)


def test_a_campaign_ends_after_it_begins(owing, officer, chief):
    with pytest.raises(CampaignTerms, match="не может кончиться"):
        campaign(owing, officer, chief, valid_to=FIRST)


def test_a_waiver_taken_back_leaves_the_penalty_owed(owing, officer, chief):
    campaign(owing, officer, chief)
    run(owing)
    waiver = PenaltyWaiver.objects.get()
    restore_waiver(waiver=waiver, note="банк вернул платёж", by=chief, learnt_at=noon(DAY), on=DAY)
    assert penalty(owing) == waiver.amount
    assert standing_of([waiver]) == {waiver.pk: 0}
    assert run(owing) == 0
    assert not any(faults(DAY).values())
