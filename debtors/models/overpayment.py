"""Overpayments: money collected beyond the debt, and what people decided to do with it.

A debt under execution may be paid twice: by force and by the debtor. What came beyond it is nobody's to keep (Civil Code
art. 1102): it goes back to the payer or is set off against other debts, and two people answer for it.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField
from debtors.models.account import UtilityAccount
from debtors.models.booking import Booking


class OverpaymentDecision(models.Model):
    """What is to be done with an overpayment of an account: proposed by one person, approved or refused by another.

    Approval books it: the money is reversed on the payments it came with, and for an offset comes in again as such. Undoing the
    booking takes the decision back (`is_taken_back`).
    """

    class Kind(models.TextChoices):
        REFUND = "refund", "вернуть плательщику"
        OFFSET = "offset", "зачесть в другие долги счёта"

    class Reason(models.TextChoices):
        COLLECTED_TWICE = "collected_twice", "взыскано приставами и оплачено напрямую"
        BEYOND_AWARD = "beyond_award", "взыскано больше присуждённого"
        SET_ASIDE = "set_aside", "судебный акт отменён, нужен поворот исполнения"
        PAID_AHEAD = "paid_ahead", "переплата после окончания исполнения"
        ANOTHERS_MONEY = "anothers_money", "деньги другого плательщика"

    class State(models.TextChoices):
        PROPOSED = "proposed", "ждёт утверждения"
        APPROVED = "approved", "утверждено и проведено"
        REFUSED = "refused", "отклонено"

    class QuerySet(ScopedQuerySet):
        creditor_path = "account__creditor"

        def pending(self) -> "OverpaymentDecision.QuerySet":
            return self.filter(state=OverpaymentDecision.State.PROPOSED)

    account = models.ForeignKey(UtilityAccount, on_delete=models.PROTECT, related_name="overpayments")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.CharField(max_length=20, choices=Reason)
    note = models.CharField(max_length=300, blank=True)
    amount = KopeckField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refusal = models.CharField(max_length=300, blank=True)
    booking = models.OneToOneField(Booking, null=True, blank=True, on_delete=models.PROTECT, related_name="overpayment")

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(state="proposed"), name="one_pending_overpayment"),
            models.CheckConstraint(name="overpayment_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="overpayment_is_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="overpayment_decided_on_a_day", condition=Q(state="proposed") ^ Q(decided_on__isnull=False)
            ),
            models.CheckConstraint(
                name="only_an_approved_one_is_booked", condition=Q(state="approved") ^ Q(booking__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account}"

    @property
    def is_taken_back(self) -> bool:
        return self.booking is not None and self.booking.undone_at is not None
