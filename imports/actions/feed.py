"""From neutral rows to lines for the ledger: accounts and services found, sums counted, faults put down with their place."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat

from debtors.actions.staging import TURNOVER_LINE, LastDays, Stage, StagedFact, stage_facts, stage_lines
from debtors.models import PENALTY, UNSPLIT
from imports.queries.account_book import AccountBook, Ambiguous
from imports.queries.service_book import ServiceBook
from imports.readers import Refused
from imports.rows import Block, Problem, Reading, Row
from imports.rules.openings import month_of_balance
from imports.rules.people import channel_of
from imports.rules.places import Places, TooManyParts
from imports.rules.totals import Totals

KEPT_PROBLEMS = 10_000
"""So many problems are kept word for word; the rest is only counted."""
CREATING = frozenset({"accounts", "charges"})
"""Kinds of files that tell enough of an account to open it. A payment never opens one."""
_SERVICES = 1 << 15


@dataclass
class Feed:
    """Turns one reading into lines for the ledger while counting. Its figures are complete when `stage` has returned.

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

    _days: LastDays = field(default_factory=LastDays)

    def stage(self, reading: Reading) -> Stage:
        """Stream the lines of the rows that can be booked into the ledger's staging table. Raises Refused."""
        try:
            if reading.kind == "charges" and not reading.balances_only:
                return stage_lines(TURNOVER_LINE, chain.from_iterable(self._turnovers(reading)))
            return stage_facts(self._facts(reading))
        except TooManyParts as wrong:
            raise Refused(
                "too_many_services", f"Одна строка файла даёт слишком много услуг ({wrong}). Разделите файл."
            ) from wrong

    def _facts(self, reading: Reading) -> Iterator[StagedFact]:
        make = self._payment if reading.kind == "payments" and not reading.balances_only else self._balance
        for row in reading:
            yield from self._lines(row, reading, make)

    def _turnovers(self, reading: Reading) -> Iterator[Iterable[tuple]]:
        for piece in reading.pieces:
            if type(piece) is Block:
                yield from self._block(piece, reading)
            else:
                yield self._lines(piece, reading, self._charge)

    def _lines(self, row: Row, reading: Reading, make: Callable) -> Sequence[tuple]:
        """What one row gives: nothing when it is rejected."""
        self._count(1)
        if row.problems:
            self._keep(row)
            if not row.accepted:
                self.rejected += 1
                return ()
        account = self._account(row, reading.kind in CREATING)
        service = self._service(row) if account is not None else None
        if service is None or (lines := make(row, account, service, reading)) is None:
            self.rejected += 1
            return ()
        self.touched.add(account)
        if row.extra or reading.kind == "accounts" or account < 0:
            self._detail(row, account)
        return lines

    def _count(self, rows: int) -> None:
        before, self.read = self.read, self.read + rows
        if self.progress and before // 1_000 != self.read // 1_000:
            self.progress(self.read, 0, f"прочитано строк: {self.read}")

    def _block(self, block: Block, reading: Reading) -> Iterator[Iterable[tuple]]:
        """Rows of accounts, services and months that are known go through together; the others one by one."""
        services = [self.services.find(name) for name in block.services]
        months = [self.period if month is None else month for month in block.months]
        odd = {at for values in (services, months) for at, value in enumerate(values) if value is None}
        accounts = self._accounts_of(block, odd)
        odd.update(at for at, account in enumerate(accounts) if account is None)
        odd.update(at for at, penalty in enumerate(block.sums.get("penalty", ())) if penalty)
        if not odd:
            yield self._plain(block, accounts, services, months)
            return
        for at in sorted(odd):
            yield self._lines(block.make(at), reading, self._charge)
        plain = [at for at in range(len(block)) if at not in odd]
        if plain:
            known = ([values[at] for at in plain] for values in (accounts, services, months))
            yield self._plain(block.only(plain), *known)

    def _accounts_of(self, block: Block, odd: set[int]) -> list[int | None]:
        """The account of each row; None for those that have to be looked at closely. New accounts are put down on the way."""
        found = list(map(self.accounts.by_number.get, block.accounts))
        if None not in found:
            return found
        for at, number in enumerate(block.accounts):
            if found[at] is None and (known := self.new.get(number)) is not None:
                found[at] = known
            elif found[at] is None and at not in odd:
                row = block.make(at)
                if self.accounts.find(number, row.alias_numbers, tails=False) is None:
                    found[at] = self.new[number] = -1 - len(self.new)
                    self._detail(row, found[at])
        return found

    def _plain(self, block: Block, accounts: list[int], services: list[int], months: list[int]) -> Iterable[tuple]:
        """Lines of turnovers, as `_charge` would make them, column by column."""
        count = len(block)
        self._count(count)
        self.touched.update(accounts)
        sums = block.sums
        nothing = [0] * count
        openings, closings = sums.get("opening", [None] * count), sums.get("closing", nothing)
        charged, recalculated = sums.get("charged", nothing), sums.get("recalculated", nothing)
        if None in charged or min(charged) < 0 or any(recalculated):
            parts = [_split(plus or 0, more or 0) for plus, more in zip(charged, recalculated, strict=True)]
        else:
            parts = list(zip(charged, nothing, strict=True))
        turnovers = [paid or None for paid in sums.get("paid", nothing)]
        keys = [account * _SERVICES + service for account, service in zip(accounts, services, strict=True)]
        net, paid = sum(plus - minus for plus, minus in parts), sum(filter(None, turnovers))
        self.totals.add_many(keys, months, openings=openings, charged=net, paid=paid, closings=closings)
        day = self._days.__getitem__
        before = [None if opening is None else month - 1 for opening, month in zip(openings, months, strict=True)]
        return zip(
            self.places.numbers(block.sheet, block.numbers),
            accounts,
            services,
            months,
            openings,
            before,
            [None if month is None else day(month) for month in before],
            [plus if plus or minus else None for plus, minus in parts],
            [minus for _, minus in parts],
            turnovers,
            block.numbers,
            map(day, months),
            repeat(1) if min(accounts) > 0 else [1 if account > 0 else 0 for account in accounts],
            strict=False,
        )

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
    def _charge(self, row: Row, account: int, service: int, reading: Reading) -> list[tuple] | None:
        """A line of a turnover register (`TURNOVER_LINE`): opening, what was charged, what was paid in the month."""
        month = row.month if row.month is not None else self.period
        if month is None:
            return self._refuse(row, "no_month", "не сказано, за какой месяц строка: укажите месяц файла при загрузке", "")
        charged, credited = _split(row.charged or 0, row.recalculated or 0)
        opening, turnover = row.opening, row.paid or None
        self.totals.add(account * _SERVICES + service, month, opening or 0, charged - credited, turnover or 0, row.closing or 0)
        number = self.places.number(row.sheet, row.row)
        day, state = self._days[month], 1 if account > 0 else 0
        before = None if opening is None else month - 1
        net = (charged, credited) if charged or credited else (None, credited)
        opened = (opening, before, None if before is None else self._days[before])
        lines = [(number, account, service, month, *opened, *net, turnover, row.row, day, state)]
        if row.penalty:
            owed, taken = _split(row.penalty, 0)
            lines.append((number + 1, account, PENALTY, month, None, None, None, owed, taken, None, row.row, day, state))
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
