"""Repayment agreements: what a debtor promised to pay, by which days, and what the promise covers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField
from debtors.models.case_file import CaseFile
from debtors.rules.agreement_standing import AGREEMENT_STATES, IN_FORCE, AgreementState
from debtors.rules.schedule import SCHEDULE_NAMES, Part, ScheduleKind
from debtors.rules.stages import choices


class RepaymentAgreement(models.Model):
    """An agreement on paying a debt by instalments (соглашение о рассрочке); with a court's ruling, a settlement in court.

    It covers the open principal of the case's months up to `covered_through` as it stood on the day of signing. Terms never
    change: a new schedule is a new agreement. `state` follows from the case's events.
    """

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def in_force(self) -> "RepaymentAgreement.QuerySet":
            return self.filter(state__in=IN_FORCE)

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="agreements", db_index=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField(help_text="Runs within the creditor, without gaps")
    state = models.CharField(max_length=12, choices=choices(AGREEMENT_STATES), default=AgreementState.ACTIVE)
    signed_on = models.DateField()
    total = KopeckField(help_text="Sum of the instalments")
    covered_through = MonthField(help_text="Newest month that the agreement covers")
    kind = models.CharField(max_length=12, choices=choices(SCHEDULE_NAMES), default=ScheduleKind.EQUAL)
    current_too = models.BooleanField(default=True, help_text="Broken as well when a later month becomes overdue")
    court_ruling = models.CharField(max_length=200, blank=True, help_text="Ruling that approved it as a settlement")
    court_case = models.CharField(max_length=100, blank=True, help_text="Number of the court's case")
    approved_on = models.DateField(null=True, blank=True, help_text="The day of the ruling")
    hold = models.ForeignKey("debtors.Hold", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    broken_on = models.DateField(null=True, blank=True, help_text="The day the breach was found")
    notify_until = models.DateField(null=True, blank=True, help_text="Last day to tell the debtor of the breach")
    ended_on = models.DateField(null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "number"], name="one_agreement_per_number"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=sorted(IN_FORCE)), name="one_agreement_in_force_per_case"
            ),
            models.CheckConstraint(name="agreement_is_on_money", condition=Q(total__gt=0)),
            models.CheckConstraint(
                name="agreement_broken_and_notify_until_go_together",
                condition=Q(broken_on__isnull=True, notify_until__isnull=True)
                | Q(broken_on__isnull=False, notify_until__gte=F("broken_on")),
            ),
            models.CheckConstraint(
                name="settlement_has_its_ruling_and_day",
                condition=Q(court_ruling="", court_case="", approved_on__isnull=True)
                | ~Q(court_ruling="") & Q(approved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_ends_with_its_state",
                condition=Q(ended_on__isnull=False, state__in=["fulfilled", "terminated"])
                | Q(ended_on__isnull=True, state__in=sorted(IN_FORCE)),
            ),
        ]

    def __str__(self) -> str:
        return f"соглашение № {self.number} от {self.signed_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:agreement", args=[self.pk])

    @property
    def is_settlement(self) -> bool:
        """Approved by a court: what is broken is enforced by a writ, not claimed again (ГПК РФ ст. 153.11, 221)."""
        return bool(self.court_ruling)


class Instalment(models.Model):
    """One payment of the schedule (взнос) and its last day."""

    agreement = models.ForeignKey(RepaymentAgreement, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    amount = KopeckField()

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="one_instalment_per_number"),
            models.CheckConstraint(name="instalment_is_money", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"взнос {self.number} до {self.due_on:%d.%m.%Y}"

    @property
    def part(self) -> Part:
        return Part(self.number, self.due_on, self.amount)
