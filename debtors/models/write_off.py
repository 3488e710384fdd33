"""Write-offs: debt that leaves the books, on a lawful ground, by two people's decision, and stays watched.

The system finds candidates. One person gathers them with their papers into an act and asks; another approves or refuses; a job
then books the act: every line becomes a ledger fact of the channel `write_off`, which settles its month and is received
nowhere. Writing off does not extinguish the debt (order 34n p. 77): it is watched for five years, and when money comes it is
restored by reversals of the same facts.

Two people are the database's rule, not the screen's: constraints and triggers of migration `write_offs` refuse an act that its
asker decided, an act that skips a state, lines added after asking, and a ledger fact that no approved act stands behind.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField
from debtors.models.account import UtilityAccount
from debtors.models.booking import Booking
from debtors.rules.stages import choices
from debtors.rules.write_off import GROUND_NAMES, PAPER_NAMES

PERSON = settings.AUTH_USER_MODEL


class WriteOffCandidate(models.Model):
    """Debt of one account that may be written off on a ground, as the last search found it. Rebuilt by each search."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "account__creditor"

    account = models.ForeignKey(UtilityAccount, on_delete=models.CASCADE, related_name="write_off_candidates")
    ground = models.CharField(max_length=20, choices=choices(GROUND_NAMES))
    principal = KopeckField(default=0)
    penalty = KopeckField(default=0, help_text="Penalties and court costs")
    total = KopeckField(default=0, db_index=True)
    first_month = MonthField()
    last_month = MonthField()
    why = models.CharField(max_length=300)
    found_on = models.DateField()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-total", "id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "ground"], name="one_candidate_per_ground"),
            models.CheckConstraint(name="candidate_adds_up", condition=Q(total=F("principal") + F("penalty")) & Q(total__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_ground_display()}"


class WriteOffAct(models.Model):
    """An act of write-off (акт о списании): accounts with their months, on one ground, on its way past two people."""

    class State(models.TextChoices):
        DRAFT = "draft", "готовится"
        ASKED = "asked", "ждёт утверждения"
        APPROVED = "approved", "утверждён, проводится"
        POSTED = "posted", "проведён"
        REFUSED = "refused", "отклонён"
        WITHDRAWN = "withdrawn", "отозван"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

        def live(self) -> "WriteOffAct.QuerySet":
            """Acts on their way: what they name is not offered again."""
            return self.filter(state__in=("draft", "asked", "approved"))

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="write_offs")
    number = models.PositiveIntegerField()
    ground = models.CharField(max_length=20, choices=choices(GROUND_NAMES))
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    total = KopeckField(default=0, help_text="Sum of the lines when the act was gathered")
    made_on = models.DateField()
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refusal = models.CharField(max_length=300, blank=True)
    booking = models.OneToOneField(Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="write_off")
    watched_until = models.DateField(null=True, blank=True, help_text="The last day of watching for money and property")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "number"], name="one_write_off_per_number"),
            models.CheckConstraint(
                name="write_off_is_decided_by_another",
                condition=Q(decided_by__isnull=True)
                | (Q(asked_by__isnull=False) & ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("made_by"))),
            ),
            models.CheckConstraint(
                name="write_off_asked_before_decided",
                condition=Q(state__in=("draft", "withdrawn")) | Q(asked_by__isnull=False, asked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="write_off_decided_by_and_on",
                condition=Q(state__in=("approved", "posted", "refused"), decided_by__isnull=False, decided_on__isnull=False)
                | Q(state__in=("draft", "asked", "withdrawn"), decided_by__isnull=True, decided_on__isnull=True),
            ),
            models.CheckConstraint(
                name="only_a_posted_write_off_is_booked", condition=Q(state="posted") ^ Q(booking__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"акт о списании № {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:write-off", args=[self.pk])


class WriteOffItem(models.Model):
    """One account of an act, with the reason that was found for it."""

    class QuerySet(ScopedQuerySet):
        creditor_path = "act__creditor"

    act = models.ForeignKey(WriteOffAct, on_delete=models.CASCADE, related_name="items")
    account = models.ForeignKey(UtilityAccount, on_delete=models.PROTECT, related_name="write_off_items")
    total = KopeckField()
    why = models.CharField(max_length=300)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-total", "id"]
        constraints = [models.UniqueConstraint(fields=["act", "account"], name="an_account_once_in_an_act")]

    def __str__(self) -> str:
        return f"{self.act}: {self.account}"


class WriteOffLine(models.Model):
    """One month of one service of an account of an act. What was booked of it is in the ledger, under the act's booking."""

    item = models.ForeignKey(WriteOffItem, on_delete=models.CASCADE, related_name="lines")
    service = models.ForeignKey("debtors.Service", on_delete=models.PROTECT, related_name="+")
    month = MonthField()
    amount = KopeckField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "service", "month"], name="one_write_off_line_per_month"),
            models.CheckConstraint(name="write_off_line_is_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.service_id} {self.month}"


class WriteOffPaper(models.Model):
    """A paper that a ground asks for: of one account of the act, or (without an account) of the whole act."""

    act = models.ForeignKey(WriteOffAct, on_delete=models.CASCADE, related_name="papers")
    item = models.ForeignKey(WriteOffItem, null=True, blank=True, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=30, choices=choices(PAPER_NAMES))
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    issued_by_whom = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["kind", "issued_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} № {self.number} от {self.issued_on:%d.%m.%Y}"


class WriteOffReversal(models.Model):
    """Debt put back on the books (восстановление списанного): money came, or it can be collected again, or it was a mistake.

    The facts are the reversals under its booking; each names the write-off it takes back.
    """

    class Why(models.TextChoices):
        MONEY_CAME = "money_came", "пришли деньги"
        COLLECTABLE = "collectable", "долг можно взыскать"
        MISTAKE = "mistake", "списано ошибочно"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="write_off_reversals")
    why = models.CharField(max_length=15, choices=Why)
    note = models.CharField(max_length=300, blank=True)
    total = KopeckField()
    made_on = models.DateField()
    made_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="write_off_reversal")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [models.CheckConstraint(name="a_reversal_restores_something", condition=Q(total__gt=0))]

    def __str__(self) -> str:
        return f"восстановление от {self.made_on:%d.%m.%Y}"
