"""How much of the accounts' debt stood in court on a day, as known at a moment (plan row Z6b)."""

import datetime as dt

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from enforcement.models import ClaimLine, CourtEvent
from enforcement.rules.claim_stages import FREED, ORDERS
from enforcement.rules.court_events import BY_CODE

MOVING = {code: {target for _, target in kind.paths} for code, kind in BY_CODE.items()}
FREEING = [code for code, targets in MOVING.items() if targets and targets <= FREED]
FREEING_ORDERS = [code for code, targets in MOVING.items() if targets & FREED and not targets <= FREED]
"""They end an order, while a lawsuit is heard anew."""


def held_in_court(accounts: QuerySet | None, *, as_of: dt.date, known_at: dt.datetime | None = None) -> dict[int, int]:
    """Account -> kopecks of claims that were filed by the day and not returned, set aside or withdrawn by then. One query.

    `accounts`: None for all.
    """
    events = CourtEvent.objects.filter(happened_on__lte=as_of, reverses__isnull=True)
    events = _standing(events, known_at)
    filed = events.filter(code="filed").values("claim")
    last = events.filter(claim=OuterRef("claim"), code__in=list(MOVING)).order_by("-happened_on", "-pk").values("code")[:1]
    lines = ClaimLine.objects.filter(claim__in=filed).annotate(last=Subquery(last))
    lines = lines if accounts is None else lines.filter(account__in=accounts)
    lines = lines.exclude(Q(last__in=FREEING) | Q(last__in=FREEING_ORDERS, claim__kind__in=[str(kind) for kind in ORDERS]))
    return dict(lines.order_by().values_list("account_id").annotate(Sum(F("amount"))))


def _standing(events: QuerySet, known_at: dt.datetime | None) -> QuerySet:
    if known_at is None:
        return events.filter(reversed_by__isnull=True)
    return events.filter(recorded_at__lte=known_at).exclude(reversed_by__recorded_at__lte=known_at)
