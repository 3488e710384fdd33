"""By what rule a creditor opens cases, and the terms it sets itself. Thresholds are settings, not norms."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common import money
from casedesk.common.fields import KopeckField
from debtors.rules.next_step import Terms


class OpeningRuleQuerySet(ScopedQuerySet):
    creditor_path = "creditor"

    def in_force(self, *, creditor, on: dt.date) -> "OpeningRule":
        """The creditor's rule on the day; the built-in default (not saved) when it has set none."""
        found = self.filter(creditor=creditor, valid_from__lte=on).order_by("-valid_from").first()
        return found or OpeningRule(creditor=creditor, valid_from=on)


class OpeningRule(models.Model):
    """One version of a creditor's rule (правило открытия дел), in force from its day until the next version's.

    A case opens for an account whose overdue debt is at least `threshold_x100` hundredths of its average monthly charge and
    not less than `min_overdue`, and whose oldest open month is at least its `min_overdue_months`-th overdue month. An account
    with nothing charged in the last year has no average: any overdue debt of the least sum opens a case. Terms are in days.
    """

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="opening_rules")
    valid_from = models.DateField()
    threshold_x100 = models.PositiveIntegerField(default=200)
    min_overdue_months = models.PositiveSmallIntegerField(default=2)
    reminder_within = models.PositiveSmallIntegerField(default=10)
    hand_over_within = models.PositiveSmallIntegerField(default=5)
    waiting = models.PositiveSmallIntegerField(default=30)
    claim_within = models.PositiveSmallIntegerField(default=30)
    hold_review = models.PositiveSmallIntegerField(default=30)
    payments_fresh = models.PositiveSmallIntegerField(
        default=35, help_text="Nothing is sent when the newest payments known are older than this many days"
    )
    breach_notice = models.PositiveSmallIntegerField(
        default=3, help_text="Working days to tell a debtor that the agreement is broken (plan row Z6b)"
    )
    min_overdue = KopeckField(default=0, help_text="Smaller overdue debts open no case; 0: no such limit")
    officer_minutes = models.PositiveSmallIntegerField(
        default=180, help_text="Minutes of an officer's work that a case takes: what a change of the rule is weighed by"
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = OpeningRuleQuerySet.as_manager()

    class Meta:
        ordering = ["creditor", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "valid_from"], name="one_rule_per_start"),
            models.CheckConstraint(
                name="rule_is_within_reason",
                condition=Q(threshold_x100__gt=0, min_overdue_months__gt=0, waiting__gt=0, payments_fresh__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.threshold_text} с {self.valid_from:%d.%m.%Y}"

    @property
    def threshold_text(self) -> str:
        """`2` or `2,5`: average monthly charges."""
        whole, part = divmod(self.threshold_x100, 100)
        return f"{whole},{part:02d}".rstrip("0").rstrip(",")

    @property
    def in_words(self) -> str:
        """The rule as people say it."""
        least = f", не меньше {money.spaced(self.min_overdue)} ₽" if self.min_overdue else ""
        return (
            f"от {self.threshold_text} средних начислений{least}, "
            f"старший месяц просрочен {self.min_overdue_months}-й месяц или дольше"
        )

    @property
    def terms(self) -> Terms:
        return Terms(self.reminder_within, self.hand_over_within, self.waiting, self.claim_within, self.hold_review)
