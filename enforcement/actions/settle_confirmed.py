"""Settle differences «paid directly» of months that are not signed, once the bailiff has taken the payments into account."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from casedesk.access.models import User
from casedesk.common import money
from enforcement.actions.settle_differences import settle
from enforcement.models import Reconciliation, ReconciliationDifference
from enforcement.queries.difference_payments import confirmed_of
from enforcement.rules.reconciliation_compare import Kind
from enforcement.rules.reconciliation_words import Resolution


def settle_confirmed(writ_ids: Iterable[int], *, by: User, on: dt.date) -> int:
    """Settle what confirmed notices on these writs cover; return how many. A difference they do not cover stays open."""
    waiting = ReconciliationDifference.objects.filter(
        kind=Kind.PAID_DIRECTLY,
        state=ReconciliationDifference.State.OPEN,
        ours__writ__in=list(writ_ids),
        reconciliation__in=Reconciliation.objects.unsigned(),
    ).select_related("reconciliation", "ours")
    settled = 0
    for difference in waiting.order_by("pk"):
        confirmed = confirmed_of(difference)
        if confirmed < abs(difference.amount):
            continue
        settle(
            difference=difference,
            resolution=Resolution.NOTIFIED,
            reason=f"пристав учёл прямые оплаты на {money.spaced(confirmed)} ₽",
            by=by,
            on=on,
            at=timezone.now(),
        )
        settled += 1
    return settled
