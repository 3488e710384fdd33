"""The monthly joint reconciliation of a creditor with a bailiff department, and who signed its act."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.common import months
from casedesk.common.fields import MonthField


class Reconciliation(models.Model):
    """One month of one creditor with one department (сверка). Our side stands as of the month's last day and as known at
    `known_at`. Once both sides have signed, `act` keeps the whole of it as data under `sha256`, and nothing of it changes.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        EXCHANGED = "exchanged", "направлена отделу"
        IN_WORK = "in_work", "в работе"
        SIGNED = "signed", "подписана"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        department_path = "department"

        def visible_to(self, user):
            """A department sees a reconciliation from the day it was sent to it."""
            scope = scope_of(user)
            seen = super().visible_to(user)
            return seen if scope.everything else seen.exclude(Q(state="draft") & ~Q(creditor__in=scope.creditors))

        def unsigned(self) -> "Reconciliation.QuerySet":
            return self.exclude(state=Reconciliation.State.SIGNED)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="reconciliations")
    department = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="reconciled_months")
    month = MonthField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    known_at = models.DateTimeField(help_text="The moment of knowledge of our side")
    sent_on = models.DateField(null=True, blank=True, help_text="When our register went to the department")
    sent_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reply_on = models.DateField(null=True, blank=True, help_text="The day the department's figures stand on")
    reply_source = models.CharField(max_length=200, blank=True, help_text="File or screen it came from")
    signed_at = models.DateTimeField(null=True, blank=True)
    act = models.JSONField(null=True, blank=True, help_text="Figures, lines and differences as signed")
    sha256 = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    history = HistoricalRecords(excluded_fields=["act", "job"])

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-month", "creditor_id", "department_id"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "department", "month"], name="one_reconciliation_a_month"),
            models.CheckConstraint(
                name="a_signed_reconciliation_keeps_its_act",
                condition=~Q(state="signed") | (Q(act__isnull=False) & Q(signed_at__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="an_exchanged_reconciliation_was_sent", condition=Q(state="draft") | Q(sent_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Сверка за {months.named(self.month)}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:reconciliation", args=[self.pk])

    @property
    def as_of(self) -> dt.date:
        """The day both sides' figures stand on."""
        return months.last_day(self.month)

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED


class ReconciliationSignature(models.Model):
    """One side's signature under the act: who, in which office, on which day, and who recorded it."""

    class Side(models.TextChoices):
        OURS = "ours", "взыскатель"
        THEIRS = "theirs", "отдел приставов"

    class QuerySet(ScopedQuerySet):
        creditor_path = "reconciliation__creditor"
        department_path = "reconciliation__department"

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side)
    name = models.CharField(max_length=150)
    office = models.CharField(max_length=200)
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["side"]
        constraints = [models.UniqueConstraint(fields=["reconciliation", "side"], name="a_side_signs_once")]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.name}, {self.office}"
