"""Two rules that no road goes round: nothing is demanded by stale payments, nobody is turned to more often than allowed.

Roads: a campaign at its start and at the minute of sending (letters, messages, lists), one reminder, many, a pre-trial notice,
a warning of restriction, a letter to an institution, a call, a door, the API.
"""

import datetime as dt

import pytest

from casedesk.documents.models import Document
from debtors.actions.make_papers import PaymentsTooOld, paper_on_case
from debtors.actions.plan_round import Doors, NobodyToVisit, add_doors, plan_round
from debtors.actions.prepare_reminder import ReminderRefused, prepare_reminder, prepare_reminders
from debtors.actions.record_round_visit import DoorTold, record_round_visit
from debtors.actions.set_contact_strategy import set_limits
from debtors.actions.settle_contacts import ContactTooOften, record_call
from debtors.actions.start_campaign import PaymentsAreStale
from debtors.actions.start_restrictions import NothingToRestrict, start_restrictions
from debtors.actions.write_to_heads import preview_letters
from debtors.models import Campaign, Contact, LetterRecipient, PreTrialNotice, Service, ServiceRestriction
from tests.factories import cases, contact
from tests.factories.contact import CALL, DAY, NOON, SMS

pytestmark = pytest.mark.django_db
PAID = dt.date(2024, 2, 29)
FRESH = PAID + dt.timedelta(days=35)
STALE = FRESH + dt.timedelta(days=1)
WORDS = "Оплаты устарели: последняя известная 29.02.2024, допустимо 35 дн. Загрузите свежий реестр оплат."


@pytest.mark.parametrize(
    "step", [SMS, contact.LadderStep("call", "Робот", "autodial", 0, CALL.text), contact.LadderStep("letter", "П", "post", 0)]
)
def test_a_campaign_that_goes_on_after_payments_grew_old_sends_nothing_more(case, osen, officer, step):
    """Started by fresh payments, interrupted, let go on weeks later: asked anew as of that day, whatever the channel."""
    contact.strategy(osen, officer, step)
    campaign = contact.started(osen, officer)
    done = contact.run(campaign, officer, at=NOON + (STALE - DAY))

    item = done.contacts.get()
    assert (item.state, item.why) == ("left_out", WORDS)
    assert not PreTrialNotice.objects.exists() and not Document.objects.exists()


def test_on_the_last_fresh_day_it_still_goes(case, osen, officer):
    contact.strategy(osen, officer, contact.LadderStep("letter", "П", "post", 0))
    campaign = contact.started(osen, officer)
    item = contact.run(campaign, officer, at=NOON + (FRESH - DAY)).contacts.get()
    assert (item.state, item.notice.prepared_on) == ("ready", FRESH), "the letter is of the day it is made"


def test_a_campaign_does_not_start(case, osen, officer):
    contact.strategy(osen, officer)
    contact.started(osen, officer, on=FRESH)
    Campaign.objects.update(state="done")
    with pytest.raises(PaymentsAreStale, match="Загрузите свежий реестр оплат"):
        contact.started(osen, officer, on=STALE)


def test_one_reminder_and_many_are_refused(case, officer):
    with pytest.raises(ReminderRefused) as refused:
        prepare_reminder(case=case, by=officer, on=STALE)
    assert refused.value.message == WORDS
    assert [why for _, why in prepare_reminders(cases=[case], by=officer, on=STALE).refused] == [WORDS]
    assert prepare_reminder(case=case, by=officer, on=FRESH).number == 1


def test_a_demand_is_not_printed_and_a_statement_is(case, officer):
    with pytest.raises(PaymentsTooOld) as refused:
        paper_on_case(case=case, kind="pre_trial_notice", by=officer, on=STALE)
    assert refused.value.message == WORDS
    assert paper_on_case(case=case, kind="debt_statement", by=officer, on=STALE).number == 1


def test_nobody_is_warned_of_a_restriction(case, officer):
    electricity = Service.objects.get(code="electricity")
    with pytest.raises(NothingToRestrict, match="Оплаты устарели"):
        start_restrictions(cases=[case.pk], service=electricity, by=officer, on=STALE, at=NOON)
    assert not ServiceRestriction.objects.exists()


def test_an_institution_is_not_told_a_sum_and_an_employer_gets_the_letter_without_one(osen):
    owed = cases.billed(osen, "800", on=DAY, holder="Школа", category="municipal_institution")
    head = {"creditor": osen, "head_name": "Сидорова Анна Петровна"}
    school = LetterRecipient.objects.create(kind="institution", name="Школа", **head)
    school.accounts.add(owed)
    port = LetterRecipient.objects.create(kind="employer", name="Порт", **head)
    found = preview_letters(recipients=[school, port], on=STALE)
    assert found.refused == [(school, WORDS)]
    assert [recipient for recipient, _ in found.letters] == [port]


def test_a_second_call_is_too_often_and_so_is_the_robots(osen, officer):
    """The robot and the officer share one limit: calls of a day."""
    case = contact.debtor_case(osen, phone="+79000000001")
    set_limits(creditor=osen, by=officer, on=DAY, calls_day=1)
    record_call(case=case, reached=False, words="не ответил", by=officer, on=DAY)
    with pytest.raises(ContactTooOften, match=r"предел за день: звонков 1 из 1\. Дождитесь другого дня"):
        record_call(case=case, reached=True, words="дома", by=officer, on=DAY)

    contact.strategy(osen, officer, contact.LadderStep("call", "Робот", "autodial", 0, CALL.text))
    assert contact.sent(osen, officer).left_out == [["предел за день", 1, 5 * 550_000]]


def test_the_robot_first_and_the_officer_is_stopped(osen, officer):
    case = contact.debtor_case(osen, phone="+79000000001")
    set_limits(creditor=osen, by=officer, on=DAY, calls_day=1)
    contact.strategy(osen, officer, contact.LadderStep("call", "Робот", "autodial", 0, CALL.text))
    contact.sent(osen, officer)
    with pytest.raises(ContactTooOften):
        record_call(case=case, reached=True, words="дома", by=officer, on=DAY)


def test_the_limit_is_of_the_person_whatever_the_case(osen, officer):
    first = contact.debtor_case(osen, "501", phone="+79000000001")
    second = contact.debtor_case(osen, "502", phone="+79000000002")
    second.debtor_links.update(debtor=first.debtor_links.get().debtor)
    set_limits(creditor=osen, by=officer, on=DAY, calls_day=1)
    record_call(case=first, reached=True, words="дома", by=officer, on=DAY)
    with pytest.raises(ContactTooOften):
        record_call(case=second, reached=True, words="дома", by=officer, on=DAY)


def test_a_call_made_while_the_list_waited_stops_the_robot(osen, officer):
    """The list was made in the morning; an officer called at noon; the register of the afternoon leaves the debtor out."""
    case = contact.debtor_case(osen, phone="+79000000001")
    set_limits(creditor=osen, by=officer, on=DAY, calls_day=1)
    contact.strategy(osen, officer, contact.LadderStep("call", "Робот", "autodial", 0, CALL.text))
    campaign = contact.started(osen, officer)

    class Stopped(BaseException):
        pass

    def stop(*told):
        raise Stopped

    with pytest.raises(Stopped):
        contact.run(campaign, officer, progress=stop)
    record_call(case=case, reached=True, words="дома", by=officer, on=DAY)
    item = contact.run(campaign, officer).contacts.get()
    assert (item.state, item.why) == ("left_out", "предел за день: звонков 1 из 1")


def test_a_second_visit_in_the_week_is_too_often(osen, officer):
    """Not planned once the first was made, and not recorded when both rounds were planned before it."""
    contact.debtor_case(osen, address_text="ул. Мира, д. 1, кв. 1")
    days = (DAY, DAY + dt.timedelta(days=6))
    first, second = (plan_round(creditor=osen, planned_on=on, walkers="Петров", by=officer) for on in days)
    for one in (first, second):
        add_doors(round_=one, doors=Doors(), by=officer)
    record_round_visit(stop=first.stops.get(), told=DoorTold("talked"), by=officer, on=DAY)
    with pytest.raises(ContactTooOften, match="предел за неделю"):
        record_round_visit(stop=second.stops.get(), told=DoorTold("talked"), by=officer, on=days[1])

    third = plan_round(creditor=osen, planned_on=days[1], walkers="Петров", by=officer)
    with pytest.raises(NobodyToVisit, match="предел за неделю: 1"):
        add_doors(round_=third, doors=Doors(), by=officer)


@pytest.mark.parametrize("road", ["campaigns", "contacts", "promises", "rounds"])
def test_a_program_cannot_send_anything(client, officer, road):
    client.force_login(officer)
    assert client.post(f"/api/{road}/", {}, content_type="application/json").status_code == 405


def test_letters_are_not_counted_against_the_limits_of_calls(osen, officer):
    case = contact.debtor_case(osen, phone="+79000000001")
    set_limits(creditor=osen, by=officer, on=DAY, calls_day=1)
    contact.strategy(osen, officer, contact.LadderStep("letter", "П", "post", 0))
    contact.sent(osen, officer)
    assert record_call(case=case, reached=True, words="дома", by=officer, on=DAY).state == "delivered"
    assert Contact.objects.count() == 2
