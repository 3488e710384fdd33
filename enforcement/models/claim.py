"""Claims: definite unpaid charges of a definite period, and the penalty to a day, taken to court against definite people.

A kopeck of a charge is in one live claim at most: the action takes only what is open and not yet taken, and a trigger of
the database refuses lines that together ask more for a month than it was charged (migration 0003).
`stage`, `stage_on`, `stage_until`, `filed_on`, `is_live` and the granted sums follow from the court events
(`enforcement.states.claim.replay` gives the same); nobody edits them by hand.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField
from debtors.rules.stages import choices
from enforcement.rules.claim_stages import (
    CLAIM_STAGE_NAMES,
    FREED,
    IN_ARBITRAZH,
    KIND_NAMES,
    ORDERS,
    STAGE_TURNS,
    UNDER_WAY,
    ClaimStage,
)

DERIVED = ["stage", "stage_on", "stage_until", "filed_on", "is_live"]
DERIVED += ["granted_principal", "granted_penalty", "granted_duty"]
"""Columns that the history of people's edits leaves out."""


class ClaimQuerySet(ScopedQuerySet):
    """Claims as lists see them."""

    creditor_path = "creditor"

    def live(self) -> "ClaimQuerySet":
        """Those that hold their kopecks: nobody else may claim them."""
        return self.filter(is_live=True)

    def under_way(self) -> "ClaimQuerySet":
        """Those whose path in court is not at its end."""
        return self.filter(stage__in=UNDER_WAY)


class Claim(models.Model):
    """A claim in court (требование): for an order or by a lawsuit. Joint debtors stand in one, each share in its own.

    Sums are kopecks as asked; `duty` is what is paid for filing, `duty_credited` what was paid for a cancelled order and
    counts towards it. `granted_*` is what the standing court act gives.
    """

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="claims", db_index=False)
    case_file = models.ForeignKey("debtors.CaseFile", on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveIntegerField(help_text="Runs within the creditor, without gaps")
    kind = models.CharField(max_length=20, choices=choices(KIND_NAMES))
    follows = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="followed_by",
        help_text="The claim that failed before this one: a cancelled order before its lawsuit",
    )
    court = models.ForeignKey("enforcement.Court", null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    court_name = models.CharField(max_length=200, blank=True)
    court_case = models.CharField(max_length=40, blank=True, help_text="Номер дела в суде")
    period_from = MonthField()
    period_to = MonthField()
    penalty_through = models.DateField(null=True, blank=True, help_text="The last day the penalty is counted for")
    principal = KopeckField(default=0)
    penalty = KopeckField(default=0)
    duty = KopeckField(default=0)
    duty_credited = KopeckField(default=0)
    share_num = models.PositiveIntegerField(default=1)
    share_den = models.PositiveIntegerField(default=1)
    prepared_on = models.DateField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    stage = models.CharField(max_length=20, choices=choices(CLAIM_STAGE_NAMES), default=ClaimStage.PREPARED)
    stage_on = models.DateField(help_text="The day of the event that led to the stage")
    stage_until = models.DateField(null=True, blank=True, help_text="Last day of the term that runs in the stage")
    filed_on = models.DateField(null=True, blank=True)
    is_live = models.BooleanField(default=True, help_text="Holds its kopecks: no other claim may take them")
    granted_principal = KopeckField(null=True, blank=True)
    granted_penalty = KopeckField(null=True, blank=True)
    granted_duty = KopeckField(null=True, blank=True)
    history = HistoricalRecords(excluded_fields=DERIVED)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_on", "-number"]
        indexes = [
            models.Index(fields=["creditor", "stage", "stage_until"], name="claim_by_stage"),
            models.Index(fields=["creditor", "filed_on"], name="claim_by_filing"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "number"], name="one_claim_per_number"),
            models.CheckConstraint(name="claim_period_is_not_backwards", condition=Q(period_to__gte=F("period_from"))),
            models.CheckConstraint(
                name="claim_sums_not_negative",
                condition=Q(principal__gte=0, penalty__gte=0, duty__gte=0, duty_credited__gte=0),
            ),
            models.CheckConstraint(name="claim_credits_no_more_than_duty", condition=Q(duty_credited__lte=F("duty"))),
            models.CheckConstraint(
                name="claim_share_is_a_proper_fraction", condition=Q(share_num__gt=0) & Q(share_den__gte=F("share_num"))
            ),
            models.CheckConstraint(
                name="claim_is_live_by_its_stage",
                condition=Q(is_live=True) & ~Q(stage__in=sorted(FREED)) | Q(is_live=False, stage__in=sorted(FREED)),
            ),
            models.CheckConstraint(
                name="claim_grants_all_components_or_none",
                condition=Q(granted_principal__isnull=True, granted_penalty__isnull=True, granted_duty__isnull=True)
                | Q(granted_principal__gte=0, granted_penalty__gte=0, granted_duty__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"требование № {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:claim", args=[self.pk])

    @property
    def price(self) -> int:
        """Цена иска: principal and penalty; the duty is not a part of it (ГПК РФ ст. 91)."""
        return self.principal + self.penalty

    @property
    def total(self) -> int:
        return self.principal + self.penalty + self.duty

    @property
    def duty_to_pay(self) -> int:
        """What is left to pay for filing after crediting the duty of a cancelled order."""
        return self.duty - self.duty_credited

    @property
    def is_order(self) -> bool:
        return self.kind in ORDERS

    @property
    def in_arbitrazh(self) -> bool:
        return self.kind in IN_ARBITRAZH

    @property
    def turn(self) -> str:
        """Whose turn it is; empty at the end of the path."""
        return STAGE_TURNS.get(self.stage, "")


class ClaimLine(models.Model):
    """One month of one service of one account in a claim: what is asked of it, in kopecks. Never changed once written."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="claim_lines", db_index=False)
    service = models.ForeignKey("debtors.Service", on_delete=models.PROTECT, related_name="+", db_index=False)
    month = MonthField()
    amount = KopeckField(default=0, help_text="Principal")
    penalty = KopeckField(default=0)
    at_least = models.BooleanField(default=False, help_text="Part of an opening balance: of this month or older")

    class Meta:
        ordering = ["account", "month", "service"]
        indexes = [models.Index(fields=["account", "service", "month"], name="claim_line_by_charge")]
        constraints = [
            models.UniqueConstraint(fields=["claim", "account", "service", "month"], name="one_claim_line"),
            models.CheckConstraint(
                name="claim_line_asks_for_money",
                condition=Q(amount__gte=0, penalty__gte=0) & (Q(amount__gt=0) | Q(penalty__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.amount}"


class ClaimDebtor(models.Model):
    """A person that a claim is brought against: jointly with the others of it, or for a share."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="parties")
    debtor = models.ForeignKey("debtors.Debtor", on_delete=models.PROTECT, related_name="claims")
    is_joint = models.BooleanField(default=True)
    share_num = models.PositiveIntegerField(default=1)
    share_den = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "debtor"], name="one_party_per_claim"),
            models.CheckConstraint(
                name="party_share_is_a_proper_fraction", condition=Q(share_num__gt=0) & Q(share_den__gte=F("share_num"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debtor} в требовании {self.claim_id}"
