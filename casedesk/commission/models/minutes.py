"""Minutes of a meeting: kept as data with their hash, signed by two people, frozen with the second signature."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.commission.models.meeting import Meeting


class Minutes(models.Model):
    """The minutes (протокол). Whoever presided and whoever kept them sign, each by their own sign-in, the same data."""

    class QuerySet(ScopedQuerySet):
        def visible_to(self, user):
            return self.filter(meeting__in=Meeting.objects.visible_to(user))

        def signed(self) -> "Minutes.QuerySet":
            return self.filter(signed_at__isnull=False)

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    content = models.JSONField(help_text="All that was heard and decided, as it is signed")
    sha256 = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    presided_at = models.DateTimeField(null=True, blank=True, help_text="Signed by whoever presided")
    presided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(null=True, blank=True, help_text="Signed by whoever kept them")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True, help_text="The second signature")
    document = models.OneToOneField(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="The signed paper"
    )

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                name="minutes_are_signed_by_two_people",
                condition=Q(presided_by__isnull=True) | Q(kept_by__isnull=True) | ~Q(presided_by=F("kept_by")),
            ),
            models.CheckConstraint(
                name="presided_by_and_at_go_together",
                condition=Q(presided_by__isnull=True, presided_at__isnull=True)
                | Q(presided_by__isnull=False, presided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="kept_by_and_at_go_together",
                condition=Q(kept_by__isnull=True, kept_at__isnull=True) | Q(kept_by__isnull=False, kept_at__isnull=False),
            ),
            models.CheckConstraint(
                name="signed_minutes_have_both_signatures",
                condition=Q(signed_at__isnull=True)
                | Q(presided_by__isnull=False, kept_by__isnull=False, document__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.meeting.minutes_name

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None
