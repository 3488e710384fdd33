"""Months that a creditor has closed, and how a closed one is opened again: asked by one person, done by another."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common import months
from casedesk.common.fields import MonthField


class MonthClosing(models.Model):
    """A month closed by a creditor (закрытый месяц): from `closed_at` on, what is learnt about it is late.

    The figures of the moment are kept beside it. A late fact keeps its own business day and is known only later, so ageing
    `known_on=closed_at` goes on giving these figures, and today's ageing differs from them exactly by the late facts.
    A closing stands until a second person reopens it; it then stays as it was, and the month may be closed once more.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def standing(self) -> "MonthClosing.QuerySet":
            """Closings in force: what plans may take for final."""
            return self.filter(reopened_at__isnull=True)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="closed_months")
    month = MonthField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(help_text="Ageing on the month's last day, as it stood when the month was closed")
    remarks = models.JSONField(default=list, blank=True, help_text="What was missing when the month was closed, in words")
    note = models.CharField(max_length=500, blank=True, help_text="Why it was closed over the remarks")
    reopening_asked_at = models.DateTimeField(null=True, blank=True)
    reopening_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reopening_reason = models.CharField(max_length=500, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords(excluded_fields=["figures"])

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-closed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["creditor", "month"], condition=Q(reopened_at__isnull=True), name="a_month_is_closed_once"
            ),
            models.CheckConstraint(
                name="a_reopening_is_asked_with_its_reason",
                condition=Q(reopening_asked_at__isnull=True, reopening_asked_by__isnull=True, reopening_reason="")
                | Q(reopening_asked_at__isnull=False, reopening_asked_by__isnull=False) & ~Q(reopening_reason=""),
            ),
            models.CheckConstraint(
                name="a_month_is_reopened_by_another",
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False, reopening_asked_by__isnull=False)
                & ~Q(reopened_by=F("reopening_asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creditor}: {months.named(self.month)}"

    @property
    def last_day(self) -> dt.date:
        return months.last_day(self.month)

    @property
    def is_standing(self) -> bool:
        return self.reopened_at is None
