"""The pass: which accounts get a case, which cases close, and that repeating it changes nothing."""

import datetime as dt

import pytest

from debtors.actions.open_cases import open_cases
from debtors.actions.refresh_cases import facts_of
from debtors.models import CaseEvent, CaseFile, OpeningRule
from debtors.rules.case_events import EVENTS
from debtors.rules.next_step import next_step
from debtors.rules.stages import Stage
from debtors.states.case_file import replay
from tests.factories import cases

DAY = dt.date(2024, 3, 1)


def run(creditor, on=DAY, **options):
    return open_cases(creditor=creditor, on=on, by=None, **options)


@pytest.mark.parametrize(
    ("overdue", "average", "age", "opens"),
    [
        (1_000_000, 500_000, 2, True),
        (999_999, 500_000, 2, False),
        (1_000_000, 500_000, 1, False),
        (5_000_000, 500_000, 1, False),
        (1, 0, 1, True),
        (0, 0, 1, False),
    ],
)
def test_the_default_rule_at_its_edges(osen, overdue, average, age, opens):
    cases.owing(osen, overdue=overdue, average=average, age=age, on=DAY)

    assert run(osen).opened == int(opens)


def test_a_case_knows_who_owes_where_and_what_is_next(osen):
    owed = cases.owing(osen, "77", overdue=1_500_000, on=DAY, holder="ИВАНОВ И.И.")
    cases.debtor(owed, "Иванов Иван Иванович")
    cases.debtor(owed, "Иванова Ольга Петровна")

    run(osen)

    case = CaseFile.objects.get()
    assert case.debtor_names == "Иванов Иван Иванович, Иванова Ольга Петровна"
    assert (case.number, case.account, case.overdue, case.months_x100) == (1, owed, 1_500_000, 300)
    assert case.next_action == "prepare_reminder" and case.next_due_on == dt.date(2024, 3, 11)
    assert "иванова ольга" in case.search and "77" in case.search
    assert case.debtors.count() == 2


def test_an_account_without_known_people_shows_the_name_of_the_register(osen):
    cases.owing(osen, on=DAY, holder="ИВАНОВ И.И.")

    run(osen)

    assert CaseFile.objects.get().debtor_names == "ИВАНОВ И.И."


def test_the_opening_event_carries_what_the_catalogue_asks(osen):
    cases.owing(osen, on=DAY)

    run(osen)

    event = CaseEvent.objects.get()
    EVENTS[event.code].check(event.data)
    assert event.data["overdue_kopecks"] == 1_500_000
    assert replay([event]).stage == CaseFile.objects.get().stage == Stage.OPENED


def test_a_second_pass_changes_nothing(osen):
    cases.owing(osen, on=DAY)
    run(osen)

    again = run(osen)

    assert (again.opened, again.closed, again.refreshed.sums, again.refreshed.texts, again.refreshed.steps) == (0, 0, 0, 0, 0)
    assert CaseEvent.objects.count() == 1


def test_a_paid_case_closes_and_a_new_debt_opens_another(osen):
    owed = cases.owing(osen, on=DAY)
    run(osen)
    cases.set_state(owed, overdue=0, on=DAY)

    assert run(osen, dt.date(2024, 3, 15)).closed == 1
    closed = CaseFile.objects.get()
    assert (closed.is_open, closed.closed_on, closed.next_action) == (False, dt.date(2024, 3, 15), "")
    assert replay(CaseEvent.objects.order_by("happened_on", "id")).stage == Stage.CLOSED

    cases.set_state(owed, overdue=2_000_000, on=dt.date(2024, 9, 1))
    assert run(osen, dt.date(2024, 9, 1)).opened == 1
    assert list(CaseFile.objects.order_by("number").values_list("number", "is_open")) == [(1, False), (2, True)]


def test_numbers_run_without_gaps_and_apart_for_each_creditor(osen, lada):
    for number in ("3", "1", "2"):
        cases.owing(osen, number, on=DAY)
    cases.owing(lada, "9", on=DAY)

    run(osen), run(lada)

    assert list(CaseFile.objects.filter(creditor=osen).order_by("number").values_list("number", "account__number")) == [
        (1, "1"),
        (2, "2"),
        (3, "3"),
    ]
    assert CaseFile.objects.get(creditor=lada).number == 1


def test_a_part_payment_keeps_the_case_and_moves_its_sums(osen):
    owed = cases.owing(osen, overdue=1_500_000, on=DAY)
    run(osen)
    cases.set_state(owed, overdue=400_000, on=DAY)

    passed = run(osen)

    assert (passed.closed, passed.refreshed.sums) == (0, 1)
    assert CaseFile.objects.get().overdue == 400_000


def test_the_rule_of_the_day_is_used(osen, officer):
    OpeningRule.objects.create(creditor=osen, valid_from=dt.date(2024, 6, 1), threshold_x100=300, set_by=officer)
    cases.owing(osen, overdue=1_250_000, on=DAY)

    assert run(osen, dry_run=True).opened == 1
    assert run(osen, dt.date(2024, 6, 1), dry_run=True).opened == 0


def test_a_dry_run_tells_what_the_pass_would_do_and_does_not(osen):
    cases.owing(osen, "1", overdue=1_500_000, on=DAY)
    cases.owing(osen, "2", overdue=2_500_000, on=DAY)

    told = run(osen, dry_run=True)

    assert (told.opened, told.opened_kopecks) == (2, 4_000_000)
    assert not CaseFile.objects.exists()
    assert run(osen).opened_kopecks == 4_000_000


def test_people_who_become_liable_later_join_the_case(osen):
    owed = cases.owing(osen, on=DAY)
    run(osen)
    cases.debtor(owed, "Новый Жилец")

    assert run(osen).refreshed.texts == 1
    assert CaseFile.objects.get().debtor_names == "Новый Жилец"


def test_the_number_of_statements_does_not_grow_with_accounts(osen, django_assert_max_num_queries):
    def cost(prefix, count):
        for number in range(count):
            cases.owing(osen, f"{prefix}{number}", on=DAY)
        with django_assert_max_num_queries(60) as captured:
            run(osen)
        return len(captured)

    assert cost("a", 1) == cost("b", 30)


def test_the_columns_are_what_the_pure_function_says(osen):
    for number in range(5):
        cases.owing(osen, str(number), age=2 + number, on=DAY)
    run(osen)

    for case in CaseFile.objects.all():
        step = next_step(facts_of(case), OpeningRule().terms)
        assert (case.next_action, case.next_from, case.next_due_on) == (step.action, step.from_on, step.due_on)
        assert (case.next_reason, case.next_norm, case.next_waits_for) == (step.reason, step.norm, step.waits_for)
