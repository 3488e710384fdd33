"""Holds and flags: what stops a case for a time, and what everybody who opens it must know."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from debtors.models.case_file import CaseFile
from debtors.rules.stages import FLAG_NAMES, HOLD_NAMES, choices


class Hold(models.Model):
    """A stop of work on a case (приостановка): typed, with a reason, from a day to a day.

    `valid_to` is the first day without it. A hold with an end needs nobody to lift it; one without an end is reviewed.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "case__creditor"

        def not_lifted(self) -> "Hold.QuerySet":
            return self.filter(lifted_on__isnull=True)

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=20, choices=choices(HOLD_NAMES))
    reason = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lift_reason = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                name="hold_ends_after_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(
                name="hold_lifted_on_and_by_go_together",
                condition=Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} с {self.valid_from:%d.%m.%Y}"

    def in_force(self, day) -> bool:
        return self.lifted_on is None and self.valid_from <= day and (self.valid_to is None or self.valid_to > day)


class CaseFlag(models.Model):
    """A mark on a case (отметка): malicious defaulter, deceased, bankrupt, hardship, disputed."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "case__creditor"

        def in_force(self) -> "CaseFlag.QuerySet":
            return self.filter(valid_to__isnull=True)

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="case_flags")
    kind = models.CharField(max_length=20, choices=choices(FLAG_NAMES))
    reason = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], condition=Q(valid_to__isnull=True), name="one_live_flag_per_kind"),
            models.CheckConstraint(
                name="flag_ends_not_before_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
