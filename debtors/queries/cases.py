"""What the page of a case shows of the debt behind it: people, accounts, months by service, age."""

import datetime as dt
from dataclasses import dataclass, field

from debtors.models import CaseAccount, CaseFile, Liability, Service, UtilityAccount
from debtors.queries.ageing import Figures, age
from debtors.queries.open_months import OpenMonth, open_months
from debtors.rules.ageing import Borders, borders_on, months_of_debt_x100


@dataclass
class MonthRow:
    """What is open of one month: kopecks by service in the order of the columns, the sum, how long it is overdue."""

    month: int
    parts: list[int]
    age: int
    at_least: bool = False

    @property
    def total(self) -> int:
        return sum(self.parts)


@dataclass
class OpenTable:
    """Open months by service, newest first, with totals of the columns and of the whole."""

    services: list[Service] = field(default_factory=list)
    rows: list[MonthRow] = field(default_factory=list)

    @property
    def totals(self) -> list[int]:
        return [sum(row.parts[at] for row in self.rows) for at in range(len(self.services))]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    def newest(self, count: int) -> tuple[list[MonthRow], int, int]:
        """The newest rows, and of the rest: how many months, how much money."""
        rest = self.rows[count:]
        return self.rows[:count], len(rest), sum(row.total for row in rest)


@dataclass(frozen=True)
class DebtOfCase:
    """The debt of a case on a day. `months_x100` is overdue / average monthly charge, in hundredths."""

    accounts: list[UtilityAccount]
    figures: Figures
    table: OpenTable
    liabilities: list[Liability]
    months_x100: int


def debt_of(case: CaseFile, on: dt.date) -> DebtOfCase:
    """Accounts, people, age and open months of the case; of a closed case, of the accounts it had to the end."""
    links = CaseAccount.objects.filter(case=case)
    ids = list((links.filter(is_live=True) if case.is_open else links).values_list("account_id", flat=True))
    accounts = UtilityAccount.objects.filter(pk__in=ids)
    people = (
        Liability.objects.filter(account__in=ids).select_related("debtor", "account").order_by("account", "valid_from", "pk")
    )
    figures = age(accounts, as_of=on).figures
    return DebtOfCase(
        accounts=list(accounts.select_related("premises__house", "state").order_by("number")),
        figures=figures,
        table=open_table(open_months(account_ids=ids), borders_on(on)),
        liabilities=list(people.order_by("account", "valid_from", "pk")),
        months_x100=months_of_debt_x100(figures.overdue, case.average_charge),
    )


def open_table(found: list[OpenMonth], borders: Borders) -> OpenTable:
    """Open months of any accounts as a table by month and service."""
    services = list(Service.objects.filter(pk__in={one.service_id for one in found}))
    place = {service.pk: at for at, service in enumerate(services)}
    rows: dict[int, MonthRow] = {}
    for one in found:
        row = rows.setdefault(one.month, MonthRow(one.month, [0] * len(services), borders.age_of(one.month)))
        row.parts[place[one.service_id]] += one.kopecks
        row.at_least = row.at_least or one.at_least
    return OpenTable(services, [rows[month] for month in sorted(rows, reverse=True)])
