"""What happened on a case: an append-only timeline.

An event is never edited or deleted: a trigger of the database refuses it. A mistake is taken back by a further event
(`corrects`). `data` holds the fields that the catalogue (`debtors.rules.case_events`) asks of the code; the sentence
people read is made from them on reading.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from casedesk.access.scope import ScopedQuerySet
from debtors.models.case_file import CaseFile


class EventsAreFinal(TypeError):
    """Somebody tried to change or delete an event: record a correcting one."""


class CaseEventQuerySet(ScopedQuerySet):
    creditor_path = "case__creditor"

    def update(self, **kwargs):
        raise EventsAreFinal("case events are never updated")

    def delete(self):
        raise EventsAreFinal("case events are never deleted")


class CaseEvent(models.Model):
    """One thing that happened (событие дела)."""

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="events", db_index=False)
    code = models.CharField(max_length=40)
    happened_on = models.DateField(help_text="The day it counts for")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False, help_text="The moment we learnt it")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    data = models.JSONField(default=dict, blank=True)
    term_until = models.DateField(null=True, blank=True, help_text="End of the term that the event started")
    subject_kind = models.CharField(max_length=30, blank=True, help_text="What the event is about: notice, writ, proceeding")
    subject_id = models.BigIntegerField(null=True, blank=True)
    corrects = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by")

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["case", "happened_on", "id"], name="event_by_case"),
            models.Index(fields=["code", "happened_on"], name="event_by_code"),
            models.Index(fields=["subject_kind", "subject_id"], name="event_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_subject_is_whole",
                condition=Q(subject_kind="", subject_id__isnull=True) | ~Q(subject_kind="") & Q(subject_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.happened_on:%d.%m.%Y}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise EventsAreFinal("case events are never updated")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise EventsAreFinal("case events are never deleted")
