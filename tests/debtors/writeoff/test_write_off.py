"""A write-off from the search to the ledger: found, gathered with papers, decided by another, booked once, restored."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from casedesk.common.refusals import NotAllowed
from debtors.actions.decide_write_off import (
    PapersMissing,
    approve_write_off,
    ask_write_off,
    refuse_write_off,
    withdraw_write_off,
)
from debtors.actions.gather_write_off import NothingToWriteOff, find_write_offs, gather_write_off
from debtors.actions.post_write_off import post_write_off
from debtors.actions.restore_written_off import NothingToRestore, restore_act, restore_for_money
from debtors.actions.undo_booking import BookingBears, undo_booking
from debtors.models import AccountState, Booking, MonthTotal, Payment, UtilityAccount, WriteOffCandidate, WriteOffReversal
from debtors.queries.ageing import age
from debtors.queries.ledger_faults import faults
from debtors.queries.open_months import open_months
from tests.debtors.ledger.conftest import noon
from tests.debtors.writeoff.conftest import MARCH, OLD, TODAY, gathered, posted

pytestmark = pytest.mark.django_db
LATER = TODAY + dt.timedelta(days=3)


def figures(books):
    return age(books.creditor.accounts.all(), as_of=TODAY).figures


def states() -> list[tuple]:
    return list(AccountState.objects.order_by("account").values_list("account", "debt", "credit", "overdue"))


def test_the_search_names_accounts_sums_months_and_the_reason(old_debt):
    assert find_write_offs(creditor=old_debt.creditor, on=TODAY) == 2
    one = WriteOffCandidate.objects.get(account=old_debt.accounts[0])
    assert (one.ground, one.total, one.principal, one.penalty, one.first_month) == ("limitation", 57000, 57000, 0, MARCH)
    assert "иск о месяце можно было подать до" in one.why


def test_searching_again_leaves_one_row_per_account(old_debt):
    find_write_offs(creditor=old_debt.creditor, on=TODAY)
    find_write_offs(creditor=old_debt.creditor, on=TODAY)
    assert WriteOffCandidate.objects.count() == 2


def test_what_stands_in_an_act_is_not_offered_again(old_debt, officer):
    gathered(old_debt, officer)
    assert find_write_offs(creditor=old_debt.creditor, on=TODAY) == 0
    with pytest.raises(NothingToWriteOff, match="Обновите список"):
        gathered(old_debt, officer)


def test_nothing_of_another_creditor_is_gathered(old_debt, officer, lada):
    with pytest.raises(NothingToWriteOff):
        gather_write_off(creditor=lada, ground="limitation", account_ids=[old_debt.accounts[0].pk], by=officer, on=TODAY)


def test_an_act_without_papers_is_not_asked_for(old_debt, officer):
    ids = [account.pk for account in old_debt.accounts]
    act = gather_write_off(creditor=old_debt.creditor, ground="limitation", account_ids=ids, by=officer, on=TODAY)
    with pytest.raises(PapersMissing, match="приказ руководителя.*ещё по 1 счетам"):
        ask_write_off(act=act, by=officer, on=TODAY)


def test_a_posted_act_takes_its_months_off_and_nothing_else(old_debt, officer, chief):
    before = figures(old_debt)
    act = posted(old_debt, officer, chief)

    after = figures(old_debt)
    assert before.total - after.total == act.total == 107000
    assert (after.buckets["36+"], after.credit) == (0, 0)
    assert after.buckets["1-3"] == before.buckets["1-3"] == 60000
    assert [debt for _, debt, _, _ in states()] == [30000, 30000]
    assert not any(faults(TODAY).values())
    assert act.watched_until == dt.date(2031, 5, 20)


def test_a_write_off_is_received_nowhere(old_debt, officer, chief):
    posted(old_debt, officer, chief)
    assert MonthTotal.objects.aggregate(paid=Sum("paid"))["paid"] == 0
    assert not AccountState.objects.filter(last_payment_on__isnull=False).exists()
    assert set(Payment.objects.values_list("channel", flat=True)) == {"write_off"}


def test_a_months_turnover_is_not_explained_by_a_write_off(old_debt, officer, chief):
    posted(old_debt, officer, chief)
    old_debt.add(month=TODAY.year * 12 + TODAY.month - 1, turnover=10000).post("2026-06-02", on="2026-06-02")
    assert Payment.objects.filter(channel="turnover").aggregate(came=Sum("amount"))["came"] == 10000


def test_no_more_than_what_is_still_owed_is_written_off(old_debt, officer, chief):
    act = ask_write_off(act=gathered(old_debt, officer), by=officer, on=TODAY)
    approve_write_off(act=act, by=chief, on=TODAY)
    old_debt.lines = []
    old_debt.add(amount=20000, paid_on=TODAY, designated_month=MARCH).post("2026-05-20", on=TODAY.isoformat())

    post_write_off(act=act, by=chief, learnt_at=noon(TODAY), on=TODAY)

    assert Payment.objects.filter(channel="write_off", account=old_debt.accounts[0]).aggregate(s=Sum("amount"))["s"] == 37000
    assert [(debt, credit) for _, debt, credit, _ in states()] == [(30000, 0), (30000, 0)]
    assert not any(faults(TODAY).values())


def test_posting_twice_books_once(old_debt, officer, chief):
    act = posted(old_debt, officer, chief)
    post_write_off(act=act, by=chief, learnt_at=noon(LATER), on=LATER)
    assert Booking.objects.filter(kind="write_off").count() == 1


def test_whoever_gathered_or_asked_cannot_decide(old_debt, officer, chief):
    act = ask_write_off(act=gathered(old_debt, officer), by=chief, on=TODAY)
    for person in (officer, chief):
        with pytest.raises(NotAllowed, match="правило двух лиц"):
            approve_write_off(act=act, by=person, on=TODAY)
        with pytest.raises(NotAllowed, match="правило двух лиц"):
            refuse_write_off(act=act, why="нет", by=person, on=TODAY)


def test_a_clerk_neither_asks_nor_decides(old_debt, officer, clerk):
    act = ask_write_off(act=gathered(old_debt, officer), by=officer, on=TODAY)
    with pytest.raises(NotAllowed, match="утверждать списание"):
        approve_write_off(act=act, by=clerk, on=TODAY)


def test_an_act_is_booked_only_after_approval(old_debt, officer):
    act = ask_write_off(act=gathered(old_debt, officer), by=officer, on=TODAY)
    with pytest.raises(NotAllowed, match="не утверждён"):
        post_write_off(act=act, by=officer, learnt_at=noon(TODAY), on=TODAY)
    assert not Payment.objects.exists()


def test_a_refused_or_withdrawn_act_frees_its_debts(old_debt, officer, chief):
    act = ask_write_off(act=gathered(old_debt, officer), by=officer, on=TODAY)
    refuse_write_off(act=act, why="нет приказа", by=chief, on=TODAY)
    second = gathered(old_debt, officer)
    assert second.number == act.number + 1
    withdraw_write_off(act=second, by=officer)
    assert find_write_offs(creditor=old_debt.creditor, on=TODAY) == 2


def test_a_restored_act_nets_to_zero_everywhere(old_debt, officer, chief):
    before, stood = figures(old_debt), states()
    act = posted(old_debt, officer, chief)

    made = restore_act(act=act, why="mistake", note="ошиблись", by=chief, learnt_at=noon(LATER), on=LATER)

    assert made.total == act.total
    assert age(old_debt.creditor.accounts.all(), as_of=LATER).figures.total == before.total
    assert [row[:3] for row in states()] == [row[:3] for row in stood]
    assert Payment.objects.aggregate(net=Sum("amount"))["net"] == 0
    assert not any(faults(LATER).values())
    with pytest.raises(NothingToRestore):
        restore_act(act=act, why="mistake", note="ещё раз", by=chief, learnt_at=noon(LATER), on=LATER)


def test_a_restored_act_cannot_be_undone_from_under_it(old_debt, officer, chief):
    act = posted(old_debt, officer, chief)
    restore_act(act=act, why="mistake", note="ошиблись", by=chief, learnt_at=noon(LATER), on=LATER)
    with pytest.raises(BookingBears):
        undo_booking(booking=act.booking, by=chief, reason="", at=noon(LATER), on=LATER)


def test_money_for_a_written_off_month_restores_it_and_pays_it(old_debt, officer, chief):
    posted(old_debt, officer, chief)
    old_debt.lines = []
    old_debt.add(1, 1, amount=20000, paid_on=LATER, designated_month=MARCH).post("2026-05-23", on=LATER.isoformat())

    made = restore_for_money(creditor=old_debt.creditor, by=officer, learnt_at=noon(LATER), on=LATER)

    assert (made.total, made.why) == (20000, "money_came")
    state = AccountState.objects.get(account=old_debt.accounts[1])
    assert (state.debt, state.credit) == (30000, 0)
    assert not any(faults(LATER).values())
    with pytest.raises(NothingToRestore):
        restore_for_money(creditor=old_debt.creditor, by=officer, learnt_at=noon(LATER), on=LATER)


def test_money_left_over_restores_no_more_than_itself(old_debt, officer, chief):
    posted(old_debt, officer, chief)
    old_debt.lines = []
    old_debt.add(1, 1, amount=45000, paid_on=LATER).post("2026-05-23", on=LATER.isoformat())

    made = restore_for_money(creditor=old_debt.creditor, by=officer, learnt_at=noon(LATER), on=LATER)

    assert made.total == 15000
    state = AccountState.objects.get(account=old_debt.accounts[1])
    assert (state.debt, state.credit) == (0, 0)
    assert not any(faults(LATER).values())


def test_without_money_nothing_is_restored(old_debt, officer, chief):
    posted(old_debt, officer, chief)
    with pytest.raises(NothingToRestore):
        restore_for_money(creditor=old_debt.creditor, by=officer, learnt_at=noon(LATER), on=LATER)
    assert not WriteOffReversal.objects.exists()


def test_the_past_repeats_itself(old_debt, officer, chief):
    posted(old_debt, officer, chief)
    known = age(old_debt.creditor.accounts.all(), as_of=TODAY, known_on=noon(TODAY) - dt.timedelta(hours=1)).figures
    assert known.total == 167000
    day_before = age(old_debt.creditor.accounts.all(), as_of=TODAY - dt.timedelta(days=1)).figures
    assert day_before.total == 167000


def statements(books, asker, approver, accounts) -> int:
    act = ask_write_off(act=gathered(books, asker, accounts=[one.pk for one in accounts]), by=asker, on=TODAY)
    approve_write_off(act=act, by=approver, on=TODAY)
    with CaptureQueriesContext(connection) as captured:
        post_write_off(act=act, by=approver, learnt_at=noon(TODAY), on=TODAY)
    return len(captured)


def test_posting_takes_as_many_statements_for_many_accounts_as_for_few(books, officer, chief):
    more = [UtilityAccount(creditor=books.creditor, number=f"9{number:03}") for number in range(60)]
    books.accounts += UtilityAccount.objects.bulk_create(more)
    for number in range(len(books.accounts)):
        books.charge(OLD, 50000, account=number)
    books.post("2026-04-02", on=TODAY.isoformat())

    statements(books, officer, chief, books.accounts[:1])
    few = statements(books, officer, chief, books.accounts[1:4])
    many = statements(books, officer, chief, books.accounts[4:])
    assert abs(many - few) <= 2  # PostgreSQL may renew a table's statistics on the way
    assert figures(books).total == 0


def test_a_month_that_money_lay_on_and_left_is_open_once(old_debt, officer, chief):
    """The rows of money laid on a month and taken back cancel out: the month must not stand open twice."""
    before = sorted(open_months(account_ids=[old_debt.accounts[0].pk]), key=lambda row: (row.service_id, row.month))
    act = posted(old_debt, officer, chief)
    restore_act(act=act, why="mistake", note="ошиблись", by=chief, learnt_at=noon(LATER), on=LATER)
    after = sorted(open_months(account_ids=[old_debt.accounts[0].pk]), key=lambda row: (row.service_id, row.month))
    assert after == before
