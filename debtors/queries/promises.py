"""What was paid on cases since a promise was given."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet, Sum

from casedesk.common import months
from debtors.models import CaseAccount, Payment, Promise
from debtors.rules.promise_standing import PromiseState


def paid_since(promises: Iterable[Promise]) -> dict[int, int]:
    """Promise id -> kopecks that came on its case's accounts from the day of the promise to its day, both inclusive.

    Turnover registers tell a month's payments on its last day: such money counts for a promise of that month. Two queries.
    """
    listed = list(promises)
    accounts = defaultdict(list)
    links = CaseAccount.objects.filter(case__in=[promise.case_id for promise in listed])
    for case, account in links.values_list("case_id", "account_id"):
        accounts[case].append(account)
    if not listed:
        return {}
    first = min(promise.made_on for promise in listed)
    came = defaultdict(list)
    rows = Payment.objects.filter(
        account__in={account for found in accounts.values() for account in found},
        counts_on__gte=first,
        booking__undone_at__isnull=True,
    )
    for account, day, channel, amount in rows.values_list("account_id", "counts_on", "channel", "amount"):
        came[account].append((day, channel, amount))
    return {promise.pk: sum(_of(promise, came[account]) for account in accounts[promise.case_id]) for promise in listed}


def _of(promise: Promise, payments: list[tuple]) -> int:
    month_end = months.last_day(months.of(promise.due_on))
    total = 0
    for day, channel, amount in payments:
        last = month_end if channel == Payment.Channel.TURNOVER else promise.due_on
        if promise.made_on <= day <= last:
            total += amount
    return total


def promise_figures(promises: QuerySet, on: dt.date) -> dict[str, int]:
    """How promises stand: waiting, due today or earlier, kept, broken, and the share kept of those judged, in percent."""
    found = promises.order_by().aggregate(
        waiting=Count("pk", filter=Q(state=PromiseState.WAITING)),
        waiting_sum=Sum("amount", filter=Q(state=PromiseState.WAITING), default=0),
        due=Count("pk", filter=Q(state=PromiseState.WAITING, due_on__lte=on)),
        kept=Count("pk", filter=Q(state=PromiseState.KEPT)),
        broken=Count("pk", filter=Q(state=PromiseState.BROKEN)),
    )
    judged = found["kept"] + found["broken"]
    return found | {"share": found["kept"] * 100 // judged if judged else None}
