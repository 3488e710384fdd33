"""What is wrong in a file, at its place."""

from django.db import models

from casedesk.access.scope import ScopedQuerySet


class ImportProblem(models.Model):
    """A fault of a file or of one of its rows, worded for people. `fatal`: that row (or file) was not booked."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "batch__creditor"

    batch = models.ForeignKey("imports.ImportBatch", on_delete=models.CASCADE, related_name="problems")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    column = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=1000)
    fatal = models.BooleanField(default=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.message
