"""Turnover registers (оборотно-сальдовые ведомости) of the managing company: 1C workbook, DBF, plain text."""

import xlsxwriter

from casedesk.common import months
from casedesk.town.facts import TownAccount
from casedesk.town.files.base import Sheet, TextRegister, roubles
from casedesk.town.files.books import BOOK_OPTIONS, stamp
from casedesk.town.files.dbf import DbfFile
from casedesk.town.plan import CREDITORS

_CREDITOR_NAMES = {creditor.code: creditor.name for creditor in CREDITORS}


class Turnover:
    """One account's month: opening, charged, recalculated, paid, closing, last day of payment. Kopecks."""

    __slots__ = ("account", "charged", "last_paid", "opening", "paid", "recalculated")

    def __init__(self, account: TownAccount, month: int, opening: int):
        bills = account.bills_of(month)
        payments = [paid for paid in account.payments if months.of(paid.day) == month]
        self.account, self.opening = account, opening
        self.charged = sum(bill.charged for bill in bills)
        self.recalculated = sum(bill.recalculated for bill in bills)
        self.paid = sum(paid.amount for paid in payments)
        self.last_paid = max((paid.day for paid in payments), default=None)

    @property
    def closing(self) -> int:
        return self.opening + self.charged + self.recalculated - self.paid


class TurnoverBook:
    """The 1C report: header in two rows, a house row with its sums above its accounts, `Итого`, a signature."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        sheet.path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(str(sheet.path), BOOK_OPTIONS)
        stamp(self.book, _CREDITOR_NAMES[sheet.creditor])
        self.page = self.book.add_worksheet("TDSheet")
        title = f"Оборотно-сальдовая ведомость по лицевым счетам за {months.named(sheet.period).capitalize()} г."
        for row, text in enumerate((_CREDITOR_NAMES[sheet.creditor], title, "Выводимые данные: БУ")):
            self.page.write_string(row, 0, text)
        pairs = ("Сальдо на начало периода", "Обороты за период", "Сальдо на конец периода")
        self._text(4, "Лицевой счет, Абонент", "Адрес", *[cell for name in pairs for cell in (name, "")])
        self._text(5, "", "", *["Дебет", "Кредит"] * 3)
        self.next, self.house, self.held, self.total = 6, None, [], [0] * 6

    def _text(self, row: int, *cells: str) -> None:
        for column, text in enumerate(cells):
            if text:
                self.page.write_string(row, column, text)

    def row(self, turnover: Turnover) -> None:
        """Hold the account until its house is complete: the house row stands above and carries the sums."""
        house = turnover.account.place.house
        if house is not self.house:
            self._flush()
            self.house = house
        self.held.append(turnover)
        self.sheet.accepted += 1
        self.sheet.sum += turnover.charged + turnover.recalculated

    def _flush(self) -> None:
        if not self.held:
            return
        sums = [sum(column) for column in zip(*map(_six, self.held), strict=True)]
        self._numbers(self.house.full_address, "", sums)
        for held in self.held:
            account = held.account
            self._numbers(f"{account.number}, {account.holder}", account.place.address, _six(held))
        self.total = [one + other for one, other in zip(self.total, sums, strict=True)]
        self.held = []

    def _numbers(self, first: str, second: str, sums) -> None:
        self._text(self.next, first, second)
        for column, value in enumerate(sums, start=2):
            if value:
                self.page.write_number(self.next, column, value / 100)
        self.next += 1

    def close(self) -> None:
        self._flush()
        self._numbers("Итого", "", self.total)
        self._text(self.next + 1, "Ответственный:", "__________ (Бухгалтер)")
        self.book.close()


def _six(held: Turnover) -> tuple[int, ...]:
    charged = held.charged + held.recalculated
    return (max(held.opening, 0), max(-held.opening, 0), charged, held.paid, max(held.closing, 0), max(-held.closing, 0))


class TurnoverDbf:
    """The same as a DBF of a billing program, cp866."""

    FIELDS = (
        ("LS", "C", 12, 0),
        ("FIO", "C", 40, 0),
        ("ULTYPE", "C", 8, 0),
        ("UL", "C", 25, 0),
        ("DOM", "C", 6, 0),
        ("KORP", "C", 3, 0),
        ("KVAR", "C", 5, 0),
        ("MES", "N", 2, 0),
        ("GOD", "N", 4, 0),
        ("SALDO_N", "N", 12, 2),
        ("NACH", "N", 10, 2),
        ("PERER", "N", 10, 2),
        ("OPL", "N", 12, 2),
        ("SALDO_K", "N", 12, 2),
        ("DAT_OPL", "D", 8, 0),
    )

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        self.file = DbfFile(sheet.path, self.FIELDS, language=0x65)

    def row(self, turnover: Turnover) -> None:
        account, house = turnover.account, turnover.account.place.house
        self.file.row(
            account.number,
            account.holder,
            house.kind,
            house.street,
            house.number,
            house.block,
            account.place.flat,
            self.sheet.period % 12 + 1,
            self.sheet.period // 12,
            *(
                roubles(value, ".")
                for value in (turnover.opening, turnover.charged, turnover.recalculated, turnover.paid, turnover.closing)
            ),
            turnover.last_paid.strftime("%Y%m%d") if turnover.last_paid else "",
        )
        self.sheet.accepted += 1
        self.sheet.sum += turnover.charged

    def close(self) -> None:
        self.file.close()


class TurnoverCsv(TextRegister):
    """The same as plain text, for benchmarks."""

    def head(self) -> None:
        self.line(f"Оборотная ведомость за {months.named(self.sheet.period)}")
        self.line("ЛС", "ФИО", "Адрес", "Сальдо вх.", "Начислено", "Перерасчёт", "Оплачено", "Сальдо исх.")

    def row(self, turnover: Turnover) -> None:
        account = turnover.account
        sums = (turnover.opening, turnover.charged, turnover.recalculated, turnover.paid, turnover.closing)
        self.line(account.number, account.holder, account.place.full_address, *(roubles(value) for value in sums))
        self.sheet.accepted += 1
        self.sheet.sum += turnover.charged
