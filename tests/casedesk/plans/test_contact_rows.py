"""Rows of the plans about contact with debtors: each figure is the total of its list and opens it."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.models import Plan
from casedesk.plans.queries.question import Question, Reach
from debtors.actions.plan_round import Doors, add_doors, hold_round, plan_round
from debtors.actions.prepare_reminder import prepare_reminder
from debtors.actions.record_round_visit import DoorTold, record_round_visit
from debtors.actions.send_reminder import send_reminder
from debtors.actions.settle_contacts import record_call
from debtors.actions.take_results import take_results
from tests.factories import contact
from tests.factories.contact import DAY

pytestmark = pytest.mark.django_db
MARCH = months.of(DAY)
DUE = dt.date(2024, 3, 28)
OVERDUE = 5 * 550_000


def held(code: str, row: str, totals: tuple) -> None:
    """The figure of March, equal to its list; nothing in April; wired in a plan."""
    indicator, march = catalogue.get(code), Question(MARCH, Reach())
    assert indicator.totals(march) == totals
    assert catalogue.total_of(indicator.facts(march), len(totals)) == totals
    assert indicator.value(Question(MARCH + 1, Reach())) == 0
    assert Plan.objects.filter(sections__measures__row=row, sections__measures__uses__indicator=code).exists()


def test_row_l3_talks_by_phone_and_at_the_door(osen, officer):
    """L3: debtors told in person, by phone, on rounds; who did not answer is not told."""
    first = contact.debtor_case(osen, "501", address_text="ул. Мира, д. 1, кв. 1")
    record_call(case=first, reached=True, words="обещал", by=officer, on=DAY, promised=100_000, promised_on=DUE)
    second = contact.debtor_case(osen, "502", address_text="ул. Мира, д. 1, кв. 2")
    record_call(case=second, reached=False, words="не ответил", by=officer, on=DAY)
    one = plan_round(creditor=osen, planned_on=DAY, walkers="Петров", by=officer)
    add_doors(round_=one, doors=Doors(), by=officer)
    told = DoorTold("promised", promised_on=DUE, promised=50_000)
    record_round_visit(stop=one.stops.get(), told=told, by=officer, on=DAY)
    hold_round(round_=one)

    held("contacts.in_person", "L3", (2, 1, 1, 150_000))
    held("contacts.rounds", "L3", (1, 1, 1, 0))


def test_row_p25_messages_and_robot_calls_with_their_results(osen, officer, settings, tmp_path):
    """P2.5: automatic notices counted with delivery."""
    settings.SMS_URL, settings.MEDIA_ROOT = "local:", tmp_path
    for number in ("501", "502"):
        contact.debtor_case(osen, number, phone=f"+79000000{number}")
    contact.strategy(osen, officer, contact.SMS)
    campaign = contact.sent(osen, officer)
    item = campaign.contacts.first()
    file = f"Ключ;Статус\n{item.key};Доставлено\n".encode()
    take_results(campaign=campaign, channel="sms", name="sms.csv", content=file, by=officer, on=DAY)

    held("contacts.automatic", "P2.5", (2, 1, 0, 2 * OVERDUE))


def test_row_p23_reminders_handed_over(osen, officer):
    """P2.3: the pre-court reminder counts when it is handed over, not when it is printed."""
    case = contact.debtor_case(osen, "501")
    notice = prepare_reminder(case=case, by=officer, on=DAY)
    assert catalogue.get("contacts.reminders").value(Question(MARCH, Reach())) == 0
    send_reminder(notice=notice, channel="by_hand", by=officer, on=DAY)
    held("contacts.reminders", "P2.3", (1, OVERDUE))
