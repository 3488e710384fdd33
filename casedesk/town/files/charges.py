"""Monthly registers of charges: text with a line per service, a workbook with a line per service."""

import xlsxwriter

from casedesk.common import months
from casedesk.town.facts import Bill, TownAccount
from casedesk.town.files.base import Sheet, TextRegister, grouped, roubles
from casedesk.town.files.books import BOOK_OPTIONS, stamp
from casedesk.town.plan import CREDITORS, PENALTY

SERVICE_NAMES = {service.id: service.name for creditor in CREDITORS for service in (*creditor.services, PENALTY)}
BROKEN_SUM = "12,345.67"
"""A sum that can be read in two ways: the row must be rejected."""
_CREDITOR_NAMES = {creditor.code: creditor.name for creditor in CREDITORS}


class ChargesCsv(TextRegister):
    """«Реестр начислений»: account, service, charged, recalculated. The first one also carries the balances."""

    separator = ";"

    def __init__(self, sheet: Sheet, *, balances: bool, total: bool = True):
        self.balances, self.total, self.count = balances, total, 0
        super().__init__(sheet)

    def head(self) -> None:
        self.line(f"Реестр начислений за {months.named(self.sheet.period)}", separator=self.separator)
        name = _CREDITOR_NAMES[self.sheet.creditor].replace('"', '""')
        self.line(f'"{name}"', "", "", "", separator=self.separator)
        self.line(separator=self.separator)
        head = ["ЛС", "ФИО", "Адрес", "Услуга"]
        head += ["Сальдо вх."] if self.balances else []
        head += ["Начислено", "Перерасчёт"]
        head += ["Оплачено", "Сальдо исх."] if self.balances else []
        self.line(*head, separator=self.separator)

    def row(self, account: TownAccount, bill: Bill, opening: int = 0) -> None:
        """One line. A lost bill is printed with a sum that nobody can read."""
        self.count += 1
        show = grouped if self.count % 3 == 0 else roubles
        charged = BROKEN_SUM if bill.lost and not self.sheet.late else show(bill.charged)
        cells = [account.number, account.holder, account.place.full_address, SERVICE_NAMES[bill.service]]
        cells += [show(opening)] if self.balances else []
        cells += [charged, show(bill.recalculated)]
        closing = opening + bill.charged + bill.recalculated
        cells += ["0,00", show(closing)] if self.balances else []
        self.line(*cells, separator=self.separator)
        count(self.sheet, bill)

    def tail(self) -> None:
        if not self.total or self.sheet.rejected:
            return
        blank = [""] * (4 if self.balances else 3)
        self.line("Итого", *blank, grouped(self.sheet.sum), *[""] * (3 if self.balances else 1), separator=self.separator)


class ChargesUnicode(ChargesCsv):
    """The same register saved as «Текст Юникод»: UTF-16 with tabs."""

    encoding = "utf-16"
    separator = "\t"


class ChargesBook:
    """The same register as a workbook: title rows, one header row, numbers as numbers."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        sheet.path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(str(sheet.path), BOOK_OPTIONS)
        stamp(self.book, _CREDITOR_NAMES[sheet.creditor])
        self.page = self.book.add_worksheet("Начисления")
        self.page.write_string(0, 0, _CREDITOR_NAMES[sheet.creditor])
        self.page.write_string(1, 0, f"Начисления по услугам за {months.named(sheet.period)} г.")
        for column, title in enumerate(("Лицевой счет", "Абонент", "Адрес", "Услуга", "Начислено", "Перерасчет")):
            self.page.write_string(3, column, title)
        self.next = 4

    def row(self, account: TownAccount, bill: Bill, opening: int = 0) -> None:
        cells = (account.number, account.holder, account.place.full_address, SERVICE_NAMES[bill.service])
        for column, text in enumerate(cells):
            self.page.write_string(self.next, column, text)
        if bill.lost and not self.sheet.late:
            self.page.write_string(self.next, 4, BROKEN_SUM)
        else:
            self.page.write_number(self.next, 4, bill.charged / 100)
        if bill.recalculated:
            self.page.write_number(self.next, 5, bill.recalculated / 100)
        self.next += 1
        count(self.sheet, bill)

    def close(self) -> None:
        if not self.sheet.rejected:
            self.page.write_string(self.next, 0, "Итого")
            self.page.write_number(self.next, 4, self.sheet.sum / 100)
        self.book.close()


def count(sheet: Sheet, bill: Bill) -> None:
    """Keep the figures a correct import must give for this row."""
    if bill.lost and not sheet.late:
        sheet.rejected += 1
    else:
        sheet.accepted += 1
        sheet.sum += bill.charged
