"""Writs: the papers on which a debt is collected by force, and the sums they grant."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField


class Writ(models.Model):
    """A paper that bailiffs, a bank or an employer must obey (исполнительный документ).

    It came with a booking: when that booking is undone, the writ is there no more (`live`). The sums are as granted.
    """

    class Kind(models.TextChoices):
        COURT_ORDER = "court_order", "судебный приказ"
        EXECUTION_WRIT = "execution_writ", "исполнительный лист"
        NOTARY_INSCRIPTION = "notary_inscription", "исполнительная надпись нотариуса"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        department_path = "proceedings__department"

        def visible_to(self, user):
            return super().visible_to(user).distinct()

        def live(self) -> "Writ.QuerySet":
            """Writs whose booking stands."""
            return self.filter(Q(booking__isnull=True) | Q(booking__undone_at__isnull=True))

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="writs")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="writs")
    debtor = models.ForeignKey("debtors.Debtor", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    case_file = models.ForeignKey("debtors.CaseFile", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.CharField(max_length=40)
    issued_on = models.DateField(null=True, blank=True)
    court_case = models.CharField(max_length=40, blank=True, help_text="Номер дела в суде")
    principal = KopeckField(default=0)
    penalty = KopeckField(default=0)
    duty = KopeckField(default=0)
    booking = models.ForeignKey("debtors.Booking", null=True, blank=True, on_delete=models.PROTECT, related_name="writs")
    source_row = models.PositiveIntegerField(null=True, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        indexes = [models.Index(fields=["creditor", "number"], name="writ_by_number")]
        constraints = [
            models.CheckConstraint(
                name="writ_sums_not_negative", condition=Q(principal__gte=0) & Q(penalty__gte=0) & Q(duty__gte=0)
            ),
        ]

    def __str__(self) -> str:
        issued = f" от {self.issued_on:%d.%m.%Y}" if self.issued_on else ""
        return f"{self.get_kind_display()} {self.number}{issued}"

    @property
    def total(self) -> int:
        """All that was granted, kopecks."""
        return self.principal + self.penalty + self.duty
