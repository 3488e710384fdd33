"""Decisions on cases, the votes that made them, and the tasks they became once the minutes were signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.commission.models.agenda import AgendaItem
from casedesk.commission.models.commission import Seat
from casedesk.commission.rules.decision_kinds import KIND_NAMES, KINDS, TASKS
from casedesk.commission.rules.words import CHOICE_NAMES, OUTCOME_NAMES, Outcome, choices


class DecisionQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(item__in=AgendaItem.objects.visible_to(user))

    def in_force(self) -> "DecisionQuerySet":
        """Adopted, and the minutes signed by both."""
        return self.filter(in_force_on__isnull=False)

    def tasks(self) -> "DecisionQuerySet":
        return self.in_force().filter(due_on__isnull=False)


class Decision(models.Model):
    """One decision on one case (решение по вопросу). In force from the day the minutes were signed; then it is a task."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("Решение", max_length=12, choices=choices(KIND_NAMES))
    text = models.CharField("Подробности", max_length=500, blank=True)
    addressee = models.CharField("Куда передать", max_length=300, blank=True)
    responsible = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="Кто исполняет"
    )
    due_on = models.DateField("Срок", null=True, blank=True)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=choices(OUTCOME_NAMES), blank=True)
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    votes_abstained = models.PositiveSmallIntegerField(default=0)
    by_casting = models.BooleanField(default=False)
    in_force_on = models.DateField(null=True, blank=True)
    done_on = models.DateField("Исполнено", null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_note = models.CharField("Что сделано", max_length=500, blank=True)
    history = HistoricalRecords()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["item", "id"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(done_on__isnull=True, in_force_on__isnull=False), name="task_by_day")
        ]
        constraints = [
            models.UniqueConstraint(fields=["item", "kind"], name="one_decision_of_a_kind_per_item"),
            models.CheckConstraint(
                name="only_adopted_decisions_come_in_force", condition=Q(in_force_on__isnull=True) | Q(outcome="adopted")
            ),
            models.CheckConstraint(
                name="a_task_has_a_day_and_somebody",
                condition=(Q(kind__in=sorted(TASKS)) & Q(due_on__isnull=False, responsible__isnull=False))
                | (~Q(kind__in=sorted(TASKS)) & Q(due_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="only_what_is_in_force_is_done",
                condition=Q(done_on__isnull=True, done_by__isnull=True, done_note="")
                | Q(done_on__isnull=False, done_by__isnull=False, in_force_on__isnull=False) & ~Q(done_note=""),
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def get_absolute_url(self) -> str:
        return reverse("commission:decision", args=[self.pk])

    @property
    def words(self) -> str:
        """The decision in one phrase."""
        said = self.get_kind_display()
        said += f" ({self.addressee})" if self.addressee else ""
        said += f" до {self.due_on:%d.%m.%Y}" if self.due_on else ""
        return f"{said}: {self.text}" if self.text else said

    @property
    def shown_by(self) -> str:
        """The fact that ends the task by itself; empty when a person reports it."""
        return KINDS[self.kind].shown_by

    @property
    def is_adopted(self) -> bool:
        return self.outcome == Outcome.ADOPTED


class Vote(models.Model):
    """How one seat voted on one decision."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=choices(CHOICE_NAMES))

    class Meta:
        ordering = ["decision", "seat"]
        constraints = [models.UniqueConstraint(fields=["decision", "seat"], name="a_seat_votes_once")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.get_choice_display()}"
