"""What dashboards read instead of accounts and payments: sums of whole months, kept per creditor.

Rows are caches of `debtors.queries.ageing.age` and `debtors.queries.recovery_channels.by_month` as known now, and equal them.
`CellStamp` says what was known when a month was written; `debtors.actions.derive_cells` writes anew what a later fact touches.
"""

from django.db import models

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField
from debtors.rules.recovery import RecoveryChannel


class AgedCell(models.Model):
    """Debt by age of one creditor's accounts in one house on the last day of a month. `accounts` owe something."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        territory_path = "house__territory"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    house = models.ForeignKey("debtors.House", null=True, on_delete=models.CASCADE, related_name="+")
    month = MonthField()
    total = KopeckField()
    not_yet_due = KopeckField()
    to_3 = KopeckField()
    to_12 = KopeckField()
    to_24 = KopeckField()
    to_36 = KopeckField()
    older = KopeckField()
    accounts = models.PositiveIntegerField()

    BUCKETS = ("to_3", "to_12", "to_24", "to_36", "older")
    """Columns in the order of `debtors.rules.ageing.BUCKETS`."""

    objects = QuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["month", "creditor"], name="aged_cell_by_month")]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "month", "house"], name="one_aged_cell"),
        ]


class RecoveredCell(models.Model):
    """What came back to a creditor in a month by one way, by territory. `payments` is how many lines are behind it."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        territory_path = "territory"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    territory = models.ForeignKey("access.Territory", null=True, on_delete=models.CASCADE, related_name="+")
    month = MonthField()
    channel = models.CharField(max_length=20, choices=RecoveryChannel)
    amount = KopeckField()
    payments = models.PositiveIntegerField()

    objects = QuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creditor", "month", "channel", "territory"], name="one_recovered_cell"),
        ]


class CellStamp(models.Model):
    """What was known when the cells of a month were written: the newest booking, undoing and case event of the creditor."""

    class Kind(models.TextChoices):
        AGED = "aged", "долг по возрасту"
        RECOVERED = "recovered", "взыскано по путям"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    month = MonthField()
    booking = models.BigIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    event = models.BigIntegerField(default=0)

    objects = QuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creditor", "kind", "month"], name="one_cell_stamp")]
