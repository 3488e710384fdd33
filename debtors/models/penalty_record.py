"""Penalties that were counted and put on record: for a claim, a notice, an act. The record outlives the principal.

A counted penalty vanishes when facts change; a recorded one stays with its lines, its norms and its author, and its sum
is booked on the account (service «Пени к взысканию»), the growth since the record before it, never twice.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models.booking import Booking
from debtors.models.case_file import CaseFile


class PenaltyRecord(models.Model):
    """One calculation kept (зафиксированный расчёт пени). Never edited: a newer one follows it."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "case__creditor"

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="penalty_records")
    through = models.DateField(help_text="The last day counted")
    total = KopeckField(help_text="Penalty of all months through the day")
    booked = KopeckField(help_text="What this record added to those before it; negative when facts lowered the penalty")
    booking = models.OneToOneField(Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="penalty_record")
    lines = models.JSONField(help_text="Per account, service and month: open, penalty")
    sources = models.JSONField(help_text="Every value of the norm base that was used, with its act and confidence")
    warnings = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(name="penalty_record_books_its_growth", condition=Q(booked=0) ^ Q(booking__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"пени по {self.through:%d.%m.%Y}"
