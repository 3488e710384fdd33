"""Outreach and letter recipients for `tests/world.py`."""

import datetime as dt

from casedesk.access.models import Organisation, User
from debtors.models import LetterRecipient
from tests.factories import outreach

DAY = dt.date(2024, 3, 21)


def an_event(creditor: Organisation, officer: User) -> dict:
    return {"pk": outreach.recorded(creditor, officer, on=DAY, citizen="Иванов И. И.").pk}


def a_recipient(creditor: Organisation, officer: User) -> dict:
    return {"pk": LetterRecipient.objects.create(creditor=creditor, kind="employer", name="МУП «Порт»").pk}


OUTREACH_OBJECTS = {"outreach": an_event, "recipients": a_recipient, "api/outreach": an_event}
