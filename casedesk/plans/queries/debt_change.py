"""Why the debt of one moment became the debt of another, to the kopeck.

The debt is what accounts owe on a day, as known at a moment; both ends have their own day and moment. Every fact that counts at
one end and not at the other is a line: what came in between, and what was learnt late or taken back about the time before
(«уточнено»). Overpayments stand apart from the debt, so their change is a line too. Lines add up to the difference always.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, Q, QuerySet, Sum, Value, When

from casedesk.plans.catalogue import Fact
from casedesk.plans.queries.question import Reach
from debtors.models import Allocation, Charge, Payment
from debtors.queries.ageing import Figures, age

KINDS = {
    "charged": "Начислено",
    "opening": "Внесено входящим сальдо",
    "recalculated": "Перерасчёты и исправления",
}
MONEY = {
    Payment.Channel.DESK: "Оплачено в кассу",
    Payment.Channel.BANK: "Оплачено через банк",
    Payment.Channel.BAILIFF: "Получено от приставов",
    Payment.Channel.EMPLOYER: "Удержано работодателями",
    Payment.Channel.TURNOVER: "Оплачено по оборотной ведомости",
    Payment.Channel.OFFSET: "Зачтено",
    "write_off": "Списано",
}
TO_PENALTY, CREDIT, REACH, UNEXPLAINED = "to_penalty", "credit", "reach", "unexplained"
LATE = "late_"
OTHERS = {
    TO_PENALTY: "Оплата отнесена на пени",
    CREDIT: "Переплаты выросли (−: зачтены в долг)",
    REACH: "Изменился состав лицевых счетов",
    UNEXPLAINED: "Не объяснено",
}


@dataclass(frozen=True)
class End:
    """A day, and the moment of knowledge it is seen from."""

    on: dt.date
    known_at: dt.datetime


@dataclass(frozen=True)
class Between:
    """Two ends of the debt of the same accounts."""

    start: End
    end: End
    reach: Reach

    @property
    def accounts(self) -> QuerySet | None:
        return None if self.reach.everything else self.reach.accounts()


def label_of(key: str) -> str:
    """The line's name on the screen."""
    if key.startswith(LATE):
        return f"Уточнено за прошлое: {label_of(key.removeprefix(LATE)).lower()}"
    named = KINDS | OTHERS | {f"paid_{channel}": name for channel, name in MONEY.items()}
    return named.get(key) or dict(Payment.Channel.choices).get(key.removeprefix("paid_"), key)


def keys_in_order() -> list[str]:
    """Every line there can be, in the order of reading: the past set right, then what came in."""
    facts = [*KINDS, *(f"paid_{channel}" for channel in dict.fromkeys([*MONEY, *Payment.Channel.values])), TO_PENALTY]
    return [REACH, *(LATE + key for key in facts), *facts, CREDIT, UNEXPLAINED]


def debt_change(between: Between, opening: int | None = None) -> dict:
    """The explanation as data: `opening`, `lines` (key, label, amount) without zeros, `closing`. Kopecks.

    `opening` is the figure that the earlier report gave; when accounts have since left or joined, that is a line.
    """
    ends = [age(between.accounts, as_of=one.on, known_on=one.known_at).figures for one in (between.start, between.end)]
    sums: dict[str, int] = defaultdict(int)
    for key, amount in _moves(between):
        sums[key] += amount
    sums[CREDIT] += ends[1].credit - ends[0].credit
    began = ends[0].total if opening is None else opening
    sums[REACH] += ends[0].total - began
    sums[UNEXPLAINED] += ends[1].total - began - sum(sums.values())
    lines = [{"key": key, "label": label_of(key), "amount": sums[key]} for key in keys_in_order() if sums.get(key)]
    return {"opening": began, "lines": lines, "closing": ends[1].total}


def accounts_behind(between: Between, key: str) -> list[Fact]:
    """The accounts of one line: their sum is the line."""
    sums: dict[int, int] = defaultdict(int)
    if key == CREDIT:
        for sign, one in ((-1, between.start), (1, between.end)):
            for account, figures in _by_account(between, one):
                sums[account] += sign * figures.credit
    for found, amount, account in _moves(between, "account_id") if key != CREDIT else ():
        if found == key:
            sums[account] += amount
    return [Fact((amount,), account=account) for account, amount in sums.items() if amount]


def _by_account(between: Between, end: End) -> Iterable[tuple[int, Figures]]:
    rows = age(between.accounts, as_of=end.on, known_on=end.known_at, by=("account",)).rows
    return ((group["account"], figures) for group, figures in rows)


def _moves(between: Between, *by: str) -> Iterable[tuple]:
    """(key, amount, *by): every kind of fact that made the principal's balance another one."""
    yield from _charges(between, by)
    yield from _payments(between, by)
    yield from _to_penalties(between, by)


def _charges(between: Between, by: tuple[str, ...]) -> Iterable[tuple]:
    rows = _weighed(Charge.objects.filter(service__is_penalty=False), between, "booking__undone_at")
    summed = rows.values_list("late", "kind", *by).annotate(
        up=Sum(F("weight") * F("charged")), down=Sum(F("weight") * F("credited"))
    )
    for late, kind, *rest in summed.order_by():
        *group, up, down = rest
        key = {Charge.Kind.OPENING: "opening", Charge.Kind.CORRECTION: "recalculated"}.get(kind, "charged")
        yield (LATE * late + key, up, *group)
        yield (LATE * late + ("opening" if key == "opening" else "recalculated"), -down, *group)


def _payments(between: Between, by: tuple[str, ...]) -> Iterable[tuple]:
    rows = _weighed(Payment.objects.filter(service__is_penalty=False), between, "booking__undone_at")
    summed = rows.values_list("late", "channel", *by).annotate(money=Sum(F("weight") * F("amount")))
    for late, channel, *rest in summed.order_by():
        *group, money = rest
        yield (f"{LATE * late}paid_{channel}", -money, *group)


def _to_penalties(between: Between, by: tuple[str, ...]) -> Iterable[tuple]:
    """Money of the pool that went to penalties pays no principal."""
    rows = _weighed(Allocation.objects.filter(service__is_penalty=True, moved=True), between, "withdrawn_at")
    summed = rows.values_list("late", *by).annotate(money=Sum(F("weight") * F("amount")))
    for late, *rest in summed.order_by():
        *group, money = rest
        yield (LATE * late + TO_PENALTY, money, *group)


def _weighed(facts: QuerySet, between: Between, undone: str) -> QuerySet:
    """Facts that count at one end only, with `weight` 1 (came) or -1 (went), and `late` 1 when dated by the first day."""
    if not between.reach.everything:
        facts = facts.filter(account__in=between.reach.accounts())
    before, after = (_counts(one, undone) for one in (between.start, between.end))
    return facts.annotate(weight=_one_if(after) - _one_if(before), late=_one_if(Q(counts_on__lte=between.start.on))).exclude(
        weight=0
    )


def _counts(end: End, undone: str) -> Q:
    standing = Q(**{f"{undone}__isnull": True}) | Q(**{f"{undone}__gt": end.known_at})
    return standing & Q(counts_on__lte=end.on, booking__learnt_at__lte=end.known_at)


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
