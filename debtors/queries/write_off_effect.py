"""What an act would change: the creditor's debt by age before and after, which is what the plans' indicators read."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum

from debtors.models import WriteOffAct, WriteOffLine
from debtors.queries.ageing import age
from debtors.rules.ageing import BUCKETS, borders_on

NAMES = {
    "total": "Долг, всего",
    "overdue": "Просроченный долг",
    "penalty": "Пени и расходы",
    "1-3": "Просрочка 1–3 мес.",
    "3-12": "3–12 мес.",
    "12-24": "12–24 мес.",
    "24-36": "24–36 мес.",
    "36+": "свыше 36 мес.",
}


@dataclass(frozen=True)
class Effect:
    """One figure before the act and what the act takes off it. Kopecks."""

    name: str
    before: int
    taken: int

    @property
    def after(self) -> int:
        return self.before - self.taken

    @property
    def share_x100(self) -> int:
        """Hundredths of a percent of the figure, half up; 0 of nothing."""
        return (self.taken * 20_000 + self.before) // (2 * self.before) if self.before > 0 else 0


def effect_of(act: WriteOffAct, on: dt.date) -> list[Effect]:
    """The act's effect on the creditor's figures of the day. A fixed number of queries."""
    figures = age(act.creditor.accounts.standing(), as_of=on).figures
    taken = dict.fromkeys(NAMES, 0)
    borders = borders_on(on)
    rows = WriteOffLine.objects.filter(item__act=act).values_list("service__is_penalty", "month").annotate(Sum("amount"))
    for is_penalty, month, amount in rows.order_by():
        if is_penalty:
            taken["penalty"] += amount
            continue
        taken["total"] += amount
        bucket = borders.bucket_of(month)
        if bucket:
            taken["overdue"] += amount
            taken[bucket] += amount
    before = {"total": figures.total, "overdue": figures.overdue, "penalty": figures.penalty}
    before |= {name: figures.buckets[name] for name in BUCKETS}
    return [Effect(NAMES[name], before[name], taken[name]) for name in NAMES]
