"""Writs that a bailiff department holds at a month's end, as known at a moment."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from casedesk.access.models import Organisation
from casedesk.common import months
from enforcement.models import EnforcementProceeding, Presentation, Writ
from enforcement.queries.reconciliation_money import known


def held_writs(department: Organisation, month: int, known_at: dt.datetime) -> QuerySet[Writ]:
    """Presented to the department or in a proceeding of it, and not ended by the month's last day."""
    last = months.last_day(month)
    going_on = Q(ended_on__isnull=True) | Q(ended_on__gt=last)
    here = {"writ": OuterRef("pk"), "department": department}
    presented = Presentation.objects.filter(going_on, sent_on__lte=last, recorded_at__lte=known_at, **here)
    opened = EnforcementProceeding.objects.filter(going_on, known("booking__", known_at), opened_on__lte=last, **here)
    return Writ.objects.filter(Exists(presented) | Exists(opened))
