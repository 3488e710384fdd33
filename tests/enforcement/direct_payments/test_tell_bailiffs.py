"""Money paid past the bailiffs: found the day it is known, told once per department, followed until confirmed."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from casedesk.documents.models import Document
from debtors.actions.book import book_facts
from debtors.actions.grant_award import Grant, GrantedMonth, grant_award
from debtors.actions.staging import StagedFact
from debtors.actions.undo_booking import undo_booking
from debtors.models import Award, CaseEvent
from debtors.rules.components import Components
from enforcement.actions.find_direct_payments import find_direct_payments
from enforcement.actions.tell_bailiffs import NothingToTell, TooEarlyToTell, confirm_told, tell_bailiffs
from enforcement.models import DirectPayment
from tests.factories import cases, writs

PAID, FOUND = dt.date(2024, 5, 6), dt.date(2024, 5, 8)


@pytest.fixture
def running(osen):
    """A writ that bailiffs have executed since 8 April 2024."""
    return writs.executing(osen)


def pay(writ, *parts, day=PAID, learnt=FOUND):
    """Book payments of a kopeck amount each, with what else they say."""
    facts = [
        StagedFact(number, writ.account_id, 1, **({"amount": 100, "paid_on": day, "document": f"д{number}"} | part))
        for number, part in enumerate(parts or ({},), start=1)
    ]
    at = dt.datetime.combine(learnt, dt.time(9), dt.UTC)
    return book_facts(creditor=writ.creditor, facts=facts, about="оплаты", by=None, learnt_at=at, on=learnt)


def test_a_direct_payment_makes_a_notice_the_same_day(running):
    pay(running, {"amount": 70000})

    assert find_direct_payments(creditor=running.creditor, on=FOUND) == 1
    assert find_direct_payments(creditor=running.creditor, on=FOUND) == 0

    row = DirectPayment.objects.get()
    assert (row.amount, row.paid_on, row.found_on, row.state) == (70000, PAID, FOUND, "prepared")
    assert row.due_on == dt.date(2024, 5, 15)
    assert row.days_to_tell is None


@pytest.mark.parametrize("channel", ["bailiff", "employer", "offset"])
def test_money_taken_by_force_is_not_direct(running, channel):
    pay(running, {"channel": channel})
    assert find_direct_payments(creditor=running.creditor, on=FOUND) == 0


@pytest.mark.parametrize("day, found", [(writs.OPENED - dt.timedelta(days=1), 0), (writs.OPENED, 1)])
def test_only_money_of_the_time_of_the_proceeding(running, day, found):
    pay(running, day=day)
    assert find_direct_payments(creditor=running.creditor, on=FOUND) == found


def test_money_of_another_creditor_and_of_an_idle_writ_is_left_alone(running, osen):
    idle = writs.writ(osen, "2-7/2024", account="777")
    pay(idle)
    assert find_direct_payments(creditor=osen, on=FOUND) == 0


def test_an_undone_payment_has_no_notice(running):
    booking = pay(running)
    find_direct_payments(creditor=running.creditor, on=FOUND)
    undo_booking(booking=booking, by=None, reason="", at=dt.datetime(2024, 5, 9, tzinfo=dt.UTC), on=FOUND)
    assert not DirectPayment.objects.standing().exists()


@pytest.fixture
def found(running):
    pay(running, {"amount": 300}, {"amount": 500})
    find_direct_payments(creditor=running.creditor, on=FOUND)
    return DirectPayment.objects.all()


def test_one_letter_tells_a_department_of_all(found, officer):
    done = tell_bailiffs(chosen=found, by=officer, on=FOUND)

    assert (len(done.rows), len(done.letters)) == (2, 1)
    letter = Document.objects.get()
    assert letter.data["total"] == 800
    assert {row["amount"] for row in letter.data["payments"]} == {300, 500}
    row = DirectPayment.objects.first()
    assert (row.state, row.sent_on, row.sent_by, row.notice, row.days_to_tell) == ("sent", FOUND, officer, letter, 2)
    assert CaseEvent.objects.filter(code="direct_payment_told").count() == 2
    with pytest.raises(NothingToTell):
        tell_bailiffs(chosen=found, by=officer, on=FOUND)


def test_the_bailiff_confirms_after_being_told(found, officer):
    with pytest.raises(NothingToTell):
        confirm_told(chosen=found, by=officer, on=FOUND)
    tell_bailiffs(chosen=found, by=officer, on=FOUND)
    with pytest.raises(TooEarlyToTell):
        confirm_told(chosen=found, by=officer, on=FOUND - dt.timedelta(days=1))

    confirm_told(chosen=found, by=officer, on=FOUND, answer="исх. 17")

    assert set(found.values_list("state", "confirmed_on", "answer")) == {("confirmed", FOUND, "исх. 17")}


def test_nobody_is_told_before_the_payment(found, officer):
    with pytest.raises(TooEarlyToTell, match="06.05.2024"):
        tell_bailiffs(chosen=found, by=officer, on=FOUND, sent_on=PAID - dt.timedelta(days=1))


def test_the_right_is_asked_for(found, auditor):
    with pytest.raises(NotAllowed):
        tell_bailiffs(chosen=found, by=auditor, on=FOUND)


def test_any_number_of_payments_takes_the_same_queries(running, django_assert_max_num_queries):
    pay(running, *({"document": f"п{number}"} for number in range(30)))
    with django_assert_max_num_queries(4):
        assert find_direct_payments(creditor=running.creditor, on=FOUND) == 30


def test_a_month_outside_the_award_is_not_the_debt(running):
    pay(running, {"designated_month": months.parse("2024-04")})
    assert find_direct_payments(creditor=running.creditor, on=FOUND) == 1


def test_money_that_names_the_award_but_came_past_the_bailiffs_is_direct(osen):
    writ = writs.executing(osen, award=an_award(osen))
    pay(writ, {"award_id": writ.award_id, "amount": 70000}, {"award_id": writ.award_id, "channel": "bailiff"})

    assert find_direct_payments(creditor=osen, on=FOUND) == 1
    assert DirectPayment.objects.get().amount == 70000


def an_award(creditor, *others) -> Award:
    """March 2024 granted on the writ's own account and on others."""
    owed = cases.account(creditor, "900", holder="Иванов Иван")
    lines = tuple(GrantedMonth(account.pk, 1, months.parse("2024-03"), 1000) for account in (owed, *others))
    granted = Components(sum(line.amount for line in lines), 0, 0)
    asked = Grant(owed.pk, granted, writs.ISSUED, "приказ", lines)
    at = dt.datetime(2024, 3, 12, 9, tzinfo=dt.UTC)
    return grant_award(creditor=creditor, grant=asked, by=None, learnt_at=at, on=dt.date(2024, 3, 12))


def test_a_solidary_debtors_account_is_reached_by_the_award(osen):
    other = cases.account(osen, "901", holder="Иванова Мария")
    stranger = cases.account(osen, "902", holder="Чужой Пётр")
    writ = writs.executing(osen, award=an_award(osen, other))
    pay(writ)
    for account in (other, stranger):
        fact = StagedFact(1, account.pk, 1, amount=500, paid_on=PAID, document=f"и{account.pk}")
        at = dt.datetime.combine(FOUND, dt.time(10), dt.UTC)
        book_facts(creditor=osen, facts=[fact], about="оплата", by=None, learnt_at=at, on=FOUND)

    assert find_direct_payments(creditor=osen, on=FOUND) == 2
    assert set(DirectPayment.objects.values_list("payment__account__number", flat=True)) == {"100", "901"}
    assert find_direct_payments(creditor=osen, on=FOUND) == 0


def test_only_the_proceeding_that_ran_is_told(osen):
    """An account with an ended proceeding and one that runs: each payment belongs to the one of its time."""
    writ = writs.returned(osen, on=dt.date(2024, 5, 1))
    pay(writ, day=dt.date(2024, 5, 6))
    assert find_direct_payments(creditor=osen, on=FOUND) == 0
