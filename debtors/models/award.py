"""Awards: what one court act or notary granted, as the ledger knows it. Money on a writ goes to its award only."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField
from debtors.models.booking import Booking
from debtors.rules.components import Components


class Award(models.Model):
    """What was granted (присуждённая сумма): costs, principal by month, penalty.

    Money that comes on its writ pays the costs, then the principal (oldest month first), then the penalty (Civil Code
    art. 319), and never a current charge. `account` is where the costs and the penalty are owed; the lines name the months
    of the principal. An award without lines says how much, not for which months.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def live(self) -> "Award.QuerySet":
            """Awards whose booking stands."""
            return self.filter(booking__undone_at__isnull=True)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="awards")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="awards")
    label = models.CharField(max_length=200, help_text="The act, as people call it")
    granted_on = models.DateField()
    principal = KopeckField(default=0)
    penalty = KopeckField(default=0)
    duty = KopeckField(default=0)
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="awards")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-granted_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="award_sums_not_negative", condition=Q(principal__gte=0) & Q(penalty__gte=0) & Q(duty__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def granted(self) -> Components:
        return Components(self.principal, self.penalty, self.duty)


class AwardLine(models.Model):
    """The principal granted for one month of one account's service."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="lines")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="award_lines")
    service = models.ForeignKey("debtors.Service", on_delete=models.PROTECT, related_name="+")
    month = MonthField()
    amount = KopeckField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["award", "account", "service", "month"], name="one_award_line_per_month"),
            models.CheckConstraint(name="award_line_is_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.service_id} {self.month}"
