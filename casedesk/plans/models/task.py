"""Who answers for a row of a plan, and what they were asked to do when its target was missed or at risk."""

import datetime as dt

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import scope_of
from casedesk.common.fields import MonthField
from casedesk.plans.models.plan import PartQuerySet, Plan


class RowKeeper(models.Model):
    """The person who answers for a row (ответственный по строке). Named by the row, so a new version of the plan keeps them.

    `organisation` None: for the row over the plan's whole territory; a creditor: for that creditor's own figure.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="keepers")
    row = models.CharField(max_length=20)
    organisation = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="kept_rows"
    )
    person = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="kept_rows")
    history = HistoricalRecords()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "row"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "row"], condition=Q(organisation__isnull=True), name="one_keeper_per_row"),
            models.UniqueConstraint(fields=["plan", "row", "organisation"], name="one_keeper_per_row_of_a_creditor"),
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} {self.row}: {self.person}"


class PlanTask(models.Model):
    """A month's target that was missed or is at risk (задача по плану): act by `due_on`, in three working days."""

    class QuerySet(PartQuerySet):
        def visible_to(self, user) -> "PlanTask.QuerySet":
            """One's own, those of one's creditors, and for a municipality those of the plans of its territory."""
            scope = scope_of(user)
            if scope.everything:
                return self.all()
            seen = Q(person=user.pk) | Q(plan__territory__in=scope.territories) | Q(organisation__in=scope.creditors)
            return self.filter(seen) if user.pk else self.none()

        def open(self) -> "PlanTask.QuerySet":
            return self.filter(done_on__isnull=True)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    organisation = models.ForeignKey(
        "access.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_tasks",
        help_text="Whose figure; empty: of the plan's whole territory",
    )
    row = models.CharField(max_length=20)
    indicator = models.CharField(max_length=60)
    month = MonthField()
    light = models.CharField(max_length=10, help_text="missed or at_risk, when it was last looked at")
    value = models.BigIntegerField(null=True, blank=True, help_text="In the indicator's unit")
    target = models.BigIntegerField()
    person = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="plan_tasks")
    found_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True, help_text="What was done")
    reminded_on = models.DateField(null=True, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "row", "indicator", "month"],
                condition=Q(organisation__isnull=True),
                name="one_task_per_target_and_month",
            ),
            models.UniqueConstraint(
                fields=["plan", "row", "indicator", "month", "organisation"], name="one_task_per_target_month_and_creditor"
            ),
            models.CheckConstraint(name="a_done_task_says_what", condition=Q(done_on__isnull=True) | ~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} {self.row}: {self.indicator}"

    def is_late(self, on: dt.date) -> bool:
        return self.done_on is None and self.due_on < on
