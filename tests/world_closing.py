"""A closed month whose opening is asked for, as `tests/world.py` keeps one of each thing."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.common import months
from debtors.actions.close_month import ask_reopening, close_month

MONTH = months.parse("2024-01")


def a_month(creditor: Organisation, officer: User) -> dict:
    return {"pk": creditor.pk, "month": MONTH}


def a_closing(creditor: Organisation, officer: User) -> dict:
    at = timezone.now()
    closing = close_month(creditor=creditor, month=MONTH, by=officer, at=at, on=dt.date(2024, 2, 5), note="начислений нет")
    ask_reopening(closing=closing, reason="не та ведомость", by=officer, at=at)
    return {"pk": closing.pk}


CLOSING_OBJECTS = {"months": a_month, "closings": a_closing, "api/closed-months": a_closing}
