"""Which column of a sender's register means what: proposed by the program once, confirmed by a person, then remembered."""

from django.db import models
from django.db.models import Q

from casedesk.access.scope import ScopedQuerySet


class ColumnProfile(models.Model):
    """A creditor's saved mapping of columns (`imports.profiles` says what `saved` holds)."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="column_profiles")
    name = models.CharField(max_length=100)
    saved = models.JSONField()
    signature = models.CharField(max_length=64, blank=True, help_text="Hash of the header: later files are known by it")
    confirmed_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    used = models.PositiveIntegerField(default=0)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "name"], name="one_profile_per_name"),
            models.UniqueConstraint(
                fields=["creditor", "signature"], condition=~Q(signature=""), name="one_profile_per_header"
            ),
            models.CheckConstraint(
                name="profile_confirmed_by_and_at",
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
