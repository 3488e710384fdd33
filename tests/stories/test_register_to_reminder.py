"""A story: a register comes in, a case opens, a reminder goes out, the debtor pays. The ledger is checked on the way."""

import datetime as dt

from casedesk.common import months
from debtors.actions.book import book_facts
from debtors.actions.open_cases import open_cases
from debtors.actions.prepare_reminder import prepare_reminder
from debtors.actions.refresh_states import refresh_states
from debtors.actions.send_reminder import send_reminder
from debtors.actions.staging import StagedFact
from debtors.models import AccountState, CaseFile, UtilityAccount
from debtors.queries.ageing import age
from debtors.queries.letters import letter
from debtors.queries.timeline import timeline
from debtors.rules.stages import Stage
from debtors.states.case_file import replay
from tests.factories import cases

JANUARY = months.make(2024, 1)


def learn(creditor, day: dt.date, *facts: StagedFact) -> None:
    """Book what a register of the day brings, then run the day's pass, as an import does."""
    moment = dt.datetime.combine(day, dt.time(6), dt.UTC)
    book_facts(creditor=creditor, facts=facts, about=f"реестр {day}", by=None, learnt_at=moment, on=day)
    pass_of(creditor, day)


def pass_of(creditor, day: dt.date) -> None:
    refresh_states(on=day, creditor=creditor)
    open_cases(creditor=creditor, on=day, by=None)


def charge(owed: UtilityAccount, month: int, kopecks: int) -> StagedFact:
    return StagedFact(month, owed.pk, 1, month=month, charged=kopecks)


def payment(owed: UtilityAccount, day: dt.date, kopecks: int) -> StagedFact:
    return StagedFact(1, owed.pk, 1, amount=kopecks, paid_on=day, document=f"чек {day}")


def test_from_register_to_reminder_to_payment(osen, officer):
    owed = cases.account(osen, "4001", holder="Кузьмина Анна Петровна")

    learn(osen, dt.date(2024, 3, 1), charge(owed, JANUARY, 300_000), charge(owed, JANUARY + 1, 300_000))
    assert not CaseFile.objects.exists(), "one month overdue: too young for the rule"

    learn(osen, dt.date(2024, 4, 1), charge(owed, JANUARY + 2, 300_000))
    case = CaseFile.objects.get()
    assert (case.overdue, case.months_x100, case.oldest_open_month) == (600_000, 200, JANUARY)
    assert (case.next_action, case.next_due_on) == ("prepare_reminder", dt.date(2024, 4, 11))

    learn(osen, dt.date(2024, 4, 2), payment(owed, dt.date(2024, 4, 2), 100_000))
    notice = prepare_reminder(case=case, by=officer, on=dt.date(2024, 4, 3))
    paper = letter(notice)
    assert [(row.month, row.total) for row in paper.months] == [(JANUARY, 200_000), (JANUARY + 1, 300_000)]
    assert notice.total == age(UtilityAccount.objects.all(), as_of=dt.date(2024, 4, 3)).figures.overdue == 500_000

    send_reminder(notice=notice, channel="by_hand", by=officer, on=dt.date(2024, 4, 5))
    case.refresh_from_db()
    assert (case.stage, case.next_action, case.next_from) == (Stage.REMINDER_SENT, "file_claim", dt.date(2024, 5, 6))
    assert CaseFile.objects.waiting(dt.date(2024, 5, 5)).exists()
    assert CaseFile.objects.actionable(dt.date(2024, 5, 6)).exists(), "back in the queue with no job in between"

    learn(osen, dt.date(2024, 4, 20), payment(owed, dt.date(2024, 4, 19), 800_000))
    case.refresh_from_db()
    assert AccountState.objects.get().debt == 0
    assert (case.is_open, case.close_reason, case.next_action) == (False, "paid", "")
    assert notice.lines.count() == 2 and notice.total == 500_000, "what was asked stays as it was asked"
    told = [event.what for event in timeline(case)]
    assert told == ["Дело закрыто", "Напоминание вручено", "Напоминание подготовлено", "Дело открыто"]
    assert replay(case.events.order_by("happened_on", "id")).stage == Stage.CLOSED
