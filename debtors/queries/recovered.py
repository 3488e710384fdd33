"""What came in on awards, by kind of money. Read from the allocation rows that their payments made."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Sum

from debtors.models import COURT_COSTS, Allocation
from debtors.rules.components import Components


def recovered(award_ids: Iterable[int], as_of: dt.date | None = None) -> dict[int, Components]:
    """Award id -> what its payments covered by the day (None: all that is known). Every id asked for is there. One query.

    Money that came on a writ beyond what was granted covers nothing and is not in it.
    """
    found = dict.fromkeys(award_ids, Components())
    rows = Allocation.objects.filter(award__in=list(found), withdrawn_at__isnull=True)
    if as_of:
        rows = rows.filter(counts_on__lte=as_of)
    for award, service, is_penalty, amount in rows.values_list("award_id", "service_id", "service__is_penalty").annotate(
        total=Sum("amount")
    ):
        found[award] += _kind(service, is_penalty, amount)
    return found


def _kind(service: int, is_penalty: bool, amount: int) -> Components:
    if service == COURT_COSTS:
        return Components(duty=amount)
    return Components(penalty=amount) if is_penalty else Components(principal=amount)
