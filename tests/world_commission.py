"""A commission and what it hears, for `tests/world.py`."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.commission.actions.compose import form_group
from casedesk.commission.actions.summon import prepare_summonses
from casedesk.commission.models import Decision, Summons
from casedesk.plans.actions.freeze_commission_report import freeze_commission_report
from casedesk.plans.rules.spans import Span, period_of
from tests.factories import commissions


def a_commission(creditor: Organisation, officer: User) -> dict:
    return {"pk": commissions.commission().pk}


def a_seat(creditor: Organisation, officer: User) -> dict:
    return {"pk": commissions.seat(commissions.commission(), "member").pk}


def a_group(creditor: Organisation, officer: User) -> dict:
    room = commissions.commission()
    lead = commissions.seat(room, "deputy")
    made = form_group(commission=room, name="Дома", purpose="Обходы", lead=lead, members=[], on=commissions.SINCE, by=None)
    return {"pk": made.pk}


def a_meeting(creditor: Organisation, officer: User) -> dict:
    return {"pk": commissions.closed(commissions.commission(), commissions.case(creditor)).pk}


def an_item(creditor: Organisation, officer: User) -> dict:
    return {"pk": commissions.opened(commissions.commission(), commissions.case(creditor)).items.get().pk}


def a_summons(creditor: Organisation, officer: User) -> dict:
    room = commissions.commission()
    meeting = commissions.listed(room, commissions.case(creditor))
    prepare_summonses(meeting=meeting, by=commissions.user(room, "secretary"), on=commissions.DAY)
    return {"pk": Summons.objects.get(item__meeting=meeting).pk}


def a_case_for_it(creditor: Organisation, officer: User) -> dict:
    commissions.commission()
    return {"pk": commissions.case(creditor).pk}


def a_decision(creditor: Organisation, officer: User) -> dict:
    meeting = commissions.signed(commissions.commission(), commissions.case(creditor))
    return {"pk": Decision.objects.get(item__meeting=meeting).pk}


def a_report(creditor: Organisation, officer: User) -> dict:
    period = period_of(Span.MONTH, 2024 * 12 + 1)
    asked = {"period": period, "by": officer, "at": timezone.now(), "on": dt.date(2024, 4, 1)}
    return {"pk": freeze_commission_report(commission=commissions.commission(), **asked).pk, "form": "xlsx"}


COMMISSION_OBJECTS = {
    "commission-reports": a_report,
    "api/commission-reports": a_report,
    "commissions": a_commission,
    "commission-groups": a_group,
    "commission-seats": a_seat,
    "commission-meetings": a_meeting,
    "commission-items": an_item,
    "commission-summonses": a_summons,
    "commission-cases": a_case_for_it,
    "commission-decisions": a_decision,
    "api/commission-meetings": a_meeting,
    "api/commission-decisions": a_decision,
    "api/commission-items": an_item,
}
