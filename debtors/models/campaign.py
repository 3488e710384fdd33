"""Campaigns and contacts: what went to whom by which channel, for what sum, and how it is proved that it reached them.

A campaign (рассылка) is one run of the strategy on a day. Each of its items is a `Contact`; a call or a visit made by hand is
a contact without a campaign, so that one table tells how often a person was turned to.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models.case_file import CaseFile
from debtors.models.contact_strategy import ContactStrategy
from debtors.models.notice import PreTrialNotice
from debtors.rules.contact_words import (
    CAMPAIGN_NAMES,
    CAMPAIGN_TONES,
    CHANNEL_NAMES,
    STATE_NAMES,
    STATE_TONES,
    CampaignState,
    ContactState,
)
from debtors.rules.stages import choices


class Campaign(models.Model):
    """One run of the strategy. Numbers run within the creditor. The job that sends it may die and run again."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="campaigns", db_index=False)
    number = models.PositiveIntegerField()
    strategy = models.ForeignKey(ContactStrategy, on_delete=models.PROTECT, related_name="campaigns")
    only_steps = models.JSONField(default=list, help_text="Codes of the steps that were chosen; empty: all")
    counts_on = models.DateField(help_text="The day whose ladder and debts are meant")
    state = models.CharField(max_length=10, choices=choices(CAMPAIGN_NAMES), default=CampaignState.RUNNING)
    is_filled = models.BooleanField(default=False, help_text="Its items are written: the list does not change any more")
    left_out = models.JSONField(default=list, help_text="Reason and number of cases that were left out when it was filled")
    note = models.CharField(max_length=300, blank=True, help_text="Why it waits or was stopped")
    post_run = models.ForeignKey(
        "documents.PrintRun", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    hand_run = models.ForeignKey(
        "documents.PrintRun", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    job = models.ForeignKey("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["creditor", "number"], name="one_campaign_per_number")]

    def __str__(self) -> str:
        return f"Рассылка № {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:campaign", args=[self.pk])

    @property
    def tone(self) -> str:
        return CAMPAIGN_TONES[CampaignState(self.state)]


class Contact(models.Model):
    """One turning to a debtor (обращение): the sum of that minute, the address, the words, what came of it and the proof.

    `person_key` is whom limits are counted for: the person, or the case when the register names nobody. `key` is what goes out
    with every item and comes back with its result.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="contacts", db_index=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="contacts")
    debtor = models.ForeignKey(
        "debtors.Debtor", null=True, blank=True, on_delete=models.PROTECT, related_name="contacts", db_index=False
    )
    person_key = models.CharField(max_length=24)
    campaign = models.ForeignKey(Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts")
    position = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=30, blank=True)
    step_name = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=10, choices=choices(CHANNEL_NAMES))
    state = models.CharField(max_length=10, choices=choices(STATE_NAMES), default=ContactState.WAITING)
    amount = KopeckField(default=0, help_text="What was asked, in kopecks")
    addressee = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=400, blank=True)
    text = models.TextField(max_length=1000, blank=True)
    key = models.CharField(max_length=32, unique=True)
    notice = models.OneToOneField(PreTrialNotice, null=True, blank=True, on_delete=models.PROTECT, related_name="contact")
    tracking = models.CharField(max_length=40, blank=True, help_text="Number of the post or of the gateway")
    sent_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    by_law = models.BooleanField(default=False, help_text="Delivered by law though not taken (ГК РФ ст. 165.1)")
    result = models.CharField(max_length=200, blank=True, help_text="In the words of who delivered it")
    proof = models.CharField(max_length=200, blank=True, help_text="Which file and row, or who said so")
    why = models.CharField(max_length=300, blank=True, help_text="Why it was not sent")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [
            models.Index(fields=["creditor", "sent_on"], name="contact_by_day"),
            models.Index(fields=["person_key", "sent_on"], name="contact_by_person"),
            models.Index(fields=["campaign", "state", "position"], name="contact_in_campaign"),
            models.Index(fields=["creditor", "tracking"], name="contact_by_tracking"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "case"], name="a_case_once_in_a_campaign"),
            models.CheckConstraint(name="contact_asks_no_less_than_nothing", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="contact_went_out_on_a_day",
                condition=Q(state__in=["sent", "delivered", "failed", "unsure"], sent_on__isnull=False)
                | Q(state__in=["waiting", "ready", "sending", "left_out"], sent_on__isnull=True),
            ),
            models.CheckConstraint(
                name="contact_reached_on_a_day",
                condition=Q(state="delivered", delivered_on__isnull=False)
                | ~Q(state="delivered") & Q(delivered_on__isnull=True, by_law=False),
            ),
            models.CheckConstraint(name="contact_left_out_for_a_reason", condition=~Q(state="left_out") | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.key}"

    @property
    def tone(self) -> str:
        return STATE_TONES[ContactState(self.state)]
