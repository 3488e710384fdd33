"""Case files: one folder of work on a debt, over accounts and people, with one next step.

A case opens by the creditor's rule and closes when nothing is overdue. Accounts and people are tied to it for periods, so
one debtor may have several accounts in a case and several cases over the years; an account has one live case at most.

Three groups of columns are derived and rebuilt set-based: where the debt stands (from `AccountState`), the next step
(from `debtors.rules.next_step`), the text to search in. `stage`, `stage_on` and `stage_until` follow from the events
(`debtors.states.case_file.replay` gives the same), holds from `Hold`. Nobody edits them by hand.
"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField
from debtors.models.account import Category
from debtors.models.premises import Tenure
from debtors.rules.next_step import ACTION_NAMES
from debtors.rules.promise_standing import PromiseState
from debtors.rules.stages import FLAG_NAMES, HOLD_NAMES, STAGE_NAMES, Stage, choices

DERIVED = [
    *["stage", "stage_on", "stage_until", "hold_kind", "hold_on", "hold_until", "flag_marks"],
    *["debt", "overdue", "penalty", "average_charge", "months_x100", "oldest_open_month", "at_least"],
    *["next_action", "next_from", "next_due_on", "next_reason", "next_norm", "next_waits_for"],
    *["debtor_names", "address", "account_numbers", "category", "search"],
]
"""Columns that the history of people's edits leaves out."""


class CloseReason(models.TextChoices):
    """Why a case was closed."""

    PAID = "paid", "просроченного долга нет"
    BELOW_RULE = "below_rule", "не подходит под новое правило"
    BY_HAND = "by_hand", "закрыто юристом"


class CaseFileQuerySet(ScopedQuerySet):
    """Case files as lists see them: each filter has a name here, so that a list and its counter agree."""

    creditor_path = "creditor"
    territory_path = "account__premises__house__territory"

    def municipal_rows(self) -> Q:
        own = [Tenure.SOCIAL_RENT, Tenure.MUNICIPAL, Tenure.VACANT, Tenure.ESCHEAT]
        return Q(account__premises__tenure__in=own)

    def live(self) -> "CaseFileQuerySet":
        return self.filter(is_open=True)

    def actionable(self, on) -> "CaseFileQuerySet":
        """Open, and nothing has to run out first: the step may be taken on the day."""
        return self.live().exclude(next_action="").filter(Q(next_from__isnull=True) | Q(next_from__lte=on))

    def due(self, on) -> "CaseFileQuerySet":
        """The step's day has come or is past."""
        return self.actionable(on).filter(next_due_on__lte=on)

    def waiting(self, on) -> "CaseFileQuerySet":
        """Something runs first: a waiting term, a hold."""
        return self.live().exclude(next_action="").filter(next_from__gt=on)

    def broke_a_promise(self, on) -> "CaseFileQuerySet":
        """Open, a promise to pay was found broken within the last month, and no newer one waits."""
        since = on - dt.timedelta(days=30)
        broken = self.live().filter(promises__state=PromiseState.BROKEN, promises__judged_on__gt=since)
        return broken.exclude(promises__state=PromiseState.WAITING).distinct()

    def without_step(self) -> "CaseFileQuerySet":
        return self.live().filter(next_action="")

    def without_deadline(self) -> "CaseFileQuerySet":
        return self.live().exclude(next_action="").filter(next_due_on__isnull=True)

    def on_hold(self, on) -> "CaseFileQuerySet":
        """A hold is in force on the day."""
        return self.live().exclude(hold_kind="").filter(Q(hold_until__isnull=True) | Q(hold_until__gt=on))


class CaseFile(models.Model):
    """The file on a debtor (дело должника)."""

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="case_files", db_index=False)
    number = models.PositiveIntegerField(help_text="Runs within the creditor, without gaps")
    account = models.ForeignKey(
        "debtors.UtilityAccount",
        on_delete=models.PROTECT,
        related_name="main_cases",
        help_text="The account that the case was opened for; the others are in `accounts`",
    )
    accounts = models.ManyToManyField("debtors.UtilityAccount", through="debtors.CaseAccount", related_name="case_files")
    debtors = models.ManyToManyField("debtors.Debtor", through="debtors.CaseDebtor", related_name="case_files")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="case_files", db_index=False
    )
    rule = models.ForeignKey("debtors.OpeningRule", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True)
    is_open = models.BooleanField(default=True)

    stage = models.CharField(max_length=20, choices=choices(STAGE_NAMES), default=Stage.OPENED)
    stage_on = models.DateField(help_text="The day of the event that led to the stage")
    stage_until = models.DateField(null=True, blank=True, help_text="End of the term that the stage started")
    hold_kind = models.CharField(max_length=20, choices=choices(HOLD_NAMES), blank=True)
    hold_on = models.DateField(null=True, blank=True)
    hold_until = models.DateField(null=True, blank=True, help_text="First day without the hold")
    flag_marks = models.CharField(max_length=80, blank=True, help_text="Codes of the flags in force, joined by commas")

    debt = KopeckField(default=0)
    overdue = KopeckField(default=0)
    penalty = KopeckField(default=0)
    average_charge = KopeckField(default=0)
    months_x100 = models.IntegerField(default=0)
    oldest_open_month = MonthField(null=True, blank=True)
    at_least = models.BooleanField(default=False)

    next_action = models.CharField(max_length=30, choices=choices(ACTION_NAMES), blank=True)
    next_from = models.DateField(null=True, blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    next_reason = models.CharField(max_length=400, blank=True)
    next_norm = models.CharField(max_length=120, blank=True)
    next_waits_for = models.CharField(max_length=30, blank=True)

    debtor_names = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=400, blank=True)
    account_numbers = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=30, choices=Category, blank=True)
    search = models.CharField(max_length=1500, blank=True, editable=False)
    history = HistoricalRecords(excluded_fields=DERIVED)

    objects = CaseFileQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["creditor", "is_open", "overdue", "id"], name="case_by_money"),
            models.Index(fields=["creditor", "is_open", "next_due_on", "id"], name="case_by_deadline"),
            models.Index(fields=["creditor", "is_open", "stage", "overdue"], name="case_by_stage"),
            models.Index(fields=["officer", "is_open", "overdue"], name="case_by_officer"),
            models.Index(fields=["creditor", "is_open", "next_from"], name="case_by_waiting"),
            models.Index(fields=["creditor"], condition=Q(is_open=True, next_action=""), name="case_without_step"),
            models.Index(fields=["creditor"], condition=Q(is_open=True, next_due_on=None), name="case_without_deadline"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "number"], name="one_case_per_number"),
            models.CheckConstraint(
                name="case_is_open_until_closed",
                condition=Q(is_open=True, closed_on__isnull=True, close_reason="") & ~Q(stage=Stage.CLOSED)
                | Q(is_open=False, closed_on__isnull=False, stage=Stage.CLOSED) & ~Q(close_reason=""),
            ),
            models.CheckConstraint(name="hold_has_a_start", condition=Q(hold_kind="") ^ Q(hold_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"дело № {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:case", args=[self.pk])

    @property
    def flags(self) -> frozenset[str]:
        return frozenset(filter(None, self.flag_marks.split(",")))

    @property
    def flag_names(self) -> list[str]:
        return [FLAG_NAMES[code] for code in FLAG_NAMES if code in self.flags]

    def held_on(self, day) -> bool:
        """Whether a hold is in force on the day."""
        return bool(self.hold_kind) and (self.hold_until is None or self.hold_until > day)


class CaseAccount(models.Model):
    """An account in a case during a period (end exclusive). One live case per account."""

    case = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="account_links")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="case_links")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(is_live=True), name="one_live_case_per_account"),
            models.CheckConstraint(
                name="live_link_has_no_end",
                condition=Q(is_live=True, valid_to__isnull=True) | Q(is_live=False, valid_to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} в деле {self.case_id}"


class CaseDebtor(models.Model):
    """A person in a case during a period (end exclusive)."""

    case = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="debtor_links")
    debtor = models.ForeignKey("debtors.Debtor", on_delete=models.PROTECT, related_name="case_links")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "debtor", "valid_from"], name="one_debtor_per_case_start")]

    def __str__(self) -> str:
        return f"{self.debtor} в деле {self.case_id}"
