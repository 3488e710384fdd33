"""How much unplaced money a creditor lets stand when it closes a month."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField


class SuspenseLimit(models.Model):
    """A creditor's limit of suspense (предел невыясненных): a month with more of it cannot be closed. No row: no limit."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.OneToOneField("access.Organisation", on_delete=models.CASCADE, related_name="suspense_limit")
    amount = KopeckField()
    changed_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(name="suspense_limit_not_negative", condition=Q(amount__gte=0))]

    def __str__(self) -> str:
        return f"{self.creditor}: {self.amount}"
