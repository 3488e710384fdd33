"""Which kopecks of which charges live claims hold: what is open and not held may be claimed."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from casedesk.common import money, months
from casedesk.common.refusals import NotAllowed
from debtors.models import Award, AwardLine, MonthTotal, UtilityAccount
from enforcement.models import Claim, ClaimDebtor, ClaimLine

Key = tuple[int, int, int]
"""Account, service, month."""


class HeldByAnother(NotAllowed):
    """Charges of the claim are in another live claim by now."""

    code = "held_by_another"


def held(account_ids: Iterable[int], *, apart: Claim | None = None) -> dict[Key, tuple[int, int]]:
    """Charge -> (principal, penalty) in kopecks that live claims and other writs hold of these accounts.

    `apart`: a claim to leave out.
    """
    account_ids = list(account_ids)
    lines = ClaimLine.objects.filter(account__in=account_ids, claim__is_live=True)
    if apart:
        lines = lines.exclude(claim=apart)
    charge = ("account_id", "service_id", "month")
    sums = lines.order_by().values_list(*charge).annotate(Sum("amount"), Sum("penalty"))
    found = {tuple(key): (amount, penalty) for *key, amount, penalty in sums}
    for *key, amount in _granted_elsewhere(account_ids).order_by().values_list(*charge).annotate(Sum("amount")):
        principal, penalty = found.get(tuple(key), (0, 0))
        found[tuple(key)] = (principal + amount, penalty)
    return found


def _granted_elsewhere(account_ids: Iterable[int]) -> QuerySet:
    """What writs that came without a claim (a register, a notary) gave already: a court does not give it twice."""
    awards = Award.objects.live().exclude(writs__claim__isnull=False)
    return AwardLine.objects.filter(account__in=account_ids, award__in=awards)


def held_by_people(account_ids: Iterable[int]) -> dict[Key, dict[frozenset[int], tuple[int, int]]]:
    """Charge -> what live claims hold of it, by the people they are against. Two queries."""
    lines = list(
        ClaimLine.objects.filter(account__in=list(account_ids), claim__is_live=True).values_list(
            "claim_id", "account_id", "service_id", "month", "amount", "penalty"
        )
    )
    against: dict[int, set[int]] = defaultdict(set)
    for claim, debtor in ClaimDebtor.objects.filter(claim__in={line[0] for line in lines}).values_list("claim_id", "debtor_id"):
        against[claim].add(debtor)
    found: dict[Key, dict[frozenset[int], tuple[int, int]]] = defaultdict(dict)
    for claim, *key, amount, penalty in lines:
        people = frozenset(against[claim])
        before = found[tuple(key)].get(people, (0, 0))
        found[tuple(key)][people] = (before[0] + amount, before[1] + penalty)
    return found


def lock_accounts(account_ids: Iterable[int]) -> None:
    """Hold these accounts until the transaction ends, in one order: two people never take the same kopeck at once."""
    rows = UtilityAccount.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=list(account_ids))
    list(rows.order_by("pk").values_list("pk", flat=True))


def check_free(claim: Claim) -> None:
    """Raise HeldByAnother when a claim that let its kopecks go cannot take them back. Locks its accounts."""
    lines = list(claim.lines.filter(amount__gt=0))
    ids = {line.account_id for line in lines}
    lock_accounts(ids)
    taken = held(ids, apart=claim)
    charged: dict[Key, int] = defaultdict(int)
    for account, service, month, kopecks in MonthTotal.objects.filter(
        account__in=ids, month__gte=claim.period_from, month__lte=claim.period_to
    ).values_list("account_id", "service_id", "month", "charged"):
        charged[account, service, month] = kopecks
    for line in lines:
        key = (line.account_id, line.service_id, line.month)
        other = taken.get(key, (0, 0))[0]
        if line.amount + other > charged[key]:
            raise HeldByAnother(
                f"Требование № {claim.number} не вернуть: за {months.named(line.month)} {money.spaced(other)} ₽ уже взяты "
                f"другим требованием, а начислено {money.spaced(charged[key])} ₽. Сначала отзовите другое."
            )
