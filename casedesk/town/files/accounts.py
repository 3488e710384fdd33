"""Registers of accounts: who holds which account where, in which consumer group, on what footing."""

import xlsxwriter

from casedesk.town.facts import TownAccount
from casedesk.town.files.base import Sheet, TextRegister, roubles
from casedesk.town.files.books import BOOK_OPTIONS, stamp

CATEGORY_NAMES = {
    "owner": "Собственник",
    "social_tenant": "Наниматель",
    "legal_entity": "Юридическое лицо",
    "municipal_institution": "Муниципальное учреждение",
    "managing_company": "Управляющая организация",
    "supplier": "Ресурсоснабжающая организация",
}
TENURE_NAMES = {
    "private": "Частная собственность",
    "social_rent": "Социальный наём",
    "municipal": "Муниципальная собственность",
    "vacant": "Пустующее",
    "escheat": "Выморочное",
}
TITLES = ("Лицевой счёт", "ФИО", "Адрес", "Площадь", "Категория потребителя", "Форма собственности")


def _cells(account: TownAccount) -> tuple[str, ...]:
    return (
        account.number,
        account.holder,
        account.place.full_address,
        roubles(account.area_x100),
        CATEGORY_NAMES[account.category],
        TENURE_NAMES[account.tenure],
    )


class AccountsCsv(TextRegister):
    """A text register, cp1251."""

    def head(self) -> None:
        self.line(*TITLES)

    def row(self, account: TownAccount) -> None:
        self.line(*_cells(account))
        self.sheet.accepted += 1


class AccountsBook:
    """The same as a workbook."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet
        sheet.path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(str(sheet.path), BOOK_OPTIONS)
        stamp(self.book, "")
        self.page = self.book.add_worksheet("Лицевые счета")
        self.next = 0
        self._write(TITLES)

    def _write(self, cells: tuple[str, ...]) -> None:
        for column, text in enumerate(cells):
            self.page.write_string(self.next, column, text)
        self.next += 1

    def row(self, account: TownAccount) -> None:
        self._write(_cells(account))
        self.sheet.accepted += 1

    def close(self) -> None:
        self.book.close()
