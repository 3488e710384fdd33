"""Complaints on a bailiff's inaction: once a term of the law has passed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from enforcement.models.presentation import Presentation
from enforcement.models.proceeding import EnforcementProceeding
from enforcement.models.writ import Writ
from enforcement.rules.words import INACTION_NAMES, choices


class BailiffComplaint(models.Model):
    """A complaint to the senior bailiff or the court (жалоба на бездействие, 229-ФЗ ст. 121-128).

    `term_ended_on` is the last day of the term that the bailiff let pass; `answer_due_on` the last day to consider it.
    """

    class Addressee(models.TextChoices):
        SENIOR_BAILIFF = "senior_bailiff", "старший судебный пристав"
        COURT = "court", "суд"

    class Outcome(models.TextChoices):
        GRANTED = "granted", "удовлетворена"
        PARTLY = "partly", "удовлетворена частично"
        DISMISSED = "dismissed", "отказано"

    class QuerySet(ScopedQuerySet):
        creditor_path = "writ__creditor"

        def waiting(self) -> "BailiffComplaint.QuerySet":
            return self.filter(answered_on__isnull=True)

    writ = models.ForeignKey(Writ, on_delete=models.PROTECT, related_name="complaints")
    presentation = models.ForeignKey(Presentation, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    proceeding = models.ForeignKey(
        EnforcementProceeding, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    kind = models.CharField(max_length=20, choices=choices(INACTION_NAMES))
    addressee = models.CharField(max_length=20, choices=Addressee, default=Addressee.SENIOR_BAILIFF)
    about = models.CharField(max_length=400, blank=True)
    term_ended_on = models.DateField()
    filed_on = models.DateField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answer_due_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="complaint_answer_has_an_outcome", condition=Q(answered_on__isnull=True) ^ ~Q(outcome="")
            ),
            models.UniqueConstraint(
                fields=["writ", "kind"], condition=Q(answered_on__isnull=True), name="one_waiting_complaint_per_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"жалоба от {self.filed_on:%d.%m.%Y}: {self.get_kind_display()}"
