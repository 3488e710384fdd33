"""Facts of a file that disagree with the ledger: booked only when a person says so."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField


class Doubt(models.Model):
    """One disagreement between a file and the ledger (расхождение), for one account.

    Accepting books the difference `file_sum - ledger_sum`; dismissing leaves the ledger as it is. `service` is empty when
    the sums are of the whole account. A payment of a register that a bank document seems to have brought already keeps what
    booking it needs: its day, channel, document and designated month, and the booking (`stands_on`) it would repeat.
    """

    class Kind(models.TextChoices):
        OPENING_DIFFERS = "opening_differs", "входящее сальдо не сходится"
        CHARGE_DIFFERS = "charge_differs", "начисление уже проведено другой суммой"
        PAID_ELSEWHERE = "paid_elsewhere", "такой же платёж есть в выписке"

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
    paid_on = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=10, blank=True)
    document = models.CharField(max_length=60, blank=True)
    designated_month = MonthField(null=True, blank=True)
    stands_on = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
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
            models.CheckConstraint(
                name="a_doubted_payment_has_its_day",
                condition=Q(kind="paid_elsewhere", paid_on__isnull=False, stands_on__isnull=False)
                | (~Q(kind="paid_elsewhere") & Q(paid_on__isnull=True, stands_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"

    @property
    def difference(self) -> int:
        """Kopecks that accepting would add to the debt."""
        if self.kind == self.Kind.PAID_ELSEWHERE:
            return -self.file_sum
        return self.file_sum - self.ledger_sum
