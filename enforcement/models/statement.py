"""What sources said of a proceeding, each as of its day. The proceeding's own columns are these facts folded by day."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from enforcement.models.bailiff_reply import BailiffReplyRow
from enforcement.models.proceeding import EnforcementProceeding
from enforcement.models.ruling import BailiffRuling


class ProceedingStatement(models.Model):
    """One source's word on a proceeding (сведения о производстве). `said` holds only the columns that it speaks of.

    Statements are appended and go with their booking. An older one never wins over a later one, whatever came in first.
    """

    class Source(models.TextChoices):
        KNOWN = "known", "было учтено в системе"
        REPLY = "reply", "ответ отдела"
        DATA_BANK = "data_bank", "банк данных"
        RULING = "ruling", "постановление"

    class QuerySet(ScopedQuerySet):
        creditor_path = "proceeding__writ__creditor"
        department_path = "proceeding__department"

        def live(self) -> "ProceedingStatement.QuerySet":
            """Statements whose booking stands."""
            return self.filter(Q(booking__isnull=True) | Q(booking__undone_at__isnull=True))

    proceeding = models.ForeignKey(EnforcementProceeding, on_delete=models.CASCADE, related_name="statements")
    source = models.CharField(max_length=10, choices=Source)
    as_of = models.DateField()
    said = models.JSONField(default=dict)
    reply_row = models.ForeignKey(BailiffReplyRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ruling = models.ForeignKey(BailiffRuling, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["as_of", "id"]

    def __str__(self) -> str:
        return f"{self.get_source_display()} на {self.as_of:%d.%m.%Y}"
