"""The ledger: charges and payments, appended and reversed, never edited.

Every fact has two times: the day it counts for (`counts_on`) and the moment we learnt it. The moment belongs to the
*booking*, the set of facts that came together (a file, a manual posting): `Booking.learnt_at`, and `undone_at` when the
booking was taken back. A fact is known at a moment K when its booking was learnt by K and not yet undone at K.

Debt is derived. With payments going to the oldest charge first, the open debt of an account's service consists of its
newest charges, so a running total of charges by month (`MonthTotal`) turns any ageing bucket of any day into a
difference of a few month slices. `MonthTotal`, `ServiceState`, `AccountState` and `MonthCube` are caches of the facts:
rebuilt for touched accounts in the booking's own transaction, and recomputing them from scratch gives the same rows.

Money received for an account and not split by service is a payment to the pool service (row 0). `Allocation` rows move it
from the pool to services as charges to cover appear (Civil Code art. 319.1: the oldest first; of one age, in proportion).

Foreign keys of the fact tables carry no database constraint: they are three quarters of the cost of a bulk load. The set-based
insert joins the accounts, and `manage.py check_ledger` looks for orphans.
"""

from django.db import models
from django.db.models import Q

from casedesk.common.fields import KopeckField, MonthField
from debtors.models.booking import Booking


class Charge(models.Model):
    """What one account was charged for one service and month (начисление) in one booking.

    `charged` is money owed; `credited` is a recalculation downwards, which ageing counts as a payment so that the running
    total of charges never falls. An opening balance is a charge of the month before its register, of age "at least".
    """

    class Kind(models.IntegerChoices):
        REGULAR = 1, "начисление"
        CORRECTION = 2, "исправление"
        OPENING = 3, "входящее сальдо"

    account = models.ForeignKey(
        "debtors.UtilityAccount",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="charges",
        db_index=False,
    )
    service = models.ForeignKey(
        "debtors.Service", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    month = MonthField()
    kind = models.SmallIntegerField(choices=Kind, default=Kind.REGULAR)
    charged = KopeckField(default=0)
    credited = KopeckField(default=0)
    counts_on = models.DateField()
    booking = models.ForeignKey(Booking, on_delete=models.DO_NOTHING, db_constraint=False, related_name="charges")
    source_row = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "service", "month"], name="charge_by_account"),
            models.Index(fields=["counts_on"], name="opening_by_day", condition=Q(kind=3)),
        ]
        constraints = [
            models.CheckConstraint(name="charge_parts_not_negative", condition=Q(charged__gte=0) & Q(credited__gte=0)),
            models.CheckConstraint(name="charge_is_of_a_real_service", condition=~Q(service=0)),
        ]


class Payment(models.Model):
    """Money received for an account (оплата). Service 0: not split by service.

    A negative amount is a reversal (сторно) and names what it reverses. `TURNOVER` is the month's total of a turnover
    register, booked on the month's last day for the part that no dated payment explains; dated payments that arrive later
    replace it through a negative turnover line.

    `WRITE_OFF` is no money: it takes a definite month off the books (see `debtors.models.write_off`), settles it as money
    would, and counts as received nowhere. What is restored later is its reversal.
    """

    class Channel(models.TextChoices):
        TURNOVER = "turnover", "оборот ведомости"
        DESK = "desk", "касса"
        BANK = "bank", "банк"
        BAILIFF = "bailiff", "приставы"
        EMPLOYER = "employer", "работодатель"
        OFFSET = "offset", "зачёт"
        WRITE_OFF = "write_off", "списание"

    NO_MONEY = (Channel.OFFSET, Channel.WRITE_OFF)
    """Channels of what nobody has paid: sums of money received leave them out."""

    account = models.ForeignKey(
        "debtors.UtilityAccount",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="payments",
        db_index=False,
    )
    service = models.ForeignKey(
        "debtors.Service", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    counts_on = models.DateField(help_text="The day the money was received")
    amount = KopeckField()
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.BANK)
    designated_month = MonthField(null=True, blank=True, help_text="The month the payer named")
    award = models.ForeignKey(
        "debtors.Award",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="payments",
        db_index=False,
        help_text="The court act on whose writ the money came",
    )
    document = models.CharField(max_length=60, blank=True, help_text="Number that makes the payment unique at its source")
    reverses = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="reversals",
        db_index=False,
    )
    booking = models.ForeignKey(Booking, on_delete=models.DO_NOTHING, db_constraint=False, related_name="payments")
    source_row = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "counts_on"], name="payment_by_account"),
            models.Index(fields=["counts_on", "account"], name="payment_by_day"),
            models.Index(fields=["award", "account"], name="payment_by_award", condition=Q(award__isnull=False)),
            models.Index(fields=["account"], name="payment_named_a_month", condition=Q(designated_month__isnull=False)),
            models.Index(fields=["account"], name="payment_written_off", condition=Q(channel="write_off")),
        ]
        constraints = [
            models.CheckConstraint(name="payment_is_not_zero", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="only_a_reversal_is_negative",
                condition=Q(amount__gt=0) | Q(channel="turnover") | Q(reverses__isnull=False),
            ),
        ]


class Allocation(models.Model):
    """A part of a payment put on one month of one service (разнесение). Derived, dated and kept.

    Only money that something was decided about has rows: money not split by service, a month that the payer named, money on a
    writ, money that had to pass by months lost to limitation. The rest goes to the oldest charge in closed form.

    `moved`: the amount left the account's pool for the service (negative: it went back). `earmarked`: it lies on its month
    whatever else the service is paid; without it the month only tells what was the oldest. `payment` is what the money came
    with, `why` the rule that put it there, `award` the court act whose debt it pays.

    `counts_on` is the later of the day the money came and the day the charge counts. `withdrawn_booking` names the booking
    that took it back (an undo, a back-dated fact); rows are never deleted, so a question of the past gets the old answer.
    """

    class Why(models.IntegerChoices):
        OLDEST = 1, "самый старый неоплаченный месяц"
        DESIGNATED = 2, "месяц назван плательщиком"
        WRIT = 3, "взыскано по исполнительному документу"
        WITHIN_LIMITATION = 4, "самый старый месяц, по которому срок давности не истёк"
        BARRED = 5, "срок давности истёк, но больше платить не за что"
        WAITING = 6, "назван месяц, который ещё не начислен: деньги ждут"
        REVERSED = 7, "сторно оплаты"

    account = models.ForeignKey(
        "debtors.UtilityAccount",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="allocations",
        db_index=False,
    )
    service = models.ForeignKey(
        "debtors.Service", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    month = MonthField(help_text="The month of the charge that was covered")
    counts_on = models.DateField()
    amount = KopeckField()
    moved = models.BooleanField(default=True)
    earmarked = models.BooleanField(default=False)
    why = models.SmallIntegerField(choices=Why, default=Why.OLDEST)
    payment = models.ForeignKey(
        Payment,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="allocations",
    )
    award = models.ForeignKey(
        "debtors.Award",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="allocations",
        db_index=False,
    )
    booking = models.ForeignKey(Booking, on_delete=models.DO_NOTHING, db_constraint=False, related_name="allocations")
    withdrawn_booking = models.ForeignKey(
        Booking,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="withdrawn_allocations",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "service", "month"], name="allocation_by_account"),
            models.Index(fields=["award"], name="allocation_by_award", condition=Q(award__isnull=False)),
            models.Index(fields=["account", "service"], name="allocation_earmarked", condition=Q(earmarked=True)),
        ]
        constraints = [
            models.CheckConstraint(name="allocation_moves_money", condition=~Q(service=0) & ~Q(amount=0)),
            models.CheckConstraint(name="allocation_says_what_it_does", condition=Q(moved=True) | Q(earmarked=True)),
        ]
