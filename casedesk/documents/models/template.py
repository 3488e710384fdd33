"""Templates of papers, kept version by version: a document can be printed again as it was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet, scope_of
from casedesk.documents import kinds


class DocumentTemplate(models.Model):
    """One version of the template of a kind of paper (шаблон).

    Without a creditor it is the shipped one. The file stands in the row: a copy of the database is enough to print every
    paper again. Of a creditor's versions of a kind one at most is in force; when none is, the shipped one serves.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def visible_to(self, user):
            """The person's creditors' own, and the shipped ones for everybody who works for a creditor."""
            scope = scope_of(user)
            seen = super().visible_to(user)
            return seen | self.filter(creditor__isnull=True) if scope.creditors or scope.everything else seen

        def light(self) -> "DocumentTemplate.QuerySet":
            """Without the files, for lists."""
            return self.defer("docx")

    kind = models.CharField(max_length=40)
    creditor = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="document_templates"
    )
    version = models.PositiveIntegerField()
    docx = models.BinaryField()
    sha256 = models.CharField(max_length=64, help_text="Of the file; of the source text for a shipped one")
    file_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What was changed, in the words of who changed it")
    is_active = models.BooleanField(default=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    history = HistoricalRecords(excluded_fields=["docx"])

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "creditor", "version"], condition=Q(creditor__isnull=False), name="one_template_version"
            ),
            models.UniqueConstraint(
                fields=["kind", "version"], condition=Q(creditor__isnull=True), name="one_shipped_template_version"
            ),
            models.UniqueConstraint(
                fields=["kind", "creditor"], condition=Q(creditor__isnull=False, is_active=True), name="one_active_template"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(creditor__isnull=True, is_active=True), name="one_active_shipped_template"
            ),
        ]

    def __str__(self) -> str:
        whose = "" if self.creditor_id else ", стандартный"
        return f"{kinds.title_of(self.kind)}: версия {self.version}{whose}"

    def get_absolute_url(self) -> str:
        return reverse("documents:template-file", args=[self.pk])

    @property
    def paper_key(self) -> str:
        """A name for its pictures, unique among templates."""
        return f"t{self.pk}"
