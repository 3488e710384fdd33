"""Penalty of accounts as of a day: per month and service, with what one more day costs.

Counted, never stored: the same facts and day give the same figures whoever asks. Months that were paid late keep their
penalty after the principal is gone.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import QuerySet

from casedesk.norms.due_dates import due_on
from casedesk.norms.penalty.bulk import BulkPenalty
from casedesk.norms.penalty.rates import Rates
from casedesk.norms.queries.current import current
from casedesk.norms.reading import Reading
from casedesk.norms.refusals import NormNotKnown
from debtors.models import Service
from debtors.queries.penalty_facts import ServiceFacts, service_facts
from debtors.rules.penalty import ladder_for

ASKER = "пени по делу"
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class MonthPenalty:
    """One month of one service. Kopecks; `money` is what came for this month, by day; `further` is one more day's penalty."""

    account_id: int
    service: Service
    ladder: str
    month: int
    due_on: dt.date
    charged: int
    money: tuple[tuple[dt.date, int], ...]
    penalty: int
    further: int
    at_least: bool

    @property
    def open(self) -> int:
        return self.charged - sum(amount for _, amount in self.money)


@dataclass
class PenaltyReport:
    """All months, their sums, and what the figures rest on. `unknown`: services whose days no norm covers, with the reason."""

    through: dt.date
    months: list[MonthPenalty] = field(default_factory=list)
    sources: list[dict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unknown: list[tuple[Service, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(month.penalty for month in self.months)

    @property
    def further(self) -> int:
        return sum(month.further for month in self.months)

    @property
    def open(self) -> int:
        return sum(month.open for month in self.months)


class _Engines:
    """One bulk engine per ladder for the day and one for the next day, whose sources and warnings are not shown."""

    def __init__(self, through: dt.date):
        self.through = through
        norms = current()
        self.reading = Reading(norms, ASKER)
        self._tomorrow = Reading(norms, ASKER)
        self._made: dict[str, tuple[BulkPenalty, BulkPenalty]] = {}

    def of(self, ladder: str) -> tuple[BulkPenalty, BulkPenalty]:
        if ladder not in self._made:
            days = ((self.through, self.reading), (self.through + ONE_DAY, self._tomorrow))
            self._made[ladder] = tuple(_engine(ladder, day, reading) for day, reading in days)
        return self._made[ladder]


def _engine(ladder: str, through: dt.date, reading: Reading) -> BulkPenalty:
    rates = Rates(mode="payment_day", ladder=ladder, reading=reading, cap="norms")
    return BulkPenalty(ladder=ladder, rates=rates, through=through)


def penalties(accounts: QuerySet, *, through: dt.date) -> PenaltyReport:
    """Penalty of every month of these accounts through the day (inclusive). A fixed number of queries."""
    services = Service.objects.in_bulk()
    categories = dict(accounts.order_by().values_list("pk", "category"))
    report = PenaltyReport(through)
    engines = _Engines(through)
    for (account, service_id), facts in service_facts(accounts, through=through).items():
        service = services[service_id]
        ladder = ladder_for(categories[account], service.code)
        try:
            report.months += _of_service(account, service, ladder, facts, engines)
        except NormNotKnown as unknown:
            report.unknown.append((service, unknown.message))
    report.sources, report.warnings = engines.reading.sources, engines.reading.warnings
    return report


def _of_service(account: int, service: Service, ladder: str, facts: ServiceFacts, engines: _Engines) -> list[MonthPenalty]:
    today, tomorrow = engines.of(ladder)
    shares = facts.covered
    now, then = _counted(today, facts, shares), _counted(tomorrow, facts, shares)
    return [
        MonthPenalty(
            account_id=account,
            service=service,
            ladder=ladder,
            month=month,
            due_on=due_on(month),
            charged=charged,
            money=tuple(shares[month]),
            penalty=now[month],
            further=max(then[month] - now[month], 0),
            at_least=month in facts.openings,
        )
        for month, charged in facts.charges
    ]


def _counted(engine: BulkPenalty, facts: ServiceFacts, shares: dict[int, list[tuple[dt.date, int]]]) -> dict[int, int]:
    """Penalty by month. Where money lies on definite months, each month is counted with its own."""
    if not facts.laid:
        return dict(engine.of_account(facts.charges, _ordinals(facts.money)))
    return dict(
        line for month, charged in facts.charges for line in engine.of_account([(month, charged)], _ordinals(shares[month]))
    )


def _ordinals(money: list[tuple[dt.date, int]]) -> list[tuple[int, int]]:
    return [(day.toordinal(), amount) for day, amount in money]
