"""Joint raids with bailiffs: the plan of one, its doors in the order of the walk, what came of visits (plan row L13)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models import CaseFile, UtilityAccount
from debtors.rules.stages import choices
from enforcement.rules.raid_words import OUTCOME_NAMES, OUTCOME_TONES, STATE_NAMES, RaidState, worded


class Raid(models.Model):
    """A raid (рейд): a day, people, departments, and the doors to knock at."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        department_path = "departments"

        def visible_to(self, user):
            return super().visible_to(user).distinct()

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="raids")
    departments = models.ManyToManyField("access.Organisation", blank=True, related_name="joint_raids")
    planned_on = models.DateField("День")
    purpose = models.CharField("Цель", max_length=300, blank=True)
    team = models.CharField("Участники", max_length=500, blank=True)
    meeting_place = models.CharField("Сбор", max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=choices(STATE_NAMES), default=RaidState.PLANNED)
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
                name="a_held_raid_has_its_day", condition=Q(state="held", held_on__isnull=False) | ~Q(state="held")
            ),
        ]

    def __str__(self) -> str:
        return f"Рейд {self.planned_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("enforcement:raid", args=[self.pk])


class RaidStop(models.Model):
    """One door of a raid. `house` and `flat` are printed on the sheet; `position` is the order of the walk."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "raid__creditor"
        department_path = "raid__departments"

        def visible_to(self, user):
            return super().visible_to(user).distinct()

    raid = models.ForeignKey(Raid, on_delete=models.CASCADE, related_name="stops")
    case_file = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="raid_stops")
    account = models.ForeignKey(UtilityAccount, on_delete=models.PROTECT, related_name="+")
    house = models.CharField(max_length=300, blank=True)
    flat = models.CharField(max_length=30, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["raid", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["raid", "case_file"], name="a_case_is_visited_once_in_a_raid")]

    def __str__(self) -> str:
        return f"{self.house}, кв. {self.flat}" if self.flat else self.house

    def get_absolute_url(self) -> str:
        return reverse("enforcement:raid-stop", args=[self.pk])


class RaidVisit(models.Model):
    """What came of a visit. Visits are appended: a mistake is outweighed by the next one, the latest counts (`is_last`)."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "stop__raid__creditor"
        department_path = "stop__raid__departments"

        def visible_to(self, user):
            return super().visible_to(user).distinct()

    stop = models.ForeignKey(RaidStop, on_delete=models.CASCADE, related_name="visits")
    outcome = models.CharField(max_length=15, choices=choices(OUTCOME_NAMES))
    visited_on = models.DateField()
    promised_on = models.DateField(null=True, blank=True)
    promised = KopeckField(null=True, blank=True)
    paid = KopeckField(null=True, blank=True, help_text="As the debtor showed; the ledger learns it from the bank")
    notice_handed = models.BooleanField(default=False)
    property_seen = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=500, blank=True)
    is_last = models.BooleanField(default=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["stop"], condition=Q(is_last=True), name="one_last_visit_per_stop"),
            models.CheckConstraint(name="a_promise_has_a_day", condition=~Q(outcome="promised") | Q(promised_on__isnull=False)),
            models.CheckConstraint(
                name="a_promise_lies_ahead", condition=Q(promised_on__isnull=True) | Q(promised_on__gte=F("visited_on"))
            ),
            models.CheckConstraint(
                name="raid_sums_are_positive",
                condition=(Q(promised__isnull=True) | Q(promised__gt=0)) & (Q(paid__isnull=True) | Q(paid__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The visit in one phrase."""
        names = ("promised_on", "promised", "paid", "notice_handed", "property_seen")
        return worded(self.outcome, **{name: getattr(self, name) for name in names})

    @property
    def more(self) -> str:
        """What the phrase and the note say beyond the outcome itself."""
        words = self.words if self.words != self.get_outcome_display() else ""
        return "; ".join(part for part in (words, self.note) if part)

    @property
    def tone(self) -> str:
        return OUTCOME_TONES[self.outcome]
