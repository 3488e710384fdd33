"""What came back over a year by way and month: from the cells of whole months; of one's own cases from their payments."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from casedesk.common import column_chart, months
from casedesk.desk.dashboards.debt import short_money
from casedesk.desk.dashboards.sight import Sight
from casedesk.plans.catalogue import Fact
from debtors.models import Payment, RecoveredCell
from debtors.queries.recovery_channels import by_month, of_month
from debtors.rules.recovery import RecoveryChannel

TONES = {channel: f"way-{place}" for place, channel in enumerate(RecoveryChannel, start=1)}


@dataclass(frozen=True)
class Month:
    """What came in a month, kopecks by channel."""

    month: int
    sums: dict[str, int]

    @property
    def iso(self) -> str:
        return months.iso(self.month)

    @property
    def total(self) -> int:
        return sum(self.sums.values())

    @property
    def cells(self) -> list[tuple[str, int]]:
        return [(channel.value, self.sums.get(channel, 0)) for channel in RecoveryChannel]


def history(sight: Sight) -> list[Month]:
    """The last twelve months, oldest first. One query."""
    found: dict[int, dict[str, int]] = {month: {} for month in sight.year}
    for month, channel, amount in _sums(sight):
        found[month][channel] = int(amount)
    return [Month(month, sums) for month, sums in found.items()]


def _sums(sight: Sight) -> list[tuple[int, str, int]]:
    if sight.mine:
        return [(row.month, row.channel, row.kopecks) for row in by_month(_payments(sight, sight.year))]
    cells = RecoveredCell.objects.filter(sight.limits("territory"), month__in=sight.year)
    return list(cells.values_list("month", "channel").annotate(Sum("amount")).order_by())


def _payments(sight: Sight, span: range) -> QuerySet:
    days = Q(counts_on__range=(months.first_day(span[0]), months.last_day(span[-1])))
    everything = sight.reach.everything and not sight.mine and not sight.creditor
    return Payment.objects.filter(days if everything else days & Q(account__in=sight.accounts.order_by().values("pk")))


def ways(told: list[Month]) -> list[tuple[RecoveryChannel, str, int]]:
    """Each way that brought anything, with its colour and its sum of the year."""
    sums = [(channel, TONES[channel], sum(one.sums.get(channel, 0) for one in told)) for channel in RecoveryChannel]
    return [row for row in sums if row[2]]


def drawing(told: list[Month]) -> column_chart.Pillars:
    """The year as stacked columns, in roubles."""
    rows = [
        (months.short(one.month), [(channel.label, one.sums.get(channel, 0), TONES[channel]) for channel in RecoveryChannel])
        for one in told
    ]
    return column_chart.pillars(rows, shown=short_money)


def payments_behind(sight: Sight, channel: str) -> list[Fact]:
    """The payments of the month by a way (all of them without one): their sum is the figure."""
    found = of_month(_payments(sight, range(sight.month, sight.month + 1)), sight.month, channel)
    rows = found.values_list("account_id", "amount", "counts_on", "recovery", "document")
    return [
        Fact((amount,), account=account, on=day, about=" · ".join(filter(None, (RecoveryChannel(way).label, document))))
        for account, amount, day, way, document in rows
    ]
