"""Receptions, consultations, appeals, meetings, placements, letters: what was done for people and told to them.

A row is written once. A mistake is taken back by a further row (`reverses`), so that a past report can be told again as it
was known then; a trigger of the database refuses changes.
"""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.models import Organisation
from casedesk.access.scope import ScopedQuerySet
from debtors.models.account import UtilityAccount
from debtors.models.case_file import CaseFile
from debtors.rules.outreach_kinds import KIND_CHOICES, KINDS, OutreachKind


class OutreachIsFinal(TypeError):
    """Somebody tried to change or delete an outreach event: reverse it."""


def stored_name(event: "OutreachEvent", name: str) -> str:
    """Nobody's file name reaches the disk."""
    return f"outreach/{uuid.uuid4().hex}"


class OutreachEvent(models.Model):
    """One reception, consultation, appeal, meeting, placement or letter (работа с населением).

    `data` holds the fields that the catalogue (`debtors.rules.outreach_kinds`) asks of the kind. `case` is the live case of
    the account on the day of recording.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "organisation"
        territory_path = "organisation__territory"

        def municipal_rows(self) -> Q:
            """A municipality reads its own, and of creditors what names nobody: meetings, placements, letters."""
            return Q(organisation__kind=Organisation.Kind.MUNICIPALITY) | Q(citizen="", account__isnull=True)

        def live(self, known_at: dt.datetime | None = None) -> "OutreachEvent.QuerySet":
            """Events that count: not reversals, not reversed; with a moment, as it was known then."""
            rows = self.filter(reverses__isnull=True)
            if known_at is None:
                return rows.filter(reversed_by__isnull=True)
            late = Q(reversed_by__isnull=True) | Q(reversed_by__recorded_at__gt=known_at)
            return rows.filter(late, recorded_at__lte=known_at)

        def update(self, **kwargs):
            raise OutreachIsFinal("outreach events are never updated")

        def delete(self):
            raise OutreachIsFinal("outreach events are never deleted")

    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="outreach", db_index=False)
    kind = models.CharField(max_length=30, choices=KIND_CHOICES)
    happened_on = models.DateField()
    data = models.JSONField(default=dict, blank=True)
    citizen = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(UtilityAccount, null=True, blank=True, on_delete=models.PROTECT, related_name="outreach")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="outreach")
    proof = models.CharField(max_length=300, blank=True, help_text="Number and day of the paper, or a link")
    stored = models.FileField(upload_to=stored_name, max_length=100, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey("documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    reverse_reason = models.CharField(max_length=300, blank=True)
    search = models.CharField(max_length=800, blank=True, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["organisation", "kind", "happened_on"], name="outreach_by_kind")]
        constraints = [
            models.CheckConstraint(
                name="outreach_reversal_has_a_reason",
                condition=Q(reverses__isnull=True, reverse_reason="") | Q(reverses__isnull=False) & ~Q(reverse_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_kind.title} {self.happened_on:%d.%m.%Y}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise OutreachIsFinal("outreach events are never updated")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("debtors:outreach-event", args=[self.pk])

    def delete(self, *args, **kwargs):
        raise OutreachIsFinal("outreach events are never deleted")

    @property
    def of_kind(self) -> OutreachKind:
        return KINDS[self.kind]

    @property
    def words(self) -> str:
        """What happened, in one line."""
        return self.of_kind.words(self.data)

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversed_by")


class LetterRecipient(models.Model):
    """An employer or an institution whose head is written to (адресат писем): rows P1.3, L10.

    `accounts` are those that an institution itself answers for: its letter prints their debt.
    """

    class Kind(models.TextChoices):
        EMPLOYER = "employer", "работодатель"
        INSTITUTION = "institution", "учреждение"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="letter_recipients")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=300)
    inn = models.CharField(max_length=12, blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    head_post = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    accounts = models.ManyToManyField(UtilityAccount, blank=True, related_name="letter_recipients")
    is_active = models.BooleanField(default=True)
    history = HistoricalRecords(m2m_fields=[accounts])

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["creditor", "kind", "name"], name="one_recipient_per_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("debtors:recipient", args=[self.pk])
