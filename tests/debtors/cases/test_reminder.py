"""The pre-trial reminder from preparation to the end of its waiting term."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from debtors.actions.place_hold import place_hold
from debtors.actions.prepare_reminder import ReminderRefused, prepare_reminder, prepare_reminders, preview_reminders
from debtors.actions.send_reminder import ReasonMissing, ReminderNotPrepared, cancel_reminder, send_reminder, send_reminders
from debtors.actions.set_flag import set_flag
from debtors.models import AccountState, CaseEvent, CaseFile, OpeningRule, PreTrialNotice
from debtors.rules.next_step import Status, status
from debtors.rules.stages import Stage
from debtors.states.case_file import replay
from tests.factories import cases

DAY = dt.date(2024, 3, 1)


def test_the_reminder_asks_for_the_residual_by_month_and_service(case, officer):
    notice = prepare_reminder(case=case, by=officer, on=DAY)

    lines = list(notice.lines.values_list("month", "service_id", "amount"))
    newest = months.make(2024, 1)
    expected = [
        (month, service, kopecks) for month in range(newest - 3, newest + 1) for service, kopecks in ((1, 500_000), (3, 50_000))
    ]
    assert lines == expected
    assert notice.total == sum(kopecks for _, _, kopecks in lines) == AccountState.objects.get().overdue
    assert (notice.number, notice.addressee) == (1, "Иванов И. И.")


def test_preparing_moves_the_case_and_leaves_an_event(case, officer):
    prepare_reminder(case=case, by=officer, on=DAY)

    case.refresh_from_db()
    assert (case.stage, case.next_action, case.next_due_on) == (Stage.REMINDER_READY, "send_reminder", dt.date(2024, 3, 6))
    assert replay(CaseEvent.objects.order_by("happened_on", "id")).stage == case.stage


def test_the_waiting_term_runs_from_the_day_after_delivery(case, officer):
    notice = prepare_reminder(case=case, by=officer, on=DAY)

    send_reminder(notice=notice, channel="by_hand", by=officer, on=dt.date(2024, 3, 4))

    case.refresh_from_db()
    assert (case.stage, case.next_action, case.next_waits_for) == (Stage.REMINDER_SENT, "file_claim", "debtor")
    assert case.next_from == dt.date(2024, 4, 4)
    assert status(case.next_from, case.next_due_on, dt.date(2024, 4, 3)) == Status.WAITING
    assert status(case.next_from, case.next_due_on, dt.date(2024, 4, 4)) == Status.OPEN
    assert not CaseFile.objects.actionable(dt.date(2024, 4, 3)).exists()
    assert CaseFile.objects.actionable(dt.date(2024, 4, 4)).get() == case
    standing = replay(CaseEvent.objects.order_by("happened_on", "id"))
    assert (standing.stage, standing.stage_on, standing.stage_until) == (case.stage, case.stage_on, case.stage_until)


def test_a_creditors_own_waiting_term_is_used(case, officer):
    OpeningRule.objects.create(creditor=case.creditor, valid_from=DAY, waiting=10, set_by=officer)
    notice = prepare_reminder(case=case, by=officer, on=DAY)

    sent = send_reminder(notice=notice, channel="post", by=officer, on=DAY)

    assert sent.waiting_until == dt.date(2024, 3, 12)


def test_delivery_before_preparation_is_refused(case, officer):
    notice = prepare_reminder(case=case, by=officer, on=DAY)

    with pytest.raises(NotAllowed, match="Укажите день не раньше"):
        send_reminder(notice=notice, channel="post", by=officer, on=dt.date(2024, 2, 29))


def test_a_reminder_is_handed_over_once(case, officer):
    notice = prepare_reminder(case=case, by=officer, on=DAY)
    send_reminder(notice=notice, channel="post", by=officer, on=DAY)

    with pytest.raises(ReminderNotPrepared, match="уже вручено 01.03.2024"):
        send_reminder(notice=notice, channel="post", by=officer, on=DAY)


def test_a_second_reminder_waits_for_the_first(case, officer):
    prepare_reminder(case=case, by=officer, on=DAY)
    case.refresh_from_db()

    with pytest.raises(ReminderRefused, match="нельзя из состояния «Напоминание подготовлено»"):
        prepare_reminder(case=case, by=officer, on=DAY)


def test_cancelling_gives_the_case_back_and_keeps_the_number(case, officer):
    notice = prepare_reminder(case=case, by=officer, on=DAY)
    with pytest.raises(ReasonMissing):
        cancel_reminder(notice=notice, reason=" ", by=officer, on=DAY)

    cancel_reminder(notice=notice, reason="ошибка в адресе", by=officer, on=DAY)

    case.refresh_from_db()
    assert (case.stage, case.next_action) == (Stage.OPENED, "prepare_reminder")
    assert prepare_reminder(case=case, by=officer, on=DAY).number == 2


def test_a_hold_refuses_with_its_reason_and_law(case, officer):
    place_hold(case=case, kind="subsidy", reason="подано заявление", until=dt.date(2024, 4, 1), by=officer, on=DAY)
    case.refresh_from_db()

    with pytest.raises(ReminderRefused, match=r"приостановлено до 01.04.2024 \(рассматривается субсидия\).*ЖК РФ"):
        prepare_reminder(case=case, by=officer, on=DAY)


@pytest.mark.parametrize(("flag", "why"), [("deceased", "должник умер"), ("bankrupt", "должник банкрот")])
def test_no_reminder_to_the_dead_or_bankrupt(case, officer, flag, why):
    set_flag(case=case, kind=flag, reason="справка", by=officer, on=DAY)
    case.refresh_from_db()

    with pytest.raises(ReminderRefused, match=why):
        prepare_reminder(case=case, by=officer, on=DAY)


@pytest.mark.parametrize(("asked_on", "refused"), [(dt.date(2024, 4, 4), False), (dt.date(2024, 4, 5), True)])
def test_nothing_is_sent_on_stale_payments(case, officer, asked_on, refused):
    """The newest payment is of 29 February; 35 days are allowed."""
    found = preview_reminders(cases=CaseFile.objects.all(), by=officer, on=asked_on)

    assert bool(found.refused) is refused
    assert not refused or "Оплаты устарели: последняя известная 29.02.2024" in found.refused[0][1]


def test_a_reader_and_a_clerk_may_not(case, auditor, clerk):
    for person in (auditor, clerk):
        with pytest.raises(ReminderRefused, match="Нужно право «вести дела»"):
            prepare_reminder(case=case, by=person, on=DAY)


def test_many_at_once_tell_of_the_refused_and_do_the_rest(osen, officer):
    for number in ("1", "2", "3"):
        cases.case_of(cases.billed(osen, number, on=DAY), DAY)
    held = CaseFile.objects.get(number=2)
    place_hold(case=held, kind="dispute", reason="спор", by=officer, on=DAY)

    found = prepare_reminders(cases=CaseFile.objects.all(), by=officer, on=DAY)

    assert [notice.number for notice in found.notices] == [1, 2]
    assert [case.number for case, _ in found.refused] == [2]
    assert found.total == sum(PreTrialNotice.objects.values_list("total", flat=True))
    assert PreTrialNotice.history.count() == 2
    sent = send_reminders(notices=found.notices, channel="post", by=officer, on=DAY)
    assert len(sent.notices) == 2 and not sent.refused


def test_preparing_takes_a_fixed_number_of_statements(osen, officer, django_assert_max_num_queries):
    def cost(prefix, count):
        for number in range(count):
            cases.case_of(cases.billed(osen, f"{prefix}{number}", on=DAY), DAY)
        chosen = list(CaseFile.objects.filter(stage=Stage.OPENED))
        with django_assert_max_num_queries(45) as captured:
            assert len(prepare_reminders(cases=chosen, by=officer, on=DAY).notices) == count
        return len(captured)

    cost("warm-up", 1)
    assert cost("a", 1) == cost("b", 6)


def test_handing_over_takes_a_fixed_number_of_statements(osen, officer, django_assert_max_num_queries):
    def cost(prefix, count):
        for number in range(count):
            cases.case_of(cases.billed(osen, f"{prefix}{number}", on=DAY), DAY)
        notices = prepare_reminders(cases=CaseFile.objects.filter(stage=Stage.OPENED), by=officer, on=DAY).notices
        with django_assert_max_num_queries(30) as captured:
            assert len(send_reminders(notices=notices, channel="post", by=officer, on=DAY).notices) == count
        return len(captured)

    cost("warm-up", 1)
    assert cost("a", 1) == cost("b", 5)
    assert PreTrialNotice.history.filter(state="sent").count() == 7
