"""Documents: what was said to whom on which day, with the data each was made from."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from casedesk.documents import kinds
from casedesk.documents.models.template import DocumentTemplate


class NumberSeries(models.Model):
    """The last outgoing number of a creditor's year. Whoever gives numbers holds this row until the documents are written."""

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="number_series")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    objects = QuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["creditor", "year"], name="one_series_per_year")]
        verbose_name_plural = "number series"

    def __str__(self) -> str:
        return f"{self.creditor}, {self.year}: {self.last}"


class Document(models.Model):
    """A paper that went out or may go out (исходящий документ). Never edited: a wrong one is replaced by another.

    `data` is all that the template was filled with, in kopecks and ISO days, so DOCX and PDF can be made again at any time.
    `subject` is what the paper is about (a notice, a claim, a writ), `folder` the file it lies in (a case); both are named as
    `app.Model` and key, because this room knows no other. Numbers run within creditor and year without gaps.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    kind = models.CharField(max_length=40)
    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="documents", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    made_on = models.DateField(help_text="The day that stands on the paper")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    template = models.ForeignKey(DocumentTemplate, on_delete=models.PROTECT, related_name="documents")
    data = models.JSONField(encoder=DjangoJSONEncoder)
    totals = models.JSONField(default=dict, help_text="The totals that were checked against the rows, kopecks")
    total = KopeckField(null=True, blank=True)
    addressee = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=400, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    folder_kind = models.CharField(max_length=60, blank=True)
    folder_id = models.BigIntegerField(null=True, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="document_by_subject"),
            models.Index(fields=["folder_kind", "folder_id"], name="document_by_folder"),
            models.Index(fields=["creditor", "kind", "-id"], name="document_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "year", "number"], name="one_document_per_number"),
            models.CheckConstraint(
                name="document_folder_whole",
                condition=Q(folder_kind="", folder_id__isnull=True) | ~Q(folder_kind="") & Q(folder_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} № {self.full_number}"

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    @property
    def title(self) -> str:
        return kinds.title_of(self.kind)

    @property
    def full_number(self) -> str:
        """`15/2024`: as it stands on the paper."""
        return printed_number(self.number, self.year)

    @property
    def file_stem(self) -> str:
        """The name of its files, without the ending."""
        return f"{self.year}-{self.number:06d}-{self.kind}"


def printed_number(number: int, year: int) -> str:
    return f"{number}/{year}"
