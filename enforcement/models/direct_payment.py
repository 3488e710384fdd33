"""Direct payments: money that a debtor paid straight to the creditor on a debt that bailiffs are collecting.

Until the bailiff knows of it, the same debt is taken a second time: from wages, from accounts. So each such payment is told to
the bailiff the day it is known, and the telling is followed until the bailiff confirms it.
"""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models import Payment
from enforcement.models.proceeding import EnforcementProceeding


class DirectPayment(models.Model):
    """One direct payment on a debt of one proceeding (оплата напрямую), and where its notice to the bailiff stands.

    Found by the pass after every booking; a payment whose booking is undone is there no more (`standing`).
    """

    class State(models.TextChoices):
        PREPARED = "prepared", "сообщить приставу"
        SENT = "sent", "сообщено, ждём подтверждения"
        CONFIRMED = "confirmed", "пристав учёл"

    class QuerySet(ScopedQuerySet):
        creditor_path = "proceeding__writ__creditor"
        department_path = "proceeding__department"

        def standing(self) -> "DirectPayment.QuerySet":
            """Those whose payment and proceeding stand and whose payment was not reversed."""
            gone = Q(payment__booking__undone_at__isnull=False) | Q(proceeding__booking__undone_at__isnull=False)
            reversals = Payment.objects.filter(reverses=models.OuterRef("payment"), booking__undone_at__isnull=True)
            return self.exclude(gone).exclude(models.Exists(reversals))

        def waiting(self) -> "DirectPayment.QuerySet":
            """Not told to the bailiff yet."""
            return self.standing().filter(state=DirectPayment.State.PREPARED)

    proceeding = models.ForeignKey(EnforcementProceeding, on_delete=models.PROTECT, related_name="direct_payments")
    payment = models.ForeignKey(Payment, on_delete=models.DO_NOTHING, db_constraint=False, related_name="direct_payments")
    amount = KopeckField()
    paid_on = models.DateField()
    found_on = models.DateField(help_text="The day the creditor knew: the clock starts")
    due_on = models.DateField(help_text="Last day to tell the bailiff")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    notice = models.ForeignKey("documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(null=True, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(max_length=200, blank=True, help_text="The bailiff's words or the number of the paper")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"], name="direct_payment_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["payment", "proceeding"], name="one_notice_per_payment_and_proceeding"),
            models.CheckConstraint(name="direct_payment_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="sent_on_a_day", condition=Q(state="prepared") ^ Q(sent_on__isnull=False)),
            models.CheckConstraint(name="confirmed_on_a_day", condition=Q(state="confirmed") ^ Q(confirmed_on__isnull=True)),
            models.CheckConstraint(
                name="confirmed_after_sent", condition=Q(confirmed_on__isnull=True) | Q(confirmed_on__gte=F("sent_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proceeding}: {self.paid_on:%d.%m.%Y}"

    @property
    def debtor_name(self) -> str:
        """Whose debt it is, as the writ or the account names him."""
        writ = self.proceeding.writ
        return str(writ.debtor or writ.account.holder_name or writ.account)

    @property
    def days_to_tell(self) -> int | None:
        """Days from the payment to the notice (plan row B3); None while the bailiff is not told."""
        return (self.sent_on - self.paid_on).days if self.sent_on else None

    def is_late(self, day: dt.date) -> bool:
        """The last day to tell has passed and nobody was told."""
        return self.state == self.State.PREPARED and self.due_on < day
