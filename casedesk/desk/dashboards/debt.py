"""The debt by age over a year, by house and by creditor: from the cells of whole months; one's own cases from the ledger."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from casedesk.common import charts, column_chart, money, months
from casedesk.desk.dashboards.sight import Sight
from casedesk.plans.catalogue import Fact
from debtors.actions.derive_cells import refresh_cells
from debtors.models import AgedCell
from debtors.queries.ageing import Figures, age
from debtors.rules.ageing import BUCKETS

HOUSES_SHOWN = 12
COLUMNS = ("total", "not_yet_due", *AgedCell.BUCKETS)
AGE_NAMES = {key: str(name) for key, name, _ in charts.AGES} | {"overdue": "просрочено", "total": "весь долг"}


@dataclass(frozen=True)
class Month:
    """The debt on the last day of a month."""

    month: int
    figures: Figures

    @property
    def iso(self) -> str:
        return months.iso(self.month)

    @property
    def day(self) -> dt.date:
        return months.last_day(self.month)

    @property
    def short(self) -> str:
        return months.short(self.month)

    @property
    def cells(self) -> list[tuple[str, int]]:
        """Ages and their sums in the order of the chart."""
        return [(key, amount_of(self.figures, key)) for key, _, _ in charts.AGES]


@dataclass(frozen=True)
class Row:
    """A house or a creditor: its debt, its bar, what opens it."""

    label: str
    key: object
    figures: Figures
    parts: list[charts.Part]


def amount_of(figures: Figures, wanted: str) -> int:
    """The kopecks of one age: a bucket, `not_yet_due`, `overdue` or `total`."""
    return figures.buckets[wanted] if wanted in BUCKETS else getattr(figures, wanted)


def freshen(sight: Sight) -> None:
    """Write the cells that a late fact has touched; nothing to do when an import has just been followed up."""
    if not sight.mine:
        wanted = [sight.creditor] if sight.creditor else sight.creditors
        refresh_cells(creditors=[one.pk for one in wanted], span=sight.span)


def history(sight: Sight) -> list[Month]:
    """The debt at each month's end, oldest first. One query; for one's own cases one ageing statement a month."""
    if sight.mine:
        return [Month(month, age(sight.accounts, as_of=months.last_day(month)).figures) for month in sight.span]
    sums = _summed(_cells(sight).filter(month__in=sight.span), "month")
    return [Month(month, sums.get(month, Figures())) for month in sight.span]


def houses(sight: Sight) -> list[Row]:
    """Every house with an overdue debt, the largest first."""
    if sight.mine:
        aged = age(sight.accounts, as_of=months.last_day(sight.month), by=("house_id", "house")).rows
        found = {(group["house_id"], group["house"]): figures for group, figures in aged}
    else:
        found = _summed(_cells(sight).filter(month=sight.month), "house_id", "house__address")
    return _ranked({key: (name or "дом не указан", one) for (key, name), one in found.items()})


def creditors(sight: Sight) -> list[Row]:
    """The debt by creditor; empty when there is only one to show."""
    if sight.mine or sight.creditor or len(sight.creditors) < 2:
        return []
    found = _summed(_cells(sight).filter(month=sight.month), "creditor__code", "creditor__name")
    return _ranked({key: (name, one) for (key, name), one in found.items()})


def drawing(told: list[Month]) -> column_chart.Pillars:
    """The year as stacked columns, in roubles."""
    rows = [
        (months.short(one.month), [(str(name), amount_of(one.figures, key), tone) for key, name, tone in charts.AGES])
        for one in told
    ]
    return column_chart.pillars(rows, shown=short_money)


def short_money(kopecks: int) -> str:
    """`1,2 млн`: a mark of the value axis."""
    for power, word in ((10**9, "млрд"), (10**6, "млн"), (10**3, "тыс")):
        if kopecks >= power * 100:
            tenths = kopecks // (power * 10)
            return f"{tenths // 10},{tenths % 10} {word}".replace(",0 ", " ")
    return money.spaced(kopecks, kopecks_shown=False)


def accounts_behind(sight: Sight, wanted: str, house: str | None) -> list[Fact]:
    """The accounts behind a sum on the last day of the month: their sum is the figure. `house`: an id, empty for none."""
    seen = sight.accounts
    if house is not None:
        seen = seen.filter(premises__house=house) if house else seen.filter(premises__house__isnull=True)
    aged = age(seen, as_of=months.last_day(sight.month), by=("account",)).rows
    sums = ((group["account"], amount_of(figures, wanted)) for group, figures in aged)
    return [Fact((amount,), account=account) for account, amount in sums if amount]


def _cells(sight: Sight) -> QuerySet:
    return AgedCell.objects.filter(sight.limits("house__territory"))


def _summed(cells: QuerySet, *by: str) -> dict:
    """Group -> figures. With one name the key is its value, with more a tuple."""
    named = cells.values_list(*by).annotate(*(Sum(name) for name in (*COLUMNS, "accounts"))).order_by()
    found = {}
    for row in named:
        key = row[0] if len(by) == 1 else tuple(row[: len(by)])
        total, not_yet_due, *buckets, accounts = (int(amount or 0) for amount in row[len(by) :])
        found[key] = Figures(
            total=total, not_yet_due=not_yet_due, buckets=dict(zip(BUCKETS, buckets, strict=True)), accounts=accounts
        )
    return found


def _ranked(groups: dict[object, tuple[str, Figures]]) -> list[Row]:
    owing = sorted(((key, *told) for key, told in groups.items() if told[1].overdue), key=lambda row: (-row[2].overdue, row[1]))
    longest = owing[0][2].overdue if owing else 0
    return [Row(label, "" if key is None else key, one, charts.ageing(one.buckets, whole=longest)) for key, label, one in owing]
