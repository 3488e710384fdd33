"""The shape of a town: who bills what, from which month to which, and which days the truth speaks of."""

import datetime as dt
from dataclasses import dataclass, field

from casedesk.common import months

LAST_MONTH = months.make(2026, 10)
"""The newest billed month. Fixed, so that the same seed gives the same bytes on any day."""

MOST_MONTHS = 96
"""Every month's files are open at once while accounts are dealt out: more would pass the usual limit of open files."""


@dataclass(frozen=True, slots=True)
class TownService:
    """A service as its creditor's registers name it."""

    id: int
    name: str
    resource: str
    penalty: bool = False


@dataclass(frozen=True, slots=True)
class TownCreditor:
    """A creditor of the town. Its account numbers begin with `prefix`."""

    code: str
    name: str
    inn: str
    own_account: str
    prefix: str
    services: tuple[TownService, ...]
    tells_means: bool = False
    """Its register of payments names how the money came."""
    names_months: bool = True
    """Some of its desks and banks name the month that is paid for."""


PENALTY = TownService(90, "Пени", "other", True)
CREDITORS = (
    TownCreditor(
        "teplo",
        "МУП «Городские тепловые сети»",
        "5199004519",
        "40702810500000004501",
        "0041",
        (TownService(1, "Отопление", "heating"), TownService(2, "Горячее водоснабжение", "heating")),
        tells_means=True,
    ),
    TownCreditor(
        "uyut",
        "ООО «Управляющая компания „Уют“»",
        "5199007823",
        "40702810800000007802",
        "7",
        (TownService(10, "ЖКУ", "other"),),
    ),
    TownCreditor(
        "resurs",
        "АО «Горэнергоресурс»",
        "5199002938",
        "40702810100000002903",
        "51000",
        (
            TownService(3, "Холодное водоснабжение", "water"),
            TownService(4, "Водоотведение", "water"),
            TownService(5, "Электроснабжение", "electricity"),
            TownService(6, "Газоснабжение", "gas"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class TownPlan:
    """What is asked for: so many accounts over so many months. `plain` writes every register as CSV (for benchmarks)."""

    accounts: int
    months: int
    seed: int
    plain: bool = False
    last: int = LAST_MONTH
    territory: str = field(default="verhneozersk")

    def __post_init__(self):
        if self.accounts < 1:
            raise ValueError(f"--accounts {self.accounts}: нужен хотя бы один счёт")
        if not 3 <= self.months <= MOST_MONTHS:
            raise ValueError(f"--months {self.months}: нужно от 3 до {MOST_MONTHS} месяцев")

    @property
    def first(self) -> int:
        return self.last - self.months + 1

    @property
    def span(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def report_days(self) -> list[dt.date]:
        """Every month's end, the first of the last month (a report that late facts change) and a day of the present."""
        days = {months.last_day(month) for month in self.span}
        return sorted(days | {months.first_day(self.last), self.today})

    @property
    def today(self) -> dt.date:
        """The day the town is looked at: the 21st of the month after the last billed one."""
        return months.first_day(self.last + 1).replace(day=21)

    @property
    def case_days(self) -> list[dt.date]:
        """Days on which cases are opened and closed, knowing the files that have arrived: when a month's last file is in."""
        return [months.first_day(month + 1).replace(day=8) for month in range(self.last - 2, self.last + 1)]

    @property
    def broken_months(self) -> frozenset[int]:
        """Months whose registers carry faulty rows; corrected registers come late."""
        return frozenset({self.first + self.months // 3, self.last - 4, self.last - 1})

    @property
    def dated_since(self) -> int:
        """From this month the managing company sends dated payments beside its turnover registers."""
        return self.first + self.months // 3 + 1

    def is_dbf(self, month: int) -> bool:
        """The managing company's turnovers are a DBF in the middle years and a 1C workbook before and after."""
        return not self.plain and self.dated_since <= month < self.last - 11

    def folds_recalculation(self, month: int) -> bool:
        """A 1C turnover workbook has no column for recalculations: they are inside the charged turnover."""
        return not self.plain and not self.is_dbf(month)

    @property
    def late_since(self) -> int:
        """Payments of this month and later may reach the creditor after the reports were made."""
        return self.last - 3

    @property
    def late_on(self) -> dt.date:
        """The day the late files arrive."""
        return months.first_day(self.last + 1).replace(day=16)
