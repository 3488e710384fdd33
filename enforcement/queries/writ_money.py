"""The money of writs by component: granted, presented, collected, what remains."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery, Sum

from debtors.models import Payment
from debtors.queries.recovered import recovered
from debtors.rules.components import Components
from enforcement.models import EnforcementProceeding, Presentation, Writ, WritFact
from enforcement.rules.whose_money import writ_of


def covered_by(granted: Components, money: int) -> Components:
    """What of the granted a sum covers: costs first, then principal, then penalty (ГК РФ ст. 319)."""
    duty = min(max(money, 0), granted.duty)
    principal = min(max(money - duty, 0), granted.principal)
    return Components(principal, min(max(money - duty - principal, 0), granted.penalty), duty)


@dataclass(frozen=True)
class WritMoney:
    """The sums of one writ. `presented` is what the last presentation asked for; None when there was none."""

    granted: Components
    presented: Components | None
    collected: Components

    @property
    def remaining(self) -> Components:
        """Granted less collected, never below zero in a component."""
        left = self.granted - self.collected
        return Components(max(left.principal, 0), max(left.penalty, 0), max(left.duty, 0))


def writ_money(writs: Iterable[Writ]) -> dict[int, WritMoney]:
    """Writ id -> its sums. Six queries for any number of writs.

    Collected is what the ledger allocated to the writ's award, and part payments that people recorded by hand. A writ of a
    register has no award: its sums are those that the register prints; what bailiffs paid to its account without naming an act
    is its own (the newest writ of the account issued by then, as reconciliations count it); a proceeding says that it was
    presented.
    """
    listed = list(writs)
    ids = [writ.pk for writ in listed]
    last = Presentation.objects.filter(writ=OuterRef("writ")).order_by("-sent_on", "-pk").values("pk")[:1]
    asked = {one.writ_id: one for one in Presentation.objects.filter(writ__in=ids, pk=Subquery(last))}
    executed = set(EnforcementProceeding.objects.live().filter(writ__in=ids).values_list("writ_id", flat=True))
    paid = dict(
        WritFact.objects.standing()
        .filter(writ__in=ids, kind=WritFact.Kind.PART_PAID)
        .order_by()
        .values_list("writ")
        .annotate(Sum("amount"))
    )
    came = recovered({writ.award_id for writ in listed if writ.award_id})
    unnamed = _unnamed(listed)
    found = {}
    for writ in listed:
        granted = Components(writ.principal, writ.penalty, writ.duty)
        one = asked.get(writ.pk)
        presented = Components(one.principal, one.penalty, one.duty) if one else None
        if presented is None and writ.pk in executed:
            presented = granted
        ledger = came.get(writ.award_id, Components())
        collected = ledger + covered_by(granted - ledger, paid.get(writ.pk, 0) + unnamed.get(writ.pk, 0))
        found[writ.pk] = WritMoney(granted, presented, collected)
    return found


def _unnamed(writs: list[Writ]) -> dict[int, int]:
    """Writ id -> what bailiffs paid to its account without naming a court act; only writs that have no award."""
    accounts = {writ.account_id for writ in writs if writ.award_id is None}
    theirs = Payment.objects.filter(account__in=accounts, award__isnull=True, channel=Payment.Channel.BAILIFF)
    rows = list(theirs.filter(booking__undone_at__isnull=True).values_list("account_id", "counts_on", "amount"))
    by_account: dict[int, list[Writ]] = defaultdict(list)
    for writ in Writ.objects.live().filter(account__in={account for account, _, _ in rows}):
        by_account[writ.account_id].append(writ)
    found: dict[int, int] = defaultdict(int)
    for account, day, amount in rows:
        if by_account[account]:
            whose = writ_of(by_account[account], day)
            if whose.award_id is None:
                found[whose.pk] += amount
    return found
