"""Promises to pay: given by telephone, held against the ledger the morning after. Plan row L3."""

import datetime as dt

import pytest

from casedesk.common.refusals import NotAllowed
from debtors.actions.book import book_facts
from debtors.actions.make_promise import PromiseRefused, check_promises, make_promise, withdraw_promise
from debtors.actions.set_contact_strategy import set_limits
from debtors.actions.settle_contacts import ContactIncomplete, ContactTooOften, record_call
from debtors.actions.staging import StagedFact
from debtors.models import CaseEvent, CaseFile, ContactStrategy, Promise
from debtors.queries.contact_plan import plan_contacts
from debtors.queries.deadlines import case_deadlines
from enforcement.actions.run_pass import run_pass
from tests.factories.contact import DAY

pytestmark = pytest.mark.django_db
DUE = dt.date(2024, 3, 25)
MORNING = dt.date(2024, 3, 26)


def pay(case, amount: int, on: dt.date, row: int = 1) -> None:
    """Money on the account of the case; payments are known through the day."""
    account = case.account_links.get().account_id
    fact = StagedFact(row, account, 1, amount=amount, paid_on=on, document=f"p{row}")
    learnt_at = dt.datetime.combine(on, dt.time(20), dt.UTC)
    book_facts(creditor=case.creditor, facts=[fact], about="pay", by=None, learnt_at=learnt_at, on=on)


@pytest.fixture
def promise(case, officer) -> Promise:
    return make_promise(case=case, amount=100_000, due_on=DUE, by=officer, on=DAY)


def checked(promise: Promise, on: dt.date) -> str:
    check_promises(creditor=promise.case.creditor, on=on)
    promise.refresh_from_db()
    return promise.state


def test_a_call_with_a_promise_is_a_contact_an_event_and_a_promise(case, officer):
    """L3: told by phone, with what was promised."""
    made = record_call(case=case, reached=True, words="обещал в получку", by=officer, on=DAY, promised=100_000, promised_on=DUE)
    assert (made.state, made.promise.amount, made.promise.due_on) == ("delivered", 100_000, DUE)
    assert list(CaseEvent.objects.order_by("id").values_list("code", flat=True))[-2:] == ["talked", "promise_made"]


def test_the_morning_after_a_paid_promise_is_kept(promise):
    pay(promise.case, 60_000, dt.date(2024, 3, 22), 1)
    assert checked(promise, dt.date(2024, 3, 23)) == "waiting"
    pay(promise.case, 40_000, DUE, 2)
    assert checked(promise, MORNING) == "kept"
    assert promise.paid == 100_000
    assert CaseEvent.objects.filter(code="promise_kept").count() == 1


def test_a_kopeck_short_is_broken_and_only_after_its_day(promise):
    pay(promise.case, 99_999, DUE)
    assert checked(promise, DUE) == "waiting"
    assert checked(promise, MORNING) == "broken"
    assert CaseEvent.objects.get(code="promise_broken").data == {"paid_kopecks": 99_999, "total_kopecks": 100_000}


def test_nobody_breaks_a_promise_for_days_whose_payments_are_not_loaded(promise):
    assert checked(promise, dt.date(2024, 4, 20)) == "waiting"


def test_money_before_the_promise_and_after_its_day_does_not_count(promise):
    pay(promise.case, 100_000, MORNING)
    assert checked(promise, dt.date(2024, 3, 27)) == "broken"


def test_the_daily_pass_checks_and_a_second_pass_changes_nothing(promise):
    pay(promise.case, 1, DUE)
    for _ in range(2):
        run_pass(creditor=promise.case.creditor, on=MORNING, by=None)
    promise.refresh_from_db()
    assert promise.state == "broken"
    assert CaseEvent.objects.filter(code="promise_broken").count() == 1


def test_a_waiting_promise_stands_among_the_deadlines(promise):
    lines = case_deadlines(CaseFile.objects.all(), first=DAY, last=DUE)
    assert [(line.day, line.kind, line.kopecks) for line in lines if line.kind == "promise"] == [(DUE, "promise", 100_000)]


def test_a_newer_promise_takes_the_place_of_the_one_that_waits(promise, officer):
    newer = make_promise(case=promise.case, amount=50_000, due_on=DUE, by=officer, on=DAY)
    promise.refresh_from_db()
    assert (promise.state, newer.state) == ("withdrawn", "waiting")


def test_a_broken_promise_makes_the_debtor_risky_and_lets_contact_go_on(promise, osen):
    pay(promise.case, 1, DUE)
    checked(promise, MORNING)
    strategy = ContactStrategy.shipped(creditor=osen, on=MORNING)
    assert plan_contacts(creditor=osen, strategy=strategy, on=MORNING).goes[0].case == promise.case


@pytest.mark.parametrize(
    ("amount", "due_on", "words"),
    [
        (0, DUE, "сколько?"),
        (100, None, "до какого дня?"),
        (100, dt.date(2024, 3, 20), "уже прошёл"),
        (100, dt.date(2024, 6, 20), "соглашение о рассрочке"),
        (10**12, DUE, "больше долга"),
    ],
)
def test_a_promise_that_cannot_be_meant_is_refused(case, officer, amount, due_on, words):
    with pytest.raises(PromiseRefused) as refused:
        make_promise(case=case, amount=amount, due_on=due_on, by=officer, on=DAY)
    assert words in refused.value.message
    assert not Promise.objects.exists()


def test_who_only_reads_records_nothing(case, auditor):
    with pytest.raises(NotAllowed):
        make_promise(case=case, amount=100, due_on=DUE, by=auditor, on=DAY)


def test_a_mistaken_promise_is_withdrawn_with_a_reason(promise, officer):
    with pytest.raises(PromiseRefused):
        withdraw_promise(promise=promise, reason=" ", by=officer, on=DAY)
    withdraw_promise(promise=promise, reason="перепутал дело", by=officer, on=DAY)
    with pytest.raises(PromiseRefused):
        withdraw_promise(promise=promise, reason="ещё раз", by=officer, on=DAY)


def test_a_call_too_many_is_refused_and_leaves_nothing(case, osen, officer):
    set_limits(creditor=osen, by=officer, on=DAY, calls_day=1)
    record_call(case=case, reached=False, words="не ответил", by=officer, on=DAY)
    with pytest.raises(ContactTooOften) as refused:
        record_call(case=case, reached=True, words="поговорили", by=officer, on=DAY, promised=100, promised_on=DUE)
    assert "предел за день: звонков 1 из 1" in refused.value.message
    assert not Promise.objects.exists()


def test_a_promise_of_somebody_who_did_not_answer_is_refused(case, officer):
    with pytest.raises(ContactIncomplete):
        record_call(case=case, reached=False, words="нет", by=officer, on=DAY, promised=100, promised_on=DUE)
