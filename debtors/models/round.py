"""Rounds of addresses: the creditor's own people go from door to door, without bailiffs (plan row L3)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models.account import UtilityAccount
from debtors.models.campaign import Contact
from debtors.models.case_file import CaseFile
from debtors.rules.stages import choices
from debtors.rules.visit_words import OUTCOME_NAMES, OUTCOME_TONES, ROUND_NAMES, RoundState, worded


class Round(models.Model):
    """A round (обход): a day, who walks, and the doors in the order of the walk."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="rounds")
    planned_on = models.DateField("День")
    walkers = models.CharField("Кто идёт", max_length=300)
    note = models.CharField("Заметка", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=choices(ROUND_NAMES), default=RoundState.PLANNED)
    held_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_held_round_has_its_day", condition=Q(state="held", held_on__isnull=False) | ~Q(state="held")
            ),
        ]

    def __str__(self) -> str:
        return f"Обход {self.planned_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:round", args=[self.pk])


class RoundStop(models.Model):
    """One door of a round. `amount` is what was owed when it was put on the sheet."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "round__creditor"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stops")
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="round_stops")
    account = models.ForeignKey(UtilityAccount, on_delete=models.PROTECT, related_name="+", db_index=False)
    house = models.CharField(max_length=300, blank=True)
    flat = models.CharField(max_length=30, blank=True)
    position = models.PositiveIntegerField(default=0)
    amount = KopeckField(default=0)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["round", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "case"], name="a_case_is_visited_once_in_a_round")]

    def __str__(self) -> str:
        return f"{self.house}, кв. {self.flat}" if self.flat else self.house

    def get_absolute_url(self) -> str:
        return reverse("debtors:round-stop", args=[self.pk])


class RoundVisit(models.Model):
    """What came of a visit. Visits are appended: a mistake is outweighed by the next one, the latest counts (`is_last`)."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "stop__round__creditor"

    stop = models.ForeignKey(RoundStop, on_delete=models.CASCADE, related_name="visits")
    contact = models.OneToOneField(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="visit")
    outcome = models.CharField(max_length=15, choices=choices(OUTCOME_NAMES))
    visited_on = models.DateField()
    promised_on = models.DateField(null=True, blank=True)
    promised = KopeckField(null=True, blank=True)
    paid = KopeckField(null=True, blank=True, help_text="As the debtor showed; the ledger learns it from the bank")
    notice_handed = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    is_last = models.BooleanField(default=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["stop"], condition=Q(is_last=True), name="one_last_visit_per_door"),
            models.CheckConstraint(
                name="round_sums_are_positive",
                condition=(Q(promised__isnull=True) | Q(promised__gt=0)) & (Q(paid__isnull=True) | Q(paid__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The visit in one phrase."""
        names = ("promised_on", "promised", "paid", "notice_handed")
        return worded(self.outcome, **{name: getattr(self, name) for name in names})

    @property
    def more(self) -> str:
        """What the phrase and the note say beyond the outcome itself."""
        words = self.words if self.words != self.get_outcome_display() else ""
        return "; ".join(part for part in (words, self.note) if part)

    @property
    def tone(self) -> str:
        return OUTCOME_TONES[self.outcome]
