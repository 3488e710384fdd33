"""What happened to a claim in court: append-only, typed by the catalogue `enforcement.rules.court_events`.

An event is never changed. One recorded by mistake is taken back by an event that names it (`reverses`), and the state of
the claim is replayed from those that stand.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from casedesk.access.scope import ScopedQuerySet
from enforcement.models.claim import Claim

TAKEN_BACK = "taken_back"


class CourtEventsAreFinal(TypeError):
    """Somebody tried to change or delete a court event: take it back by another one."""


class CourtEvent(models.Model):
    """One thing that happened to a claim (событие в суде). `data` holds what the catalogue asks of the code."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "claim__creditor"

        def standing(self) -> "CourtEvent.QuerySet":
            """Without those that were taken back, and without the taking back."""
            return self.filter(reversed_by__isnull=True, reverses__isnull=True)

        def update(self, **kwargs):
            raise CourtEventsAreFinal("court events are never updated")

        def delete(self):
            raise CourtEventsAreFinal("court events are never deleted")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="events", db_index=False)
    code = models.CharField(max_length=40)
    happened_on = models.DateField(help_text="The day it counts for")
    data = models.JSONField(default=dict, blank=True)
    term_until = models.DateField(null=True, blank=True, help_text="Last day of the term that the event started")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "id"]
        indexes = [
            models.Index(fields=["claim", "happened_on", "id"], name="court_event_by_claim"),
            models.Index(fields=["code", "happened_on"], name="court_event_by_code"),
        ]
        constraints = [
            models.CheckConstraint(name="only_taking_back_reverses", condition=Q(code="taken_back") ^ Q(reverses__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.happened_on:%d.%m.%Y}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise CourtEventsAreFinal("court events are never updated")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise CourtEventsAreFinal("court events are never deleted")
