"""What was unpaid of each month on any day, as known at any moment. For today and in bulk: `debtors.queries.open_months`."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from casedesk.norms.due_dates import due_on
from debtors.models import Charge, Service
from debtors.queries.dialect import rows
from debtors.queries.earmarks import laid_on_months
from debtors.queries.ledger_slices import Moment, balances
from debtors.rules.ageing import borders_on, open_by_month


@dataclass(frozen=True)
class AgedMonth:
    """What is unpaid of one month's charge on a day. `age` counts begun months of delay (0 and less: not yet due)."""

    account_id: int
    service: Service
    month: int
    charged: int
    unpaid: int
    due_on: dt.date
    age: int
    bucket: str | None
    at_least: bool
    """The month holds a balance of unknown age: it is at least this old."""


def aged_months(accounts: QuerySet, *, as_of: dt.date, known_on: dt.datetime | None = None) -> list[AgedMonth]:
    """The unpaid months of the accounts on a day as known at a moment (None: now), by account, oldest first.

    Their sums are the figures of `debtors.queries.ageing.age` on the same accounts. Penalty services included. Meant for a
    case or a page of a list, not for a whole town: a line comes back for every open month.
    """
    services, borders = Service.objects.in_bulk(), borders_on(as_of)
    sql, params = balances(Moment(as_of, known_on, accounts))
    settled = {(account, service): int(money) for account, service, _, money, _ in rows(sql, params)}
    charged: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    balances_of: set[tuple[int, int, int]] = set()
    facts = Charge.objects.filter(account__in=accounts.order_by(), counts_on__lte=as_of).filter(known_at(known_on))
    for account, service, month, kind, amount in facts.values_list("account", "service", "month", "kind").annotate(
        Sum("charged")
    ):
        charged[account, service].append((month, amount))
        if kind == Charge.Kind.OPENING:
            balances_of.add((account, service, month))
    laid = laid_on_months(accounts, as_of=as_of, known_on=known_on)
    found = []
    for (account, service), lines in charged.items():
        by_month = _summed(lines)
        kept = laid.get((account, service), {})
        free = settled.get((account, service), 0) - sum(kept.values())
        open_charges = [(month, amount - kept.get(month, 0)) for month, amount in by_month.items()]
        for month, unpaid in open_by_month(open_charges, free):
            found.append(
                AgedMonth(
                    account,
                    services[service],
                    month,
                    by_month[month],
                    unpaid,
                    due_on(month),
                    borders.age_of(month),
                    borders.bucket_of(month),
                    (account, service, month) in balances_of,
                )
            )
    return sorted(found, key=lambda line: (line.account_id, line.month, line.service.position))


def _summed(lines: list[tuple[int, int]]) -> dict[int, int]:
    by_month: dict[int, int] = defaultdict(int)
    for month, amount in lines:
        by_month[month] += amount
    return by_month


def known_at(moment: dt.datetime | None) -> Q:
    """A filter for charges and payments: known at the moment (None: now)."""
    if moment is None:
        return Q(booking__undone_at__isnull=True)
    return Q(booking__learnt_at__lte=moment) & (Q(booking__undone_at__isnull=True) | Q(booking__undone_at__gt=moment))
