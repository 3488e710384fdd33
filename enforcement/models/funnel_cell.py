"""How far the noticed cases of a creditor had got by a month's end, kept so that a board need not walk them all.

A row is a cache of `enforcement.queries.funnel.paths` as known now, and equals it; `enforcement.actions.keep_funnel` writes it
anew when a later fact reaches into it. The four columns at the end say what was known when it was written.
"""

from django.db import models

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import MonthField


class FunnelCell(models.Model):
    """`tallies`: pairs of a territory's id and its steps, each step as cases, days since the step before, kopecks."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    month = MonthField()
    tallies = models.JSONField(default=list)
    booking = models.BigIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)
    event = models.BigIntegerField(default=0)
    court_event = models.BigIntegerField(default=0)

    objects = QuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creditor", "month"], name="one_funnel_cell")]

    def __str__(self) -> str:
        return f"{self.creditor_id}: {self.month}"
