"""What a penalty is counted from: charges by month and money by day, per account and service, in five queries.

Money goes to the oldest charge first, as everywhere in the ledger; a recalculation downwards counts as money on its day. Money
that lies on a definite month stands apart, with its month.
Penalty services and the pool of unsplit money stay out.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet, Sum

from debtors.models import Allocation, Charge, Payment


@dataclass
class ServiceFacts:
    """One account's service: (month, kopecks) oldest first, (day, kopecks) by day; `openings`: months of a carried balance.

    `laid`: money that lies on definite months, month -> (day, kopecks); it is not in `money`.
    """

    charges: list[tuple[int, int]] = field(default_factory=list)
    money: list[tuple[dt.date, int]] = field(default_factory=list)
    openings: set[int] = field(default_factory=set)
    laid: dict[int, list[tuple[dt.date, int]]] = field(default_factory=dict)

    @property
    def covered(self) -> dict[int, list[tuple[dt.date, int]]]:
        """Which money covered which month: what lies on it, and of the rest the oldest first. Days in order."""
        left = [(month, charged - sum(amount for _, amount in self.laid.get(month, ()))) for month, charged in self.charges]
        free = match(left, self.money)
        return {month: sorted([*self.laid.get(month, ()), *free[month]]) for month, _ in self.charges}


Key = tuple[int, int]


def match(charges: list[tuple[int, int]], money: list[tuple[dt.date, int]]) -> dict[int, list[tuple[dt.date, int]]]:
    """Which money covered which month, the oldest month first. Money beyond all charges covers nothing."""
    covered: dict[int, list[tuple[dt.date, int]]] = {month: [] for month, _ in charges}
    queue = iter(money)
    day, left = next(queue, (None, 0))
    for month, needed in charges:
        while needed and left:
            taken = min(needed, left)
            covered[month].append((day, taken))
            needed, left = needed - taken, left - taken
            if not left:
                day, left = next(queue, (None, 0))
    return covered


def service_facts(accounts: QuerySet, *, through: dt.date) -> dict[Key, ServiceFacts]:
    """Facts of the accounts known now that count by the day, by (account id, service id) in order."""
    found: dict[Key, ServiceFacts] = defaultdict(ServiceFacts)
    known = Q(account__in=accounts, counts_on__lte=through, booking__undone_at__isnull=True)
    real = Q(service__is_penalty=False, service__is_pool=False)
    by_month = Charge.objects.filter(known, real).values_list("account_id", "service_id", "month", "kind")
    for account, service, month, kind, charged in by_month.annotate(total=Sum("charged")).order_by("month", "kind"):
        if charged:
            _add_charge(found[account, service], month, kind, charged)
    money, laid = _money(known, real), _laid(known)
    for key, by_month in laid.items():
        found[key].laid = {month: _in_order(days) for month, days in by_month.items()}
        for days in found[key].laid.values():
            for day, amount in days:
                money[key][day] -= amount
    for key, days in money.items():
        found[key].money = _in_order(days)
    return {key: facts for key, facts in sorted(found.items()) if facts.charges}


def _add_charge(facts: ServiceFacts, month: int, kind: int, charged: int) -> None:
    if kind == Charge.Kind.OPENING:
        facts.openings.add(month)
    if facts.charges and facts.charges[-1][0] == month:
        charged += facts.charges.pop()[1]
    facts.charges.append((month, charged))


def _money(known: Q, real: Q) -> dict[Key, dict[dt.date, int]]:
    """Money by day: payments, recalculations downwards, and what was dealt to the service from the pool."""
    sums: dict[Key, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    columns = ("account_id", "service_id", "counts_on")
    sources = (
        Payment.objects.filter(known, real).values_list(*columns).annotate(total=Sum("amount")),
        Charge.objects.filter(known, real, credited__gt=0).values_list(*columns).annotate(total=Sum("credited")),
        Allocation.objects.filter(known, real, moved=True, withdrawn_at__isnull=True)
        .values_list(*columns)
        .annotate(total=Sum("amount")),
    )
    for source in sources:
        for account, service, day, total in source.order_by():
            sums[account, service][day] += total
    return sums


def _laid(known: Q) -> dict[Key, dict[int, dict[dt.date, int]]]:
    sums: dict[Key, dict[int, dict[dt.date, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = Allocation.objects.filter(known, earmarked=True, withdrawn_at__isnull=True)
    for account, service, month, day, total in (
        rows.values_list("account_id", "service_id", "month", "counts_on").annotate(total=Sum("amount")).order_by()
    ):
        sums[account, service][month][day] = total
    return sums


def _in_order(days: dict[dt.date, int]) -> list[tuple[dt.date, int]]:
    """Money by day, none negative: what was taken back is taken off the newest money before it."""
    kept: list[tuple[dt.date, int]] = []
    for day, amount in sorted(days.items()):
        while amount < 0 and kept:
            before, held = kept.pop()
            amount += held
            day = before
        if amount > 0:
            kept.append((day, amount))
    return kept
