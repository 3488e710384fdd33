"""Payers that people have placed before: the next document of the same payer is suggested, never booked by itself."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet
from imports.models.bank_document import BankDocument


class PayerPattern(models.Model):
    """Who pays for which account (выученный плательщик): learnt from a person's decision, dated, revocable."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def live(self) -> "PayerPattern.QuerySet":
            return self.filter(revoked_at__isnull=True)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="payer_patterns")
    payer_account = models.CharField(max_length=30)
    payer_name = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.CASCADE, related_name="payer_patterns")
    document = models.ForeignKey(BankDocument, on_delete=models.PROTECT, related_name="patterns")
    reason = models.CharField(max_length=500)
    learnt_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    learnt_at = models.DateTimeField()
    revoked_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoke_reason = models.CharField(max_length=500, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-learnt_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["creditor", "payer_account", "account"],
                condition=Q(revoked_at__isnull=True),
                name="a_payer_is_learnt_once_per_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer_name or self.payer_account} → {self.account}"
