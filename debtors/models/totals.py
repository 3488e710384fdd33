"""What is derived from the ledger's facts and kept: running totals, states, the dashboard cube.

Every row here is a cache: rebuilt for touched accounts in the transaction of the booking that touched them, and equal to
what recomputing from the facts gives (`manage.py check_ledger` compares).
"""

from django.db import models
from django.db.models import F, Q

from casedesk.access.scope import ScopedQuerySet
from casedesk.common.fields import KopeckField, MonthField


class MonthTotal(models.Model):
    """Running totals of one account and service by month, dense from the first month to the last.

    `settled` of a month is payments + write-offs + credits + allocations (for the pool: payments - allocations); `paid` is
    money alone. `cum_*` run through the end of the month. Opening balances are inside `charged`, and apart in `opening`. The
    month of a charge is its own, that of money the month of the day it counts on. After the last row the totals stay what
    they are: see `ServiceState`.
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
    cum_opening = KopeckField(default=0)
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
    cum_opening = KopeckField(
        default=0, help_text="What came as a balance: while a part of it is open, the age is at least what is shown"
    )
    cum_charged = KopeckField(default=0)
    cum_settled = KopeckField(default=0)
    balance = KopeckField(default=0)
    oldest_open_month = MonthField(null=True, blank=True)
    earmarked = KopeckField(default=0, db_default=0, help_text="How much of the money lies on definite months")
    charged_months = models.BigIntegerField(
        default=0,
        help_text="Bit n: something was billed in last_month - n, openings apart. Counts the months of an average without "
        "reading them; holds up to 61 months, and at least the newest 24",
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

    class QuerySet(ScopedQuerySet):
        creditor_path = "creditor"
        territory_path = "territory"

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

    objects = QuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creditor", "month", "service", "category", "territory"], name="one_cube_cell"),
        ]
