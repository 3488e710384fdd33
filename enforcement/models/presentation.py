"""Presentations: each time a writ is handed to somebody who must obey it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.models.writ import Writ
from enforcement.rules.words import ADDRESSEE_NAMES, GROUND_NAMES, choices


class Presentation(models.Model):
    """One stay of a writ with bailiffs, a bank or an employer (предъявление). A writ has several over time, one at a time.

    The sums are what was still to be collected when it was sent. `ended_ground` is a key of `GROUND_NAMES`, or the article and
    point that a register names. `resolution_sent_on` starts the new term after a return (229-ФЗ ст. 22 ч. 3).
    """

    class Kind(models.TextChoices):
        BAILIFFS = "bailiffs", ADDRESSEE_NAMES["bailiffs"]
        BANK = "bank", ADDRESSEE_NAMES["bank"]
        EMPLOYER = "employer", ADDRESSEE_NAMES["employer"]

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", "нарочно"
        POST = "post", "почтой"
        PORTAL = "portal", "через Госуслуги"
        COURT = "court", "направлен судом"

    class QuerySet(ScopedQuerySet):
        creditor_path = "writ__creditor"
        department_path = "department"

        def running(self) -> "Presentation.QuerySet":
            return self.filter(ended_on__isnull=True)

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="presentations")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.BAILIFFS)
    department = models.ForeignKey(
        "access.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="presentations"
    )
    addressee = models.CharField(max_length=300, blank=True, help_text="The bank or the employer; a department without a row")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.POST)
    outgoing_number = models.CharField(max_length=40, blank=True)
    sent_on = models.DateField()
    received_on = models.DateField(null=True, blank=True)
    is_early = models.BooleanField(default=False, help_text="Before the six months, on news of property")
    principal = KopeckField(default=0)
    penalty = KopeckField(default=0)
    duty = KopeckField(default=0)
    ended_on = models.DateField(null=True, blank=True)
    ended_ground = models.CharField(max_length=20, blank=True, choices=choices(GROUND_NAMES))
    resolution_sent_on = models.DateField(null=True, blank=True, help_text="The day the ruling was sent to the creditor")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["writ"], condition=Q(ended_on__isnull=True), name="one_running_presentation"),
            models.CheckConstraint(
                name="presentation_ends_after_it_starts", condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("sent_on"))
            ),
            models.CheckConstraint(
                name="presentation_is_received_after_sent",
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("sent_on")),
            ),
            models.CheckConstraint(
                name="presentation_ends_on_a_ground", condition=Q(ended_on__isnull=False) ^ Q(ended_ground="")
            ),
            models.CheckConstraint(
                name="presented_sums_not_negative", condition=Q(principal__gte=0) & Q(penalty__gte=0) & Q(duty__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}, {self.sent_on:%d.%m.%Y}"

    @property
    def to(self) -> str:
        """Whom it was presented to, in words."""
        return str(self.department or self.addressee or self.get_kind_display())

    @property
    def total(self) -> int:
        """What was still to be collected, kopecks."""
        return self.principal + self.penalty + self.duty
