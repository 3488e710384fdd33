"""Pre-trial notices: what was asked of the debtor, on which day, of which months, and how it reached them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField
from debtors.models.case_file import CaseFile


class PreTrialNotice(models.Model):
    """A paper asking to pay before court (напоминание, претензия).

    The sum is the residual on the day of preparation and stays as it was asked: `lines` keep it by month and service.
    Numbers run within creditor and kind without gaps; a spoilt one is cancelled, not reused.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", "напоминание"

    class State(models.TextChoices):
        PREPARED = "prepared", "подготовлено"
        SENT = "sent", "вручено"
        CANCELLED = "cancelled", "отменено"

    class Channel(models.TextChoices):
        BY_HAND = "by_hand", "лично под подпись"
        POST = "post", "заказным письмом"
        BILL = "bill", "с платёжным документом"
        GIS = "gis", "через ГИС ЖКХ"
        EMAIL = "email", "по электронной почте"
        MAILBOX = "mailbox", "в почтовый ящик"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="notices", db_index=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.REMINDER)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20, choices=State, default=State.PREPARED)
    total = KopeckField(help_text="Sum of the lines")
    addressee = models.CharField(max_length=300)
    address = models.CharField(max_length=400, blank=True)
    prepared_on = models.DateField()
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, choices=Channel, blank=True)
    waiting_until = models.DateField(null=True, blank=True, help_text="First day after the term given for payment")
    history = HistoricalRecords()

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-prepared_on", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["creditor", "kind", "number"], name="one_notice_per_number"),
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(state="prepared"), name="one_prepared_notice_per_case"
            ),
            models.CheckConstraint(name="notice_asks_for_money", condition=Q(total__gt=0)),
            models.CheckConstraint(
                name="notice_sent_whole",
                condition=Q(state="sent", sent_on__isnull=False, sent_by__isnull=False, waiting_until__isnull=False)
                & ~Q(channel="")
                | ~Q(state="sent") & Q(sent_on__isnull=True, sent_by__isnull=True, waiting_until__isnull=True, channel=""),
            ),
            models.CheckConstraint(
                name="notice_sent_after_prepared", condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("prepared_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} № {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("debtors:notice", args=[self.pk])


class NoticeLine(models.Model):
    """One month of one service in a notice: what was open on the day of preparation, in kopecks."""

    notice = models.ForeignKey(PreTrialNotice, on_delete=models.CASCADE, related_name="lines")
    account = models.ForeignKey("debtors.UtilityAccount", on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.ForeignKey("debtors.Service", on_delete=models.PROTECT, related_name="+", db_index=False)
    month = MonthField()
    amount = KopeckField()
    at_least = models.BooleanField(default=False, help_text="Part of an opening balance: of this month or older")

    class Meta:
        ordering = ["account", "month", "service"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "account", "service", "month"], name="one_notice_line"),
            models.CheckConstraint(name="notice_line_asks_for_money", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.amount}"
