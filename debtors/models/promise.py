"""Promises to pay: a sum by a day, as the debtor said it, held against the ledger the morning after."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models.campaign import Contact
from debtors.models.case_file import CaseFile
from debtors.rules.promise_standing import PROMISE_NAMES, PROMISE_TONES, PromiseState
from debtors.rules.stages import choices


class Promise(models.Model):
    """A promise to pay (обещание оплатить). One waits per case at a time; a newer one replaces it."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "case__creditor"

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="promises")
    contact = models.OneToOneField(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="promise")
    amount = KopeckField()
    made_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=choices(PROMISE_NAMES), default=PromiseState.WAITING)
    paid = KopeckField(default=0, help_text="What the ledger showed when it was judged")
    judged_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was withdrawn")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "-id"]
        indexes = [models.Index(fields=["state", "due_on"], name="promise_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="waiting"), name="one_waiting_promise_per_case"),
            models.CheckConstraint(name="promise_is_of_money", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="promise_lies_ahead", condition=Q(due_on__gte=F("made_on"))),
            models.CheckConstraint(
                name="promise_is_judged_on_a_day",
                condition=Q(state="waiting", judged_on__isnull=True) | ~Q(state="waiting") & Q(judged_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"обещание до {self.due_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:case", args=[self.case_id])

    @property
    def tone(self) -> str:
        return PROMISE_TONES[PromiseState(self.state)]
