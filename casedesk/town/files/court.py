"""The court's answers and the bailiff department's reply on its proceedings."""

import datetime as dt

import xlsxwriter

from casedesk.town.files.base import Sheet, TextRegister, roubles
from casedesk.town.files.books import BOOK_OPTIONS, stamp
from casedesk.town.writs import DEPARTMENT, TownWrit


class CourtCsv(TextRegister):
    """A register of court orders issued to the creditor, cp1251."""

    def head(self) -> None:
        self.line(
            "№",
            "Лицевой счёт",
            "Должник",
            "Адрес",
            "Вид ИД",
            "Номер ИД",
            "Дата ИД",
            "Суд",
            "Основной долг",
            "Госпошлина",
            "Всего",
        )

    def row(self, writ: TownWrit) -> None:
        self.sheet.accepted += 1
        self.sheet.sum += writ.whole
        account, day = writ.account, writ.issued_on.strftime("%d.%m.%Y")
        sums = (roubles(writ.principal), roubles(writ.fee), roubles(writ.whole))
        place = account.place.full_address
        self.line(
            self.sheet.accepted, account.number, account.holder, place, "Судебный приказ", writ.number, day, writ.court, *sums
        )


class BailiffReply:
    """The department's reply to a reconciliation: titles, one header row, a row per writ, `Итого`, a signature."""

    TITLES = (
        "№ п/п",
        "Должник",
        "Адрес должника",
        "№ исполнительного документа",
        "Дата ИД",
        "Орган, выдавший ИД",
        "Сумма по ИД, руб.",
        "Дата предъявления в ОСП",
        "№ исполнительного производства",
        "Дата возбуждения",
        "Судебный пристав-исполнитель",
        "Взыскано и перечислено взыскателю, руб.",
        "Остаток долга, руб.",
        "Статус",
        "Дата окончания",
        "Основание окончания",
        "Примечание",
    )

    def __init__(self, sheet: Sheet, creditor_name: str):
        self.sheet, self.next, self.collected, self.rest = sheet, 4, 0, 0
        sheet.path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(str(sheet.path), BOOK_OPTIONS)
        stamp(self.book, DEPARTMENT)
        self.day = self.book.add_format({"num_format": "dd.mm.yyyy"})
        self.page = self.book.add_worksheet("Сверка")
        self.page.write_string(0, 0, DEPARTMENT)
        on = sheet.arrives_on.strftime("%d.%m.%Y")
        title = f"Сведения о ходе исполнительных производств, взыскатель {creditor_name}, на {on}"
        self.page.write_string(1, 0, title)
        self._cells(3, self.TITLES)

    def _cells(self, row: int, cells) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, dt.date):
                self.page.write_datetime(row, column, cell, self.day)
            elif cell not in (None, ""):
                self.page.write(row, column, cell)

    def row(self, writ: TownWrit) -> None:
        self.sheet.accepted += 1
        opened = bool(writ.proceeding)
        status = "окончено" if writ.ended_on else "на исполнении" if opened else "ИД не поступал"
        sums = (writ.collected / 100, writ.rest / 100) if opened else ("", "")
        head = (self.sheet.accepted, writ.account.holder.upper(), writ.account.place.address, writ.number, writ.issued_on)
        middle = (writ.court, writ.whole / 100, writ.sent_on, writ.proceeding, writ.opened_on, writ.bailiff)
        self._cells(self.next, (*head, *middle, *sums, status, writ.ended_on, writ.ground))
        if opened:
            self.collected += writ.collected
            self.rest += writ.rest
        self.next += 1

    def close(self) -> None:
        self._cells(self.next, ("", "Итого", *[""] * 9, self.collected / 100, self.rest / 100))
        self._cells(self.next + 2, ("", "Начальник отделения – старший судебный пристав ____________"))
        self.book.close()
