"""Values of norms that administrators add between releases, each approved by a second person.

The text of a value is what was typed; `casedesk.norms.typed` turns it into the value of its norm. Rows are never edited: a
mistake is answered by a newer row for the same day.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.norms.norm import CONFIDENCE


class NormValue(models.Model):
    """One value proposed for a norm; it counts once it is approved."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "ждёт второй подписи"
        APPROVED = "approved", "действует"
        DECLINED = "declined", "отклонено"

    class QuerySet(models.QuerySet):
        def visible_to(self, user) -> "NormValue.QuerySet":
            """The law is the same for all: everybody who may see norms sees the rows."""
            return self if scope_of(user).may(Right.SEE_NORMS) else self.none()

        def approved(self) -> "NormValue.QuerySet":
            return self.filter(state=NormValue.State.APPROVED)

        def waiting(self) -> "NormValue.QuerySet":
            return self.filter(state=NormValue.State.PROPOSED)

    norm = models.CharField(max_length=80, help_text="Full name, as key_rate.bank_of_russia")
    valid_from = models.DateField(help_text="First day in force")
    valid_to = models.DateField(null=True, blank=True, help_text="Last day in force, included; empty: until the next change")
    value = models.TextField(help_text="As typed")
    act = models.CharField(max_length=300)
    confidence = models.CharField(max_length=3, choices=list(CONFIDENCE.items()))
    checked_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("proposed_by")), name="norm_value_has_two_signatures"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | Q(state__in=["approved", "declined"], decided_by__isnull=False, decided_at__isnull=False),
                name="norm_value_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="norm_value_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.norm} {self.valid_from}"
