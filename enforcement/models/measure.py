"""What a bailiff does in a proceeding: accounts, wages, a travel ban, property; with days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from enforcement.models.proceeding import EnforcementProceeding
from enforcement.rules.words import MEASURE_NAMES, choices


class ProceedingMeasure(models.Model):
    """One measure (мера принудительного исполнения): imposed on a day, perhaps until a day, perhaps lifted.

    `valid_to` is the first day without it, where the ruling names an end.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "proceeding__writ__creditor"
        department_path = "proceeding__department"

    proceeding = models.ForeignKey(EnforcementProceeding, on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=20, choices=choices(MEASURE_NAMES))
    imposed_on = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    lifted_on = models.DateField(null=True, blank=True)
    amount = KopeckField(default=0)
    note = models.CharField(max_length=300, blank=True, help_text="The bank, the employer, the thing; number of the ruling")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-imposed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="measure_is_lifted_after_it_is_imposed",
                condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("imposed_on")),
            ),
            models.CheckConstraint(
                name="measure_ends_after_it_starts", condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("imposed_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} с {self.imposed_on:%d.%m.%Y}"

    def in_force(self, day) -> bool:
        """Whether the measure binds on the day."""
        ended = self.lifted_on or self.valid_to
        return self.imposed_on <= day and (ended is None or ended > day)
