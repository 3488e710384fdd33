"""A plan that somebody is working on: nobody's figures change until it is published."""

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.plans.models.plan import Plan


class PlanDraft(models.Model):
    """The text of a plan's file in work (черновик плана). `plan` is the one it will replace; None: a new one.

    `revision` counts the changes: a form that was opened before another change is refused, not saved over it.
    """

    class QuerySet(ScopedQuerySet):
        def visible_to(self, user) -> "PlanDraft.QuerySet":
            """A municipality's people see the drafts of their territory; administrators see all."""
            scope = scope_of(user)
            return self.all() if scope.everything else self.filter(territory__in=scope.territories)

    plan = models.OneToOneField(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="draft")
    territory = models.ForeignKey("access.Territory", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(help_text="The plan's file, TOML")
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Черновик плана {self.plan.code}" if self.plan else f"Черновик нового плана № {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("plans:draft", args=[self.pk])
