"""Which fact goes into which file: the formats of each creditor over the years, and the order in which files arrive."""

import datetime as dt
import shutil
from pathlib import Path

from casedesk.common import months
from casedesk.town.facts import Bill, Money, TownAccount
from casedesk.town.files.accounts import AccountsBook, AccountsCsv
from casedesk.town.files.base import Sheet
from casedesk.town.files.charges import ChargesBook, ChargesCsv, ChargesUnicode
from casedesk.town.files.payments import DeskCsv, KeyValue, PipeColumns, ServiceCsv, ServiceDbf, TwelveFields
from casedesk.town.files.turnovers import Turnover, TurnoverBook, TurnoverCsv, TurnoverDbf
from casedesk.town.plan import CREDITORS, TownPlan


class Outbox:
    """Open files of a town being written. Ask for a fact to be filed; close to get the list of sheets in order of arrival."""

    def __init__(self, plan: TownPlan, root: Path):
        self.plan, self.root = plan, root
        self.writers: dict[str, object] = {}

    def file_account(self, account: TownAccount) -> None:
        """The account's line in its creditor's first register of accounts; newcomers are not there."""
        if not account.in_register:
            return
        code = account.creditor.code
        as_book = code == "uyut" and not self.plan.plain
        name = f"{code}/licevye_scheta.{'xlsx' if as_book else 'csv'}"
        arrives = months.first_day(self.plan.first)
        self._writer(name, "accounts", account, arrives, AccountsBook if as_book else AccountsCsv).row(account)

    def file_charges(self, account: TownAccount) -> None:
        """Every month's line or lines in the registers of charges, and the corrected lines of the late ones."""
        if account.creditor.code == "uyut":
            self._file_turnovers(account)
            return
        for bill in account.bills:
            self._charges(account, bill.month, late=False).row(account, bill, self._opening(account, bill))
            if bill.lost:
                self._charges(account, bill.month, late=True).row(account, bill)

    def _opening(self, account: TownAccount, bill: Bill) -> int:
        return account.openings.get(bill.service, 0) if bill.month == self.plan.first else 0

    def _file_turnovers(self, account: TownAccount) -> None:
        opening = sum(account.openings.values())
        for month in range(account.first_month, self.plan.last + 1):
            turnover = Turnover(account, month, opening)
            self._turnovers(account, month).row(turnover)
            opening = turnover.closing

    def file_payments(self, account: TownAccount) -> None:
        """Every payment's line where its payer's way of paying puts it; repeated lines where registers overlap."""
        for paid in account.payments:
            month = months.of(paid.day)
            if paid.turnover and not paid.late:
                continue
            late = paid.late
            self._payments(account, paid, month, late=late).row(account, paid)
            if paid.lost:
                self._payments(account, paid, month, late=True).row(account, paid)
            elif not late and self._is_repeated(account, paid, month):
                self._payments(account, paid, month, late=False, repeat=True).row(account, paid)

    def _is_repeated(self, account: TownAccount, paid: Money, month: int) -> bool:
        """The bank's register of the last third of one month was sent again as a register of its own."""
        return account.creditor.code == "teplo" and account.by_bank and month == self.plan.first + 2 and paid.day.day > 19

    # --- which writer -------------------------------------------------------------------------------------------------
    def _charges(self, account: TownAccount, month: int, *, late: bool):
        code, year = account.creditor.code, (month - self.plan.first) // 12
        first, broken = month == self.plan.first, month in self.plan.broken_months
        arrives = self.plan.late_on if late else self._bills_arrive(code, month)
        stem = f"{code}/{'ispravlenie' if late else 'nachisleniya'}_{months.iso(month)}"
        if year == 1 and not (self.plan.plain or late):
            return self._writer(f"{stem}.xlsx", "charges", account, arrives, ChargesBook, month, late)
        factory = ChargesUnicode if code == "resurs" and not self.plan.plain else ChargesCsv
        extension = "txt" if factory is ChargesUnicode else "csv"

        def make(sheet: Sheet):
            return factory(sheet, balances=first and not late, total=not broken)

        return self._writer(f"{stem}.{extension}", "charges", account, arrives, make, month, late)

    def _turnovers(self, account: TownAccount, month: int):
        stem, arrives = f"uyut/osv_{months.iso(month)}", self._bills_arrive("uyut", month)
        if self.plan.plain:
            return self._writer(f"{stem}.csv", "charges", account, arrives, TurnoverCsv, month)
        if self.plan.is_dbf(month):
            return self._writer(f"{stem}.dbf", "charges", account, arrives, TurnoverDbf, month)
        return self._writer(f"{stem}.xlsx", "charges", account, arrives, TurnoverBook, month)

    def _payments(self, account: TownAccount, paid: Money, month: int, *, late: bool, repeat: bool = False):
        code, by_bank = account.creditor.code, account.by_bank
        arrives = self.plan.late_on if late else months.first_day(month + 1)
        stem = f"{code}/{{}}_{months.iso(month)}{'_pozdnie' if late else ''}{'_povtor' if repeat else ''}"
        if code == "uyut":
            return self._writer(stem.format("bank") + ".txt", "payments", account, arrives, PipeColumns, month, late)
        if code == "teplo" and by_bank:
            return self._writer(stem.format("sber") + ".txt", "payments", account, arrives, TwelveFields, month, late)
        if code == "teplo":
            return self._writer(stem.format("kassa") + ".csv", "payments", account, arrives, DeskCsv, month, late)
        if by_bank:
            return self._writer(stem.format("sbol") + ".txt", "payments", account, arrives, KeyValue, month, late)
        if self.plan.plain:
            return self._writer(stem.format("oplata") + ".csv", "payments", account, arrives, ServiceCsv, month, late)
        return self._writer(stem.format("oplata") + ".dbf", "payments", account, arrives, ServiceDbf, month, late)

    def _writer(self, name: str, kind: str, account: TownAccount, arrives: dt.date, factory, period=None, late=False):
        if name not in self.writers:
            sheet = Sheet(self.root / name, kind, account.creditor.code, arrives, period, late)
            sheet.path.parent.mkdir(parents=True, exist_ok=True)
            self.writers[name] = factory(sheet)
        return self.writers[name]

    def _bills_arrive(self, code: str, month: int) -> dt.date:
        """Registers of charges come in the first days of the next month; once in a while after the 5th."""
        turn = [creditor.code for creditor in CREDITORS].index(code)
        is_late = (month + turn) % 7 == 0
        day = 6 + month % 2 if is_late else 2 + (month * 7 + turn * 3) % 4
        return months.first_day(month + 1).replace(day=day)

    # --- the end ------------------------------------------------------------------------------------------------------
    def close(self) -> list[Sheet]:
        """Close all files, add a twin of one, and give the sheets in order of arrival."""
        for writer in self.writers.values():
            writer.close()
        sheets = [writer.sheet for writer in self.writers.values()]
        for sheet in sheets:
            if sheet.path.stem.endswith("_povtor"):
                sheet.accepted, sheet.known = 0, sheet.accepted
        return sorted(sheets + self._twins(sheets), key=_order)

    def _twins(self, sheets: list[Sheet]) -> list[Sheet]:
        """The same register sent twice under another name, as happens."""
        found = []
        for sheet in sheets:
            if sheet.path.name.startswith("sber_" + months.iso(self.plan.first + 1)):
                path = sheet.path.with_name("copy_of_" + sheet.path.name)
                shutil.copyfile(sheet.path, path)
                arrives = sheet.arrives_on + dt.timedelta(days=1)
                found.append(
                    Sheet(path, sheet.kind, sheet.creditor, arrives, sheet.period, known=sheet.accepted, sum=sheet.sum)
                )
        return found


def _order(sheet: Sheet):
    """Accounts, then money, then bills of one day; the late files last."""
    kinds = ("accounts", "payments", "charges")
    return (sheet.late, sheet.arrives_on, kinds.index(sheet.kind), "_povtor" in sheet.path.name, sheet.path.as_posix())
