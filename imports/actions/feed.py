"""From neutral rows to lines for the ledger: accounts and services found, sums counted, faults put down with their place."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from debtors.actions.staging import StagedFact
from debtors.models import UNSPLIT
from imports.queries.account_book import AccountBook, Ambiguous
from imports.queries.service_book import ServiceBook
from imports.rows import Problem, Reading, Row
from imports.rules.openings import month_of_balance
from imports.rules.people import channel_of
from imports.rules.places import Places
from imports.rules.totals import Totals

PENALTY = 90
"""The service that a register's column of penalties is booked to (seeded by the services' migration)."""
KEPT_PROBLEMS = 10_000
"""So many problems are kept word for word; the rest is only counted."""
CREATING = frozenset({"accounts", "charges"})
"""Kinds of files that tell enough of an account to open it. A payment never opens one."""
_SERVICES = 1 << 15


@dataclass
class Feed:
    """Turns one reading into `StagedFact`s while counting. Its figures are complete when `facts()` is exhausted.

    New accounts get negative ids, explained in `details` by their own; `details` of positive ids only say more of accounts
    already there.
    """

    accounts: AccountBook
    services: ServiceBook
    period: int | None = None
    places: Places = field(default_factory=Places)
    totals: Totals = field(default_factory=Totals)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    rejected: int = 0
    more_problems: int = 0
    touched: set[int] = field(default_factory=set)
    details: dict[int, tuple[int, dict]] = field(default_factory=dict)
    storno: bool = False
    progress: Callable[[int, int, str], None] | None = None
    new: dict[str, int] = field(default_factory=dict)
    settled: dict[int, int] = field(default_factory=dict)
    """New accounts of a kept batch that somebody opened meanwhile: their ids by their negative ones."""

    def facts(self, reading: Reading) -> Iterator[StagedFact]:
        """Stream the lines of the rows that can be booked."""
        make = {"payments": self._payment, "accounts": self._balance}.get(reading.kind, self._charge)
        if reading.balances_only:
            make = self._balance
        creating = reading.kind in CREATING
        for row in reading:
            self.read += 1
            if self.progress and self.read % 1_000 == 0:
                self.progress(self.read, 0, f"прочитано строк: {self.read}")
            if row.problems:
                self._keep(row)
            if row.problems and not row.accepted:
                self.rejected += 1
                continue
            account = self._account(row, creating)
            service = self._service(row) if account is not None else None
            if service is None or (lines := make(row, account, service, reading)) is None:
                self.rejected += 1
                continue
            self.touched.add(account)
            if row.extra or reading.kind == "accounts" or account < 0:
                self._detail(row, account)
            yield from lines

    # --- finding ----------------------------------------------------------------------------------------------------
    def _account(self, row: Row, creating: bool) -> int | None:
        number = row.account
        found = self.accounts.by_number.get(number) or self.new.get(number)
        if found is not None:
            return found
        found = self.accounts.find(number, row.alias_numbers, tails=not creating)
        if isinstance(found, Ambiguous):
            said = (
                f"номер {number} подходит к нескольким лицевым счетам ({', '.join(found.numbers[:3])}): укажите номер полностью"
            )
            return self._refuse(row, "account_ambiguous", said, number)
        if found is None and creating and number:
            found = self.new[number] = -1 - len(self.new)
        if found is None:
            said = f"нет лицевого счёта {number or '(пусто)'}: исправьте номер или сначала загрузите реестр счетов"
            return self._refuse(row, "unknown_account", said, number)
        return found

    def _service(self, row: Row) -> int | None:
        service = self.services.find(row.service)
        if service is None:
            said = f"услуга «{row.service}» не сопоставлена: выберите для неё услугу системы и загрузите файл снова"
            self._refuse(row, "unknown_service", said, row.service)
        return service

    # --- lines by kind ----------------------------------------------------------------------------------------------
    def _charge(self, row: Row, account: int, service: int, reading: Reading) -> list[StagedFact] | None:
        """A line of a turnover register: opening, what was charged, what was paid in the month."""
        month = row.month if row.month is not None else self.period
        if month is None:
            return self._refuse(row, "no_month", "не сказано, за какой месяц строка: укажите месяц файла при загрузке", "")
        charged, credited = _split(row.charged or 0, row.recalculated or 0)
        opening, turnover = row.opening, row.paid or None
        self.totals.add(account * _SERVICES + service, month, opening or 0, charged - credited, turnover or 0, row.closing or 0)
        number = self.places.number(row.sheet, row.row)
        lines = [
            StagedFact(
                number,
                account,
                service,
                month,
                opening,
                None if opening is None else month - 1,
                None,
                charged if charged or credited else None,
                credited,
                1,
                turnover,
                source_row=row.row,
            )
        ]
        if row.penalty:
            owed, taken = _split(row.penalty, 0)
            lines.append(StagedFact(number + 1, account, PENALTY, month, charged=owed, credited=taken, source_row=row.row))
        return lines

    def _balance(self, row: Row, account: int, service: int, reading: Reading) -> list[StagedFact] | None:
        """A line that only says what is owed on a day: an opening balance."""
        balance, month, on = row.opening, None, None
        if balance is None:
            balance = row.closing
        if balance is None and not row.penalty:
            return []
        month, on = self._balance_month(row, reading)
        if month is None:
            return self._refuse(row, "no_month", "не сказано, на какой день остаток: укажите месяц файла при загрузке", "")
        closing = balance if row.closing is None else row.closing
        self.totals.add(account * _SERVICES + service, None, row.opening or 0, 0, 0, closing or 0)
        number = self.places.number(row.sheet, row.row)
        lines = []
        if balance is not None:
            lines.append(
                StagedFact(number, account, service, opening=balance, opening_month=month, opening_on=on, source_row=row.row)
            )
        if row.penalty:
            lines.append(
                StagedFact(
                    number + 1, account, PENALTY, opening=row.penalty, opening_month=month, opening_on=on, source_row=row.row
                )
            )
        return lines

    def _balance_month(self, row: Row, reading: Reading) -> tuple[int | None, dt.date | None]:
        if reading.as_of is not None:
            on = None if reading.as_of.day == 1 else reading.as_of
            return month_of_balance(reading.as_of), on
        month = row.month if row.month is not None else self.period
        if month is not None and row.opening is not None:
            month -= 1
        return month, None

    def _payment(self, row: Row, account: int, service: int, reading: Reading) -> list[StagedFact] | None:
        """A line of a payment register: money received on a day."""
        if row.paid_on is None:
            return self._refuse(row, "no_date", "нет даты платежа: без неё нельзя посчитать долг на день", "")
        amount = row.paid or 0
        self.totals.add(account * _SERVICES + service, None, 0, 0, amount, 0)
        if amount == 0:
            return []
        self.storno = self.storno or amount < 0
        return [
            StagedFact(
                self.places.number(row.sheet, row.row),
                account,
                service if row.service else UNSPLIT,
                amount=amount,
                paid_on=row.paid_on,
                channel=channel_of(row.extra.get("channel", "")),
                document=row.document[:60],
                designated_month=row.month,
                source_row=row.row,
            )
        ]

    # --- notes ------------------------------------------------------------------------------------------------------
    def _detail(self, row: Row, account: int) -> None:
        if account in self.details and not row.extra:
            return
        said = {
            "number": row.account,
            "others": list(row.alias_numbers),
            "holder": row.holder,
            "address": row.address,
            "flat": row.flat,
            "category": row.category,
            "area_x100": row.area_x100,
            "birth_date": row.birth_date.isoformat() if row.birth_date else None,
            "extra": row.extra,
        }
        self.details[account] = (row.row, {key: value for key, value in said.items() if value})

    def _refuse(self, row: Row, code: str, message: str, value: str) -> None:
        row.problems.append(Problem(code, message, row.sheet, row.row, "", value))
        self._keep_one(row.problems[-1])

    def _keep(self, row: Row) -> None:
        for problem in row.problems:
            self._keep_one(problem)

    def _keep_one(self, problem: Problem) -> None:
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1


def _split(charged: int, recalculated: int) -> tuple[int, int]:
    """What is added to the debt and what is taken off it: both not negative."""
    plus = max(charged, 0) + max(recalculated, 0)
    minus = max(-charged, 0) + max(-recalculated, 0)
    return plus, minus
