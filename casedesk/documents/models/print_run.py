"""Print runs: many documents as one PDF for the printer, a ZIP of single files and a register."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet
from casedesk.documents.models.document import Document


def stored_name(run: "PrintRun", name: str) -> str:
    return f"documents/runs/{run.pk}/{name}"


def part_name(part: "PrintPart", name: str) -> str:
    return f"documents/runs/{part.run_id}/parts/{name}"


class PrintRun(models.Model):
    """A batch for the printer (печать пачкой). Its documents and their order are fixed when it is asked for.

    The work is done part by part (`PrintPart`): a part that is written is never set again, so a killed run goes on where it
    stopped and no letter comes twice or is lost.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "готовится"
        READY = "ready", "готова"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="print_runs")
    title = models.CharField(max_length=200)
    documents = models.ManyToManyField(Document, through="documents.PrintRunDocument", related_name="print_runs")
    count = models.PositiveIntegerField(help_text="Documents in the run")
    both_sides = models.BooleanField(default=False, help_text="Each document begins on the front of a sheet")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    pages = models.PositiveIntegerField(default=0)
    pdf = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    archive = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    register = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    job = models.ForeignKey("common.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_ready_run_has_its_files",
                condition=~Q(state="ready") | ~Q(pdf="") & ~Q(archive="") & ~Q(register="") & Q(pages__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} (пачка № {self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("documents:run", args=[self.pk])


class PrintRunDocument(models.Model):
    """A document at its place in a run."""

    run = models.ForeignKey(PrintRun, on_delete=models.CASCADE, related_name="lines")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "position"], name="one_document_per_place"),
            models.UniqueConstraint(fields=["run", "document"], name="a_document_once_in_a_run"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.position}"


class PrintPart(models.Model):
    """A written part of a run: positions from `first` up to but not including `until`, and on which page each begins."""

    run = models.ForeignKey(PrintRun, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    until = models.PositiveIntegerField()
    file = models.FileField(upload_to=part_name, max_length=200)
    pages = models.PositiveIntegerField()
    starts = models.JSONField(help_text="Page of the part on which each of its documents begins, from 0")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_part_per_number")]

    def __str__(self) -> str:
        return f"{self.run_id}: часть {self.number}"
