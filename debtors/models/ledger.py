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
from django.db.models import F, Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField


class Booking(models.Model):
    """Facts that were learnt together (проводка): one file applied, or one manual posting."""

    class Kind(models.TextChoices):
        IMPORT = "import", "загрузка файла"
        MANUAL = "manual", "ручная проводка"
        ALLOCATION = "allocation", "распределение"

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"

    creditor = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="bookings")
    kind = models.CharField(max_length=20, choices=Kind)
    about = models.CharField(max_length=300)
    learnt_at = models.DateTimeField(db_index=True)
    booked_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True, db_index=True)
    undone_by = models.ForeignKey("access.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    undo_reason = models.CharField(max_length=300, blank=True)

    objects = QuerySet.as_manager()

    class Meta:
        ordering = ["-learnt_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="undone_after_learnt", condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("learnt_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.about


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
        indexes = [models.Index(fields=["account", "service", "month"], name="charge_by_account")]
        constraints = [
            models.CheckConstraint(name="charge_parts_not_negative", condition=Q(charged__gte=0) & Q(credited__gte=0)),
            models.CheckConstraint(name="charge_is_of_a_real_service", condition=~Q(service=0)),
        ]


class Payment(models.Model):
    """Money received for an account (оплата). Service 0: not split by service.

    A negative amount is a reversal (сторно) and names what it reverses. `TURNOVER` is the month's total of a turnover
    register, booked on the month's last day for the part that no dated payment explains; dated payments that arrive later
    replace it through a negative turnover line.
    """

    class Channel(models.TextChoices):
        TURNOVER = "turnover", "оборот ведомости"
        DESK = "desk", "касса"
        BANK = "bank", "банк"
        BAILIFF = "bailiff", "приставы"
        EMPLOYER = "employer", "работодатель"
        OFFSET = "offset", "зачёт"

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
        ]
        constraints = [
            models.CheckConstraint(name="payment_is_not_zero", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="only_a_reversal_is_negative",
                condition=Q(amount__gt=0) | Q(channel="turnover") | Q(reverses__isnull=False),
            ),
        ]


class Allocation(models.Model):
    """Money moved from an account's pool of unsplit payments to a service (разнесение). Derived, dated and kept.

    `counts_on` is the later of the day the money came and the day the charge counts. `withdrawn_booking` names the booking
    that took it back (an undo, a back-dated fact); rows are never deleted, so a question of the past gets the old answer.
    """

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
        indexes = [models.Index(fields=["account", "service", "month"], name="allocation_by_account")]
        constraints = [models.CheckConstraint(name="allocation_moves_money", condition=~Q(service=0) & ~Q(amount=0))]


class MonthTotal(models.Model):
    """Running totals of one account and service by month, dense from the first month to the last.

    `settled` of a month is payments + credits + allocations (for the pool: payments - allocations); `cum_*` run through the
    end of the month. Opening balances are inside `charged`, and apart in `opening`.
    """

    pk = models.CompositePrimaryKey("account_id", "service_id", "month")
    account = models.ForeignKey(
        "debtors.UtilityAccount", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    service = models.ForeignKey(
        "debtors.Service", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    month = MonthField()
    opening = KopeckField(default=0)
    charged = KopeckField(default=0)
    credited = KopeckField(default=0)
    paid = KopeckField(default=0)
    settled = KopeckField(default=0)
    cum_charged = KopeckField(default=0)
    cum_settled = KopeckField(default=0)

    class Meta:
        indexes = [models.Index(fields=["month", "account", "service"], name="month_total_by_month")]


class ServiceState(models.Model):
    """Where one account's service stands after all facts known now: totals and the oldest month still open."""

    pk = models.CompositePrimaryKey("account_id", "service_id")
    account = models.ForeignKey(
        "debtors.UtilityAccount",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="service_states",
        db_index=False,
    )
    service = models.ForeignKey(
        "debtors.Service", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    first_month = MonthField()
    last_month = MonthField()
    cum_charged = KopeckField(default=0)
    cum_settled = KopeckField(default=0)
    balance = KopeckField(default=0)
    oldest_open_month = MonthField(null=True, blank=True)
    has_opening = models.BooleanField(
        default=False, help_text="The oldest part came as a balance: its age is at least what is shown"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="state_balance_is_the_difference", condition=Q(balance=F("cum_charged") - F("cum_settled"))
            ),
        ]


class AccountState(models.Model):
    """Where one account stands: the columns lists sort by. Principal only; penalties stand apart.

    `overdue` counts charges whose due date is past on `as_of`; `average_charge` is over the last twelve charged months;
    `months_x100` is overdue / average_charge in hundredths (0 when nothing was charged). All amounts in kopecks.
    """

    account = models.OneToOneField(
        "debtors.UtilityAccount",
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="state",
    )
    as_of = models.DateField()
    balance = KopeckField(default=0)
    debt = KopeckField(default=0, db_index=True)
    credit = KopeckField(default=0)
    overdue = KopeckField(default=0, db_index=True)
    penalty = KopeckField(default=0)
    average_charge = KopeckField(default=0)
    months_x100 = models.IntegerField(default=0)
    oldest_open_month = MonthField(null=True, blank=True)
    at_least = models.BooleanField(default=False)
    last_payment_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_state_adds_up",
                condition=Q(balance=F("debt") - F("credit")) & Q(debt__gte=0) & Q(credit__gte=0),
            ),
        ]


class MonthCube(models.Model):
    """Month totals by creditor, territory, category and service: what dashboards and plan figures read instead of lines."""

    creditor = models.ForeignKey("access.Organisation", on_delete=models.CASCADE, related_name="+", db_index=False)
    territory = models.ForeignKey("access.Territory", null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    category = models.CharField(max_length=30)
    service = models.ForeignKey(
        "debtors.Service", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", db_index=False
    )
    month = MonthField()
    opening = KopeckField(default=0)
    charged = KopeckField(default=0)
    credited = KopeckField(default=0)
    paid = KopeckField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creditor", "month", "service", "category", "territory"], name="one_cube_cell"),
        ]
