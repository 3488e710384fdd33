"""Restrictions of electricity and hot water in the demo: prepared, warned, limited, one day after another."""

import datetime as dt

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from debtors.actions.follow_restriction import limit, warn_many
from debtors.actions.start_restrictions import start_restrictions
from debtors.models import Service, ServiceRestriction
from debtors.queries.restrictions import likely_cases

AT_ONCE = 8
CUTTABLE = ("electricity", "hot_water", "sewerage")


def day_of(officer: User, creditor: Organisation, on: dt.date) -> None:
    """Those warned long ago are limited, those prepared are warned, a few more are prepared."""
    mine = ServiceRestriction.objects.filter(creditor=creditor)
    for one in mine.filter(next_action="limit", next_from__lte=on).order_by("number")[: AT_ONCE // 2]:
        _try(limit, restriction=one, present="слесарь Ким А. В.", by=officer, on=on, today=on)
    prepared = list(mine.filter(state="prepared").order_by("number"))
    warn_many(restrictions=prepared, channel="post", proof=f"реестр от {on:%d.%m.%Y}", by=officer, on=on, today=on)
    for service in Service.objects.filter(code__in=CUTTABLE):
        cases = likely_cases(creditor=creditor, service=service, most=AT_ONCE)
        _try(start_restrictions, cases=cases, service=service, by=officer, on=on, at=timezone.now())


def _try(action, **given) -> None:
    """A step that the town's chance data may forbid is passed over: the demo shows, it does not prove."""
    try:
        action(**given)
    except Refusal:
        return
