"""Money on writs as of a day and as known at a moment: through the bailiffs, and straight to the creditor."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from debtors.models import Payment
from enforcement.models import Writ
from enforcement.rules.whose_money import writ_of

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class WritMoney:
    """Kopecks by the day: through the bailiffs in the month and in all, straight to the creditor in all."""

    month: int = 0
    total: int = 0
    direct: int = 0


def known(prefix: str, at: dt.datetime) -> Q:
    """Rows whose booking was known at the moment: learnt by then and not undone by then. Without a booking: always."""
    standing = Q(**{f"{prefix}undone_at__isnull": True}) | Q(**{f"{prefix}undone_at__gt": at})
    return Q(**{f"{prefix}isnull": True}) | (Q(**{f"{prefix}learnt_at__lte": at}) & standing)


def money_of(writs: Iterable[Writ], *, first: dt.date, last: dt.date, known_at: dt.datetime) -> dict[int, WritMoney]:
    """Writ id -> its money. Two queries per 500 writs.

    Money that names the award of a writ is that writ's: through the bailiffs, or straight to the creditor by any other way.
    Bailiff money that names no award goes to the newest writ of its account presented before it came.
    """
    listed = list(writs)
    by_award = {writ.award_id: writ for writ in listed if writ.award_id}
    by_account: dict[int, list[Writ]] = defaultdict(list)
    for writ in listed:
        by_account[writ.account_id].append(writ)
    came = Payment.objects.filter(known("booking__", known_at), counts_on__lte=last)
    month, total, direct = defaultdict(int), defaultdict(int), defaultdict(int)
    for writ, day, amount, channel in (*_awarded(came, by_award), *_unnamed(came, by_account)):
        if channel != Payment.Channel.BAILIFF:
            direct[writ.pk] += amount
            continue
        total[writ.pk] += amount
        if day >= first:
            month[writ.pk] += amount
    return {pk: WritMoney(month[pk], total[pk], direct[pk]) for pk in total.keys() | direct.keys()}


def _awarded(came: QuerySet, by_award: dict[int, Writ]) -> Iterable[tuple[Writ, dt.date, int, str]]:
    """Money that came on the awards; a turnover of a register is nobody's payment."""
    for some in _chunks(list(by_award)):
        rows = came.filter(award__in=some).exclude(channel=Payment.Channel.TURNOVER)
        for award, day, amount, channel in rows.values_list("award_id", "counts_on", "amount", "channel"):
            yield by_award[award], day, amount, channel


def _unnamed(came: QuerySet, by_account: dict[int, list[Writ]]) -> Iterable[tuple[Writ, dt.date, int, str]]:
    for some in _chunks(list(by_account)):
        rows = came.filter(account__in=some, award__isnull=True, channel=Payment.Channel.BAILIFF)
        for account, day, amount, channel in rows.values_list("account_id", "counts_on", "amount", "channel"):
            yield writ_of(by_account[account], day), day, amount, channel


def _chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
