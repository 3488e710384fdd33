"""An event that moves a limitation term, told after money came: at once the books are as if it had been told before."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from casedesk.common import months
from debtors.actions.events import record
from debtors.actions.refresh_states import rebuild
from debtors.actions.replay_terms import replay_terms
from debtors.models import AccountState, Allocation, Booking, CaseAccount, CaseEvent, CaseFile, ServiceState
from debtors.queries.ageing import age
from debtors.queries.ledger_faults import faults
from tests.debtors.ledger.conftest import noon
from tests.debtors.ledger.test_properties import PROPERTY, TODAY, forgotten, histories, live

OLD, NEW = months.parse("2020-12"), months.parse("2023-03")
ON = dt.date(2025, 1, 31)


def case_of(books, *accounts: int) -> CaseFile:
    case = CaseFile.objects.create(
        creditor=books.creditor,
        number=CaseFile.objects.count() + 1,
        account=books.accounts[accounts[0]],
        opened_on=dt.date(2021, 6, 1),
        stage_on=dt.date(2021, 6, 1),
    )
    for place in accounts:
        CaseAccount.objects.create(case=case, account=books.accounts[place], valid_from=case.opened_on)
    return case


def acknowledge(case: CaseFile, day: str, first: int = OLD, last: int = OLD) -> CaseEvent:
    said = {"document": "акт", "written": True, "first_month": months.iso(first), "last_month": months.iso(last)}
    return record("debt_acknowledged", case=case, on=dt.date.fromisoformat(day), by=None, **said)


def lies() -> list[tuple]:
    rows = Allocation.objects.filter(withdrawn_at__isnull=True).values_list("account", "service", "month", "amount", "why")
    return sorted(rows)


@pytest.fixture
def passed_by(books):
    """300 came in July 2024, when December 2020 was lost: they lie on March 2023."""
    books.charge("2020-12", 500).charge("2023-03", 400).post("2024-01-09")
    books.pay("2024-07-01", 300, service=1).post("2024-07-02")
    assert [row[2:4] for row in lies()] == [(NEW, 300)]
    return books


def test_an_acknowledgement_told_late_brings_the_money_to_the_old_month(passed_by):
    before = age(None, as_of=ON, known_on=noon(ON)).figures
    case = case_of(passed_by, 0)
    acknowledge(case, "2023-06-01")

    assert replay_terms(case_ids=[case.pk], by=None, on=ON) > 0

    assert not any(row[2] == NEW and row[3] > 0 for row in lies())
    state = ServiceState.objects.get(account=passed_by.accounts[0], service=1)
    assert (state.oldest_open_month, state.balance) == (OLD, 600)
    assert not any(faults(ON).values())
    assert age(None, as_of=ON, known_on=noon(dt.date(2024, 12, 1))).figures == before, "the past is known as it was"
    assert rebuild(creditor=passed_by.creditor, by=None, at=noon(dt.date(2025, 2, 1)), on=ON) == 0


def test_the_event_taken_back_brings_it_to_the_later_month_again(passed_by):
    case = case_of(passed_by, 0)
    event = acknowledge(case, "2023-06-01")
    kept = lies()
    replay_terms(case_ids=[case.pk], by=None, on=ON)
    CaseEvent.objects.create(
        case=case, code="claim_corrected", happened_on=ON, data={"said": "ошибка"}, corrects=event, subject_kind=""
    )

    replay_terms(case_ids=[case.pk], by=None, on=ON)

    assert lies() == kept
    assert not any(faults(ON).values())


def test_an_event_that_changes_nothing_leaves_no_booking(books):
    books.charge("2024-01", 500).post("2024-02-09")
    books.pay("2024-07-01", 300).post("2024-07-02")
    made = Booking.objects.count()
    case = case_of(books, 0)
    acknowledge(case, "2024-06-01", months.parse("2024-01"), months.parse("2024-01"))

    assert replay_terms(case_ids=[case.pk], by=None, on=ON) == 0
    assert Booking.objects.count() == made


def test_many_cases_take_as_many_queries_as_one(passed_by):
    books = passed_by
    for place in (1, 2):
        books.charge("2020-12", 500, account=place).charge("2023-03", 400, account=place)
        books.pay("2024-07-01", 300, account=place)
    books.post("2024-07-03")
    cases = [case_of(books, place) for place in range(3)]
    acknowledge(cases[0], "2023-06-01")
    with CaptureQueriesContext(connection) as one:
        replay_terms(case_ids=[cases[0].pk], by=None, on=ON)
    for case in cases[1:]:
        acknowledge(case, "2023-06-01")
    with CaptureQueriesContext(connection) as two:
        replay_terms(case_ids=[case.pk for case in cases[1:]], by=None, on=ON)
    assert len(two) <= len(one)


told = st.lists(
    st.tuples(
        st.sampled_from(["debt_acknowledged", "order_filed", "order_set_aside", "claim_filed"]),
        st.dates(dt.date(2023, 1, 1), dt.date(2024, 4, 10)),
    ),
    min_size=1,
    max_size=3,
)


def tell(case: CaseFile, events) -> None:
    for code, day in sorted(events, key=lambda one: one[1]):
        span = {"first_month": "2021-01", "last_month": months.iso(months.of(day) - 1)}
        data = {"document": "акт", "written": True} if code == "debt_acknowledged" else {"said": "№ 1"}
        CaseEvent.objects.create(case=case, code=code, happened_on=day, data=data | span, subject_kind="")


def picture() -> list:
    rows = Allocation.objects.filter(withdrawn_at__isnull=True)
    columns = ("account", "service", "month", "counts_on", "amount", "moved", "earmarked", "why")
    states = ServiceState.objects.values_list("account", "service", "balance", "oldest_open_month", "cum_settled")
    accounts = AccountState.objects.values_list("account", "debt", "credit", "overdue", "oldest_open_month")
    return [sorted(rows.values_list(*columns), key=str), sorted(states), sorted(accounts)]


@PROPERTY
@given(history=histories, events=told)
def test_told_late_or_in_time_the_books_are_the_same(books, history, events):
    """The naive answer is a ledger that knew the events before the first rouble, and one rebuilt from its facts."""
    pictures = []
    for late in (False, True):
        with forgotten():
            case = case_of(books, 0, 1)
            if not late:
                tell(case, sorted_by_filing(events))
            live(books, history)
            if late:
                tell(case, sorted_by_filing(events))
                replay_terms(case_ids=[case.pk], by=None, on=TODAY)
            pictures.append(picture())
            assert {name: found for name, found in faults(TODAY).items() if found} == {}
            assert rebuild(creditor=books.creditor, by=None, at=noon(dt.date(2024, 6, 1)), on=TODAY) == 0
    assert pictures[0] == pictures[1]


def sorted_by_filing(events) -> list:
    """An order is set aside only after one was filed."""
    days = sorted(events, key=lambda one: one[1])
    kept, filed = [], False
    for code, day in days:
        filed = filed or code == "order_filed"
        if code != "order_set_aside" or filed:
            kept.append((code, day))
    return kept
