"""Restrictions of a utility service for debt: warned, limited, suspended, restored (Правила 354 п. 117-122)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models.account import UtilityAccount
from debtors.models.case_file import CaseFile
from debtors.models.service import Service
from debtors.rules.restriction import BLOCKS, CHANNELS, LIVE, RESTRICTION_STATES, STEP_NAMES, RestrictionState
from debtors.rules.stages import choices

DERIVED = ["next_action", "next_from", "next_due_on", "next_reason", "next_norm", "debt"]
"""Columns that follow from the facts and are rebuilt; the history of people's edits leaves them out."""


class ServiceRestriction(models.Model):
    """The restriction of one service of one account (ограничение услуги), from the warning to the restoration.

    `monthly` is the month's payment by the norm of consumption that the threshold counts in. `next_*` are what
    `debtors.rules.restriction.next_step` says, kept so that a queue is one query.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def live(self) -> "ServiceRestriction.QuerySet":
            return self.filter(state__in=LIVE)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="restrictions", db_index=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="restrictions")
    account = models.ForeignKey(UtilityAccount, on_delete=models.PROTECT, related_name="restrictions")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="Runs within the creditor, without gaps")
    state = models.CharField(max_length=10, choices=choices(RESTRICTION_STATES), default=RestrictionState.PREPARED)
    debt = KopeckField(help_text="What the service owed when it was last looked at")
    warned_debt = KopeckField(help_text="What the warning names")
    monthly = KopeckField()
    can_be_limited = models.BooleanField(default=True, help_text="False: suspended at once, the service cannot be limited")
    heats = models.BooleanField(default=False, help_text="The dwelling is heated by the service")
    started_on = models.DateField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    warned_on = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=10, choices=choices(CHANNELS), blank=True)
    proof = models.CharField(max_length=300, blank=True)
    limited_on = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    ground_gone_on = models.DateField(null=True, blank=True, help_text="Paid in full, or an agreement signed")
    restored_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    block = models.CharField(max_length=20, choices=choices(BLOCKS), blank=True)
    block_reason = models.CharField(max_length=300, blank=True)
    next_action = models.CharField(max_length=10, choices=choices(STEP_NAMES), blank=True)
    next_from = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_reason = models.CharField(max_length=400, blank=True)
    next_norm = models.CharField(max_length=120, blank=True)
    history = HistoricalRecords(excluded_fields=DERIVED)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-number"]
        indexes = [models.Index(fields=["creditor", "state", "next_from"], name="restriction_by_step")]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "number"], name="one_restriction_per_number"),
            models.UniqueConstraint(
                fields=["account", "service"], condition=Q(ended_on__isnull=True), name="one_live_restriction_per_service"
            ),
            models.CheckConstraint(
                name="restriction_ends_with_its_state",
                condition=Q(ended_on__isnull=False, state__in=["restored", "cancelled"])
                | Q(ended_on__isnull=True, state__in=sorted(LIVE)),
            ),
            models.CheckConstraint(
                name="no_cut_without_a_warning",
                condition=Q(limited_on__isnull=True, suspended_on__isnull=True) | Q(warned_on__isnull=False) & ~Q(proof=""),
            ),
            models.CheckConstraint(
                name="limited_after_the_warning",
                condition=Q(limited_on__isnull=True) | Q(limited_on__gt=F("warned_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"ограничение № {self.number} от {self.started_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:restriction", args=[self.pk])
