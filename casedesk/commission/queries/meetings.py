"""Meetings read for lists."""

from django.db.models import Count, Q, QuerySet

from casedesk.commission.models import Meeting
from casedesk.commission.rules.words import Came, Outcome


def with_figures(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Meetings with how many cases were listed (`heard`), debtors came, decisions were adopted."""
    came = Q(items__came__in=[Came.CAME, Came.REPRESENTED])
    return meetings.annotate(
        heard=Count("items", distinct=True),
        came=Count("items", filter=came, distinct=True),
        adopted=Count("items__decisions", filter=Q(items__decisions__outcome=Outcome.ADOPTED), distinct=True),
    )
