"""The dry run: who would get what, who is left out and why. Nothing is written."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from debtors.actions.make_promise import make_promise
from debtors.actions.place_hold import place_hold
from debtors.actions.prepare_reminder import prepare_reminder
from debtors.actions.set_contact_strategy import StrategyStartsTooEarly, set_limits, set_strategy
from debtors.actions.set_flag import set_flag
from debtors.models import Contact, ContactStrategy, OpeningRule
from debtors.models.contact_strategy import VersionIsFinal
from debtors.queries.contact_plan import plan_contacts
from tests.factories import cases, contact
from tests.factories.contact import CALL, DAY, LETTER, MAIL, SMS

pytestmark = pytest.mark.django_db
OVERDUE = 5 * 550_000


def plan(creditor, on=DAY, **options):
    return plan_contacts(
        creditor=creditor, strategy=ContactStrategy.objects.in_force(creditor=creditor, on=on), on=on, **options
    )


def why(creditor, on=DAY) -> str:
    found = plan(creditor, on)
    assert not found.goes
    return found.left_out[0].why


def test_the_plan_names_the_step_the_sum_of_the_ledger_and_the_address(case, osen, officer):
    contact.strategy(osen, officer)
    line = plan(osen).goes[0]
    assert (line.step.code, line.amount, line.address, line.addressee) == (
        "sms",
        OVERDUE,
        "+7 900 000-00-01",
        "Должник 500",
    )
    assert not Contact.objects.exists()


def test_without_a_strategy_of_its_own_the_shipped_one_serves(case, osen):
    assert plan(osen).goes[0].step.code == "sms"
    assert not ContactStrategy.objects.exists()


def test_a_hold_an_agreement_and_a_dispute_keep_a_debtor_out(case, osen, officer):
    place_hold(case=case, kind="dispute", reason="спор", by=officer, on=DAY, until=dt.date(2024, 4, 1))
    assert why(osen) == "приостановлено: спор о начислениях"
    assert plan(osen, dt.date(2024, 4, 1)).goes


def test_the_dead_the_bankrupt_and_those_who_dispute_are_not_written_to(case, osen, officer):
    set_flag(case=case, kind="deceased", reason="свидетельство", by=officer, on=DAY)
    assert "умер" in why(osen)


def test_a_promise_is_waited_for_and_no_longer(case, osen, officer):
    make_promise(case=case, amount=100_000, due_on=dt.date(2024, 3, 25), by=officer, on=DAY)
    assert why(osen) == "обещал оплатить: ждём до 25.03.2024"


def test_nothing_goes_when_payments_are_staler_than_the_creditor_allows(case, osen, officer):
    OpeningRule.objects.create(creditor=osen, valid_from=DAY, payments_fresh=10, set_by=officer)
    assert "Оплаты устарели: последняя известная 29.02.2024, допустимо 10 дн." in why(osen)


def test_the_limit_of_a_day_stops_at_the_day_before_it_lets_through(case, osen, officer):
    set_limits(creditor=osen, by=officer, on=DAY, messages_day=1, messages_week=1)
    contact.strategy(osen, officer, SMS, MAIL)
    person = case.debtor_links.get().debtor
    person.email = "a@example.org"
    person.save()
    contact.sent(osen, officer)
    assert why(osen) == "предел за день: сообщений 1 из 1"
    assert why(osen, dt.date(2024, 3, 27)) == "предел за неделю: сообщений 1 из 1"
    assert plan(osen, dt.date(2024, 3, 28)).goes[0].step.code == "mail"


def test_an_unhanded_reminder_is_not_doubled(case, osen, officer):
    contact.strategy(osen, officer, LETTER)
    prepare_reminder(case=case, by=officer, on=DAY)
    assert why(osen, dt.date(2024, 4, 1)) == "невручённое напоминание: № 1"


def test_a_channel_that_is_not_set_up_is_said_so(case, osen, officer, settings):
    settings.SMS_URL = ""
    contact.strategy(osen, officer, SMS)
    assert why(osen) == "шлюз SMS не настроен"


def test_only_the_chosen_steps_go(case, osen, officer):
    contact.strategy(osen, officer)
    found = plan(osen, only=["letter"])
    assert found.left_out[0].why == "ступень не выбрана: Сообщение"


def test_one_person_with_two_cases_is_counted_once(osen, officer):
    first = contact.debtor_case(osen, "501", phone="+79000000001")
    second = contact.debtor_case(osen, "502", phone="+79000000002")
    second.debtor_links.update(debtor=first.debtor_links.get().debtor)
    set_limits(creditor=osen, by=officer, on=DAY, messages_day=1)
    contact.strategy(osen, officer, SMS)
    found = plan(osen)
    assert (len(found.goes), found.by_reason()[0][:2]) == (1, ("предел за день", 1))


def test_figures_of_the_plan_add_up(osen, officer):
    for number in range(4):
        contact.debtor_case(osen, f"60{number}", phone="+7900000000" if number else "")
    contact.strategy(osen, officer, SMS, CALL)
    found = plan(osen)
    assert found.total == sum(kopecks for _, _, kopecks in found.by_step()) == 3 * OVERDUE
    assert [count for _, count, _ in found.by_step()] == [3, 0]
    assert found.by_reason() == [("нет адреса или номера: SMS", 1, OVERDUE)]


def test_the_plan_takes_the_same_queries_for_one_case_and_for_many(osen, officer):
    contact.strategy(osen, officer)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            plan(osen)
        return len(caught)

    contact.debtor_case(osen, "601", phone="+79000000001")
    one = asked()
    for number in range(602, 606):
        contact.debtor_case(osen, str(number), phone="+79000000001")
    assert asked() == one


def test_a_version_is_written_once_and_the_next_follows(osen, officer):
    first = contact.strategy(osen, officer)
    second = set_strategy(
        creditor=osen, steps=[SMS], name="Новая", pay_days=5, by=officer, on=DAY, valid_from=dt.date(2024, 4, 1), why="короче"
    )
    assert (first.version, second.version) == (1, 2)
    assert ContactStrategy.objects.in_force(creditor=osen, on=dt.date(2024, 3, 31)) == first
    assert ContactStrategy.objects.in_force(creditor=osen, on=dt.date(2024, 4, 1)) == second
    with pytest.raises(VersionIsFinal):
        first.save()
    with pytest.raises(StrategyStartsTooEarly):
        set_strategy(creditor=osen, steps=[SMS], name="", pay_days=5, by=officer, on=DAY, valid_from=dt.date(2024, 3, 20))


def test_a_debt_without_a_ledger_behind_it_is_not_asked_for(osen, officer):
    cases.case_of(cases.owing(osen, on=DAY), DAY)
    assert why(osen) == "просроченного долга нет"
