"""Penalty campaigns: for a time, whoever pays the principal in full is forgiven the penalty (Civil Code art. 415; row P2.7)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models.account import Category, UtilityAccount
from debtors.models.booking import Booking

PERSON = settings.AUTH_USER_MODEL


class PenaltyCampaign(models.Model):
    """A campaign (акция): its period, who takes part, its cause and order, and the two people behind it.

    `category` empty: every consumer group. `least_debt`: the least principal owed on the eve. `most`: the
    largest penalty forgiven to one account; empty: all of it.
    """

    class State(models.TextChoices):
        ASKED = "asked", "ждёт утверждения"
        APPROVED = "approved", "утверждена"
        REFUSED = "refused", "отклонена"
        ENDED = "ended", "прекращена"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="penalty_campaigns")
    name = models.CharField(max_length=120)
    cause = models.CharField(max_length=300, help_text="Why the creditor forgives")
    order = models.CharField(max_length=200, help_text="The order of the creditor or the municipality, number and day")
    valid_from = models.DateField()
    valid_to = models.DateField(help_text="The first day after the campaign")
    category = models.CharField(max_length=30, choices=Category, blank=True)
    least_debt = KopeckField(default=0)
    most = KopeckField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_on = models.DateField()
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(name="campaign_ends_after_it_starts", condition=Q(valid_to__gt=F("valid_from"))),
            models.CheckConstraint(
                name="campaign_is_decided_by_another", condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by"))
            ),
            models.CheckConstraint(
                name="campaign_decided_by_and_on",
                condition=Q(state="asked", decided_by__isnull=True, decided_on__isnull=True)
                | (~Q(state="asked") & Q(decided_by__isnull=False, decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="campaign_limits_not_negative",
                condition=Q(least_debt__gte=0) & (Q(most__isnull=True) | Q(most__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("debtors:penalty-campaign", args=[self.pk])


class PenaltyWaiver(models.Model):
    """The penalty of one account forgiven by a campaign: one posting, traced and taken back by its booking."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "campaign__creditor"

        def standing(self) -> "PenaltyWaiver.QuerySet":
            return self.filter(booking__undone_at__isnull=True)

    campaign = models.ForeignKey(PenaltyCampaign, on_delete=models.PROTECT, related_name="waivers")
    account = models.ForeignKey(UtilityAccount, on_delete=models.PROTECT, related_name="penalty_waivers")
    amount = KopeckField()
    counted = KopeckField(default=0, help_text="The part that was counted and booked by this posting")
    paid_on = models.DateField(help_text="The day of the payment that closed the principal")
    waived_on = models.DateField()
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="penalty_waivers")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-waived_on", "-id"]
        constraints = [
            models.CheckConstraint(name="waiver_is_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["booking", "account"], name="one_waiver_per_posting"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.account}"
