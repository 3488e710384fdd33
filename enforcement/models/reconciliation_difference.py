"""Differences of a reconciliation and the decisions about them."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.models.reconciliation import Reconciliation
from enforcement.models.reconciliation_line import ReconciliationLine
from enforcement.rules.reconciliation_words import FITTING, KIND_NAMES, KIND_TONES, RESOLUTION_NAMES, Resolution


class ReconciliationDifference(models.Model):
    """One thing in which the sides do not agree (расхождение). To be acted on within three working days of `found_on`.

    `key` names it within the reconciliation and over the months: comparing again finds the same one, and what is open when the
    act is signed comes back next month as a difference with `carried_from`, its first month's day and term, and `root`.
    The state columns follow from the standing decisions.
    """

    class State(models.TextChoices):
        OPEN = "open", "открыто"
        SETTLED = "settled", "урегулировано"

    class QuerySet(ScopedQuerySet):
        creditor_path = "reconciliation__creditor"
        department_path = "reconciliation__department"

        def visible_to(self, user):
            return super().visible_to(user).filter(reconciliation__in=Reconciliation.objects.visible_to(user))

        def open(self) -> "ReconciliationDifference.QuerySet":
            """Open ones that are still worked on: of unsigned reconciliations."""
            return self.filter(state="open").exclude(reconciliation__state="signed")

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="differences")
    key = models.CharField(max_length=340)
    kind = models.CharField(max_length=16, choices=[(kind.value, name) for kind, name in KIND_NAMES.items()])
    group = models.PositiveIntegerField(default=0)
    ours = models.ForeignKey(ReconciliationLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    theirs = models.ForeignKey(ReconciliationLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=430, help_text="Writ and debtor, kept for the months after")
    amount = KopeckField(default=0, help_text="Ours minus theirs")
    about = models.CharField(max_length=300)
    found_on = models.DateField()
    found_at = models.DateTimeField()
    due_on = models.DateField(help_text="Three working days from the day it was found")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    assignee = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolution = models.CharField(max_length=16, blank=True, choices=[(r.value, name) for r, name in RESOLUTION_NAMES.items()])
    reason = models.CharField(max_length=500, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to")
    root = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="descendants")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["group", "pk"]
        indexes = [models.Index(fields=["due_on"], name="open_difference_by_day", condition=Q(state="open"))]
        constraints = [
            models.UniqueConstraint(fields=["reconciliation", "key"], name="a_difference_once"),
            models.CheckConstraint(
                name="a_settled_difference_says_how",
                condition=Q(state="open", settled_on__isnull=True, resolution="")
                | (Q(state="settled", settled_on__isnull=False) & ~Q(resolution="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:difference", args=[self.pk])

    @property
    def tone(self) -> str:
        return KIND_TONES.get(self.kind, "")

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def proposed(self) -> Resolution:
        """The settlement that fits this type best."""
        return FITTING[self.kind][0]

    @property
    def proposed_name(self) -> str:
        return RESOLUTION_NAMES[self.proposed]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Settlements that fit this type, in words."""
        return [(one.value, RESOLUTION_NAMES[one]) for one in FITTING[self.kind]]

    def is_late(self, on: dt.date) -> bool:
        return self.is_open and self.due_on < on


class DifferenceDecision(models.Model):
    """What somebody decided about a difference: appended, and taken back by a mark, never edited."""

    class Act(models.TextChoices):
        ASSIGN = "assign", "назначено"
        SETTLE = "settle", "урегулировано"
        ANSWER = "answer", "пояснение"

    class QuerySet(ScopedQuerySet):
        creditor_path = "difference__reconciliation__creditor"
        department_path = "difference__reconciliation__department"

        def standing(self) -> "DifferenceDecision.QuerySet":
            return self.filter(taken_back_at__isnull=True)

    difference = models.ForeignKey(ReconciliationDifference, on_delete=models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=8, choices=Act)
    assignee = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resolution = models.CharField(max_length=16, blank=True, choices=[(r.value, name) for r, name in RESOLUTION_NAMES.items()])
    reason = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.difference}"
