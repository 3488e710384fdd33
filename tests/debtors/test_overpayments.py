"""Overpayments after execution: found, proposed by one, approved by another, reversed and set off; taken back by undoing."""

import datetime as dt

import pytest

from casedesk.access.rights import Role
from casedesk.common.refusals import NotAllowed
from debtors.actions.settle_overpayment import (
    AlreadyDecided,
    AlreadyProposed,
    MoreThanOverpaid,
    approve_overpayment,
    propose_overpayment,
    refuse_overpayment,
)
from debtors.actions.undo_booking import undo_booking
from debtors.models import AccountState, Payment, UtilityAccount
from debtors.queries.ledger_faults import faults
from debtors.queries.overpaid import overpaid, surpluses
from tests.debtors.ledger.conftest import books, noon  # noqa: F401
from tests.debtors.ledger.test_awards import MARCH, grant, on_writ
from tests.factories import access

DAY = dt.date(2024, 7, 31)


@pytest.fixture
def colleague(osen):
    return access.person(Role.LEGAL_OFFICER, osen, username="colleague")


@pytest.fixture
def twice(books):  # noqa: F811
    """500.00 granted, paid at the desk and taken by the bailiffs once more; 200.00 of June are owed."""
    books.charge("2024-03", 50000).post("2024-04-01")
    award = grant(books, principal=50000, lines=[(1, MARCH, 50000)])
    books.pay("2024-06-20", 50000, document="касса").post("2024-06-21")
    on_writ(books, "2024-07-01", 50000, award).post("2024-07-02")
    books.charge("2024-06", 20000).post("2024-07-03", on="2024-07-31")
    return books.accounts[0]


def propose(account, officer, **parts):
    given = {"kind": "offset", "reason": "collected_twice", "amount": 50000} | parts
    return propose_overpayment(account=account, by=officer, on=DAY, **given)


def approve(decision, by):
    return approve_overpayment(decision=decision, by=by, learnt_at=noon(DAY), on=DAY)


def test_collected_both_ways_is_found(twice):
    (row,) = overpaid(UtilityAccount.objects.all())
    assert (row.pk, row.by_force, row.directly, row.credit, row.pending) == (twice.pk, 50000, 50000, 50000, False)
    (surplus,) = surpluses(twice, DAY)
    assert (surplus.kopecks, surplus.held, surplus.payment.channel) == (50000, True, "bailiff")


def test_no_more_than_is_left_over(twice, officer):
    with pytest.raises(MoreThanOverpaid, match="500,00"):
        propose(twice, officer, amount=50001)
    with pytest.raises(MoreThanOverpaid):
        propose(twice, officer, amount=0)


def test_one_proposal_at_a_time(twice, officer):
    propose(twice, officer)
    with pytest.raises(AlreadyProposed):
        propose(twice, officer)


def test_two_people_answer_for_it(twice, officer):
    with pytest.raises(NotAllowed, match="другой сотрудник"):
        approve(propose(twice, officer), officer)
    assert Payment.objects.count() == 2


def test_an_offset_pays_what_is_owed_and_leaves_the_rest(twice, officer, colleague):
    decision = approve(propose(twice, officer), colleague)

    state = AccountState.objects.get(account=twice)
    assert (state.debt, state.credit) == (0, 30000)
    assert sorted(Payment.objects.filter(booking=decision.booking).values_list("amount", "channel")) == [
        (-50000, "bailiff"),
        (50000, "offset"),
    ]
    assert not any(faults(DAY).values())
    with pytest.raises(AlreadyDecided):
        approve(decision, colleague)


def test_a_refund_takes_the_money_out(twice, officer, colleague):
    approve(propose(twice, officer, kind="refund", amount=10000), colleague)

    state = AccountState.objects.get(account=twice)
    assert (state.debt, state.credit) == (20000, 40000)
    assert not any(faults(DAY).values())


def test_undoing_restores_every_figure(twice, officer, colleague):
    before = list(AccountState.objects.values_list())
    decision = approve(propose(twice, officer), colleague)

    undo_booking(booking=decision.booking, by=colleague, reason="", at=noon(dt.date(2024, 8, 1)), on=DAY)

    decision.refresh_from_db()
    assert decision.is_taken_back
    assert list(AccountState.objects.values_list()) == before


def test_a_refused_proposal_books_nothing(twice, officer, colleague):
    decision = refuse_overpayment(decision=propose(twice, officer), why="ждём сверку", by=colleague, on=DAY)
    assert (decision.state, decision.booking) == ("refused", None)
    assert propose(twice, officer)


def test_the_form_offers_the_surplus_in_roubles(twice, visit):
    page = visit(access.person(Role.LEGAL_OFFICER, twice.creditor)).get(f"/accounts/{twice.pk}/overpaid/").content.decode()
    assert 'value="500,00"' in page
