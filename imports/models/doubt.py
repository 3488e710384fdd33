"""Facts of a file that disagree with the ledger: booked only when a person says so."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField


class Doubt(models.Model):
    """One disagreement between a file and the ledger (расхождение), for one account.

    Accepting books the difference `file_sum - ledger_sum`; dismissing leaves the ledger as it is. `service` is empty when
    the sums are of the whole account.
    """

    class Kind(models.TextChoices):
        OPENING_DIFFERS = "opening_differs", "входящее сальдо не сходится"
        CHARGE_DIFFERS = "charge_differs", "начисление уже проведено другой суммой"

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", "проведено по файлу"
        DISMISSED = "dismissed", "оставлено как в системе"

    class QuerySet(ScopedQuerySet):
        creditor_path = "batch__creditor"

        def waiting(self):
            """Doubts that nobody has decided yet, of batches that stand."""
            return self.filter(decision="", batch__status__in=["applied", "nothing_new"])

    batch = models.ForeignKey("imports.ImportBatch", on_delete=models.CASCADE, related_name="doubts")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.CASCADE, related_name="+")
    service = models.ForeignKey("debtors.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    month = MonthField()
    ledger_sum = KopeckField()
    file_sum = KopeckField()
    row = models.PositiveIntegerField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="doubt_decided_when_decided",
                condition=Q(decision="", decided_at__isnull=True) | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"

    @property
    def difference(self) -> int:
        """Kopecks that accepting would add to the debt."""
        return self.file_sum - self.ledger_sum
