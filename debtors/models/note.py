"""Notes: what colleagues write to each other on a case."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from debtors.models.case_file import CaseFile


class Note(models.Model):
    """A note on a case (заметка). It may be edited by its author; the earlier text stays in the history."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "case__creditor"

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=4000)
    is_pinned = models.BooleanField(default=False)
    written_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-is_pinned", "-written_on", "-id"]

    def __str__(self) -> str:
        return self.text[:60]
