"""Debtors who can be reached, strategies of a step or two, campaigns that have run."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import User
from debtors.actions.send_campaign import send_campaign
from debtors.actions.set_contact_strategy import set_strategy
from debtors.actions.start_campaign import start_campaign
from debtors.models import Campaign, CaseFile
from debtors.rules.contact_ladder import LadderStep
from tests.factories import cases

DAY = dt.date(2024, 3, 21)
NOON = dt.datetime(2024, 3, 21, 9, 0, tzinfo=dt.UTC)
SMS = LadderStep("sms", "Сообщение", "sms", 0, "{взыскатель}: долг {сумма} руб., л/с {счёт}, до {срок}", before_court=False)
LETTER = LadderStep("letter", "Письмо", "post", 5)
CALL = LadderStep("call", "Робот", "autodial", 3, "Долг {сумма} рублей")
MAIL = LadderStep("mail", "Почта", "email", 0, "Долг {сумма} руб.")


def debtor_case(creditor, number: str = "500", *, on: dt.date = DAY, phone: str = "", email: str = "", **fields) -> CaseFile:
    """A case over a real ledger, with a person who has these addresses."""
    owed = cases.billed(creditor, number, on=on, **fields)
    person = cases.debtor(owed, f"Должник {number}")
    person.phone, person.email = phone, email
    person.save()
    return cases.case_of(owed, on)


def strategy(creditor, officer: User, *steps: LadderStep, on: dt.date = DAY):
    return set_strategy(creditor=creditor, steps=steps or (SMS, LETTER), name="Проба", pay_days=10, by=officer, on=on)


def started(creditor, officer: User, *, on: dt.date = DAY, only=()) -> Campaign:
    """A campaign whose job has not run."""
    return start_campaign(creditor=creditor, by=officer, on=on, at=NOON, only=only)


def run(campaign: Campaign, officer: User, *, at: dt.datetime = NOON, progress=lambda *told: None) -> Campaign:
    """What the campaign's job does, at the moment."""
    fresh = Campaign.objects.select_related("creditor", "strategy", "post_run", "hand_run").get(pk=campaign.pk)
    return send_campaign(campaign=fresh, by=officer, progress=progress, now=lambda: timezone.localtime(at))


def sent(creditor, officer: User, **options) -> Campaign:
    return run(started(creditor, officer, **options), officer)
