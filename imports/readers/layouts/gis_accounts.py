"""Accounts template of ГИС ЖКХ: «Основные сведения», with the premises on a sheet of their own, linked by record number."""

from collections import Counter
from collections.abc import Iterator

from casedesk.common.money import NotMoney
from casedesk.common.text import fold
from imports.readers.accounts import NotAccount, account
from imports.readers.amounts import hundredths
from imports.readers.layouts.gis_sheet import GisProposal, GisSheet, gis_sheet
from imports.readers.titles import Context
from imports.readers.totals import Totals
from imports.rows import Problem, Row
from imports.sheets import Book, Cells, column_letter

_MAIN = {
    "record": r"№ записи$",
    "account": r"номер лс",
    "zhku": r"идентификатор жку",
    "account_type": r"тип лицевого счета",
    "tenant": r"является нанимателем",
    "last_name": r"фамилия",
    "first_name": r"имя$",
    "patronymic": r"отчество",
    "company": r"огрн",
    "area": r"общая площадь",
    "single_account": r"единый лицевой счет",
    "status": r"статус обработки",
}
_PREMISES = {
    "record": r"№ записи лицевого счета",
    "address": r"адрес помещения",
    "house_guid": r"глобальный уникальный идентификатор дома",
    "flat": r"номер помещения",
    "room": r"номер комнаты",
    "share": r"доля внесения платы",
}
OK_STATUS = "ok"


class GisAccounts:
    """Such a book as a table of accounts."""

    layout = "gis_accounts"

    def __init__(self, main: GisSheet, premises: GisSheet | None):
        self.main, self.premises = main, premises
        self.context = Context()
        self.skipped: Counter[str] = Counter(header=1, title=main.header_at)
        self.totals = Totals(main.sheet.name, [])
        self.proposal = GisProposal([main, premises] if premises else [main])

    def rows(self) -> Iterator[Row]:
        places = self._places()
        for number, cells in self.main.lines("record"):
            yield self._row(number, cells, places)

    def _places(self) -> dict[str, dict[str, str]]:
        """Record number -> what the premises sheet says of it (the first premises, when there are several)."""
        places: dict[str, dict[str, str]] = {}
        if self.premises:
            for _, cells in self.premises.lines("record"):
                said = {field: self.premises.text(cells, field) for field in self.premises.columns}
                places.setdefault(said["record"], said)
        return places

    def _row(self, number: int, cells: Cells, places: dict[str, dict[str, str]]) -> Row:
        said = {field: self.main.text(cells, field) for field in self.main.columns}
        row = Row(sheet=self.main.sheet.name, row=number)
        self._fill_account(row, cells)
        row.holder = " ".join(filter(None, (said.get(part, "") for part in ("last_name", "first_name", "patronymic"))))
        row.alias_numbers = tuple(filter(None, (said.get("zhku", ""), said.get("single_account", ""))))
        row.category = _category(said)
        try:
            row.area_x100 = hundredths(cells[self.main.columns["area"]]) if "area" in self.main.columns else None
        except NotMoney:
            row.problems.append(self._problem(row, "area", "bad_area", f"Площадь «{said['area']}» не число.", fatal=False))
        place = places.get(said["record"], {})
        row.address, row.flat = place.get("address", ""), place.get("flat", "")
        kept = {"zhku": said.get("zhku"), "single_account": said.get("single_account"), "status": said.get("status")}
        kept |= {"house_guid": place.get("house_guid"), "room": place.get("room"), "share": place.get("share")}
        row.extra = {key: value for key, value in kept.items() if value}
        self._check_status(row, said.get("status", ""))
        return row

    def _fill_account(self, row: Row, cells: Cells) -> None:
        cell = cells[self.main.columns["account"]]
        try:
            row.account = account(cell)
        except (NotAccount, ValueError) as wrong:
            row.problems.append(self._problem(row, "account", "bad_account", f"Лицевой счёт «{cell}» не принят: {wrong}."))

    def _check_status(self, row: Row, status: str) -> None:
        if status and fold(status) != OK_STATUS:
            message = f"ГИС ЖКХ не обработала запись: «{status}». Счёт принят, но исправьте запись в ГИС ЖКХ."
            row.problems.append(self._problem(row, "status", "gis_status", message, fatal=False))

    def _problem(self, row: Row, field: str, code: str, message: str, *, fatal: bool = True) -> Problem:
        return Problem(code, message, row.sheet, row.row, column_letter(self.main.columns[field]), fatal=fatal)


def _category(said: dict[str, str]) -> str:
    if said.get("company"):
        return "legal_entity"
    return {"да": "social_tenant", "нет": "owner"}.get(fold(said.get("tenant", "")), "")


def gis_accounts(book: Book) -> GisAccounts | None:
    """The book as the accounts template, or None when it is another."""
    main = premises = None
    for sheet in book.visible:
        if main is None and (found := gis_sheet(sheet, _MAIN, {"record", "account", "zhku", "account_type"})):
            main = found
        elif found := gis_sheet(sheet, _PREMISES, {"record", "address"}):
            premises = premises or found
    return GisAccounts(main, premises) if main else None
