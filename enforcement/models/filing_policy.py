"""How a creditor files: the month's money for fees, the odds by which its queue is cut, whether it pays duty at all."""

import datetime as dt

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.rules.expected_return import Odds

ODDS = ("young", "year", "two_years", "three_years", "oldest", "payer", "silent", "after_return")


class FilingPolicy(models.Model):
    """A version of the creditor's filing policy, in force from a day until the next one. Percents are whole numbers."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def in_force(self, *, creditor, on: dt.date) -> "FilingPolicy":
            """The version of the day; without one, a policy of defaults that is not saved."""
            found = self.filter(creditor=creditor, valid_from__lte=on).order_by("-valid_from").first()
            return found or FilingPolicy(creditor=creditor, valid_from=on)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="filing_policies")
    valid_from = models.DateField()
    monthly_budget = KopeckField(null=True, blank=True, help_text="Fees a month may cost; empty: no limit")
    exempt_from_duty = models.BooleanField(default=False, help_text="НК РФ ст. 333.36, 333.37")
    court_name = models.CharField(max_length=200, blank=True, help_text="Суд, когда участок по адресу не известен")
    young = models.PositiveSmallIntegerField(default=Odds.young)
    year = models.PositiveSmallIntegerField(default=Odds.year)
    two_years = models.PositiveSmallIntegerField(default=Odds.two_years)
    three_years = models.PositiveSmallIntegerField(default=Odds.three_years)
    oldest = models.PositiveSmallIntegerField(default=Odds.oldest)
    payer = models.PositiveSmallIntegerField(default=Odds.payer)
    silent = models.PositiveSmallIntegerField(default=Odds.silent)
    after_return = models.PositiveSmallIntegerField(default=Odds.after_return)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name_plural = "filing policies"
        constraints = [
            models.UniqueConstraint(fields=["creditor", "valid_from"], name="one_filing_policy_per_start"),
            models.CheckConstraint(
                name="filing_budget_not_negative", condition=Q(monthly_budget__isnull=True) | Q(monthly_budget__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"порядок подачи с {self.valid_from:%d.%m.%Y}"

    @property
    def odds(self) -> Odds:
        return Odds(**{name: getattr(self, name) for name in ODDS})
