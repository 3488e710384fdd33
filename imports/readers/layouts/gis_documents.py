"""Payment documents template of ГИС ЖКХ: the document on one sheet, its services and penalties on others, linked by its number.

A row per document carries the balances, what was paid and the penalty; a row per service carries what was charged.
"""

import re
from collections import Counter
from collections.abc import Iterator

from casedesk.common import months
from casedesk.common.money import NotMoney, text
from casedesk.common.text import fold
from imports.readers import dates
from imports.readers.accounts import NotAccount, account
from imports.readers.amounts import amount
from imports.readers.layouts.gis_sheet import GisProposal, GisSheet, gis_sheet
from imports.readers.titles import Context
from imports.readers.totals import Totals
from imports.rows import Problem, Row
from imports.sheets import Book, Cells, column_letter

_DOCUMENTS = {
    "zhku": r"идентификатор жку",
    "document": r"номер платежного документа",
    "month": r"расчетный период",
    "period_sum": r"сумма к оплате за расчетный период",
    "opening": r"задолженность за предыдущие периоды",
    "advance": r"аванс на начало",
    "paid": r"оплачено денежных средств",
    "benefits": r"субсидии",
    "closing": r"итого к оплате за расчетный период [cс] учетом задолженности",
    "gis_id": r"идентификатор платежного документа",
    "status": r"статус обработки",
}
_SERVICES = {
    "document": r"номер платежного документа",
    "service": r"услуга",
    "charged": r"(?:всего )?начислено за расчетный период",
    "recalculated": r"перерасчеты",
}
_PENALTIES = {"document": r"номер платежного документа", "kind": r"вид начисления", "sum": r"сумма"}
_SUMS = ("opening", "charged", "recalculated", "paid", "closing", "penalty")


class GisDocuments:
    """Such a book as a table of charges."""

    layout = "gis_documents"

    def __init__(self, documents: GisSheet, services: GisSheet | None, penalties: GisSheet | None):
        self.documents, self.services, self.penalties = documents, services, penalties
        self.context = Context()
        self.skipped: Counter[str] = Counter(header=1, title=documents.header_at)
        self.totals = Totals(documents.sheet.name, list(_SUMS))
        self.proposal = GisProposal([found for found in (documents, services, penalties) if found])
        self._accounts: dict[str, Row] = {}
        self._charged: dict[str, int] = {}

    def rows(self) -> Iterator[Row]:
        penalties = self._penalties()
        billed: dict[str, tuple[int, int]] = {}
        for number, cells in self.documents.lines("document"):
            row = self._document(number, cells, billed)
            row.penalty = penalties.get(row.document)
            yield row
        if self.services:
            for number, cells in self.services.lines("document"):
                yield self._service(number, cells)
        for document, (number, stated) in billed.items():
            if document in self._charged and self._charged[document] != stated:
                self.totals.record(number, "charged", stated, self._charged[document])

    def _document(self, number: int, cells: Cells, billed: dict[str, tuple[int, int]]) -> Row:
        sheet = self.documents
        row = Row(sheet=sheet.sheet.name, row=number, document=sheet.text(cells, "document"))
        self._fill_month(row, cells)
        self._fill_account(row, cells)
        sums = {name: self._money(row, sheet, cells, name) for name in ("opening", "advance", "paid", "closing", "period_sum")}
        row.opening = (sums["opening"] or 0) - (sums["advance"] or 0)
        row.paid, row.closing = sums["paid"] or 0, sums["closing"]
        if sums["period_sum"] is not None:
            billed[row.document] = (number, sums["period_sum"])
        kept = {"zhku": sheet.text(cells, "zhku"), "gis_id": sheet.text(cells, "gis_id"), "status": sheet.text(cells, "status")}
        row.extra = {key: value for key, value in kept.items() if value}
        self._check(row, sums, sheet.text(cells, "benefits"))
        self._accounts[row.document] = row
        return row

    def _check(self, row: Row, sums: dict[str, int | None], benefits: str) -> None:
        """Debt - advance + charged - paid must give the total, unless subsidies stand between them."""
        expected = (row.opening or 0) + (sums["period_sum"] or 0) - (row.paid or 0)
        if row.closing is not None and sums["period_sum"] is not None and not benefits and expected != row.closing:
            message = f"Итог документа {text(row.closing)} не равен {text(expected)}: долг, начислено и оплачено не сходятся."
            row.problems.append(self._problem(row, self.documents, "closing", "balance_mismatch", message))
        status = row.extra.get("status", "")
        if status and fold(status) != "ok":
            message = f"ГИС ЖКХ не приняла документ: «{status}». Суммы прочитаны; исправьте документ в ГИС ЖКХ."
            row.problems.append(self._problem(row, self.documents, "status", "gis_status", message, fatal=False))

    def _fill_month(self, row: Row, cells: Cells) -> None:
        try:
            row.month = dates.month(cells[self.documents.columns["month"]])
        except ValueError as wrong:
            message = f"Расчётный период «{self.documents.text(cells, 'month')}» не принят: {wrong}."
            row.problems.append(self._problem(row, self.documents, "month", "bad_month", message))

    def _fill_account(self, row: Row, cells: Cells) -> None:
        """The template has no account column: senders put the account into the document's number, beside the period."""
        zhku = self.documents.text(cells, "zhku")
        row.alias_numbers = (zhku,) if zhku else ()
        found = _account_of(row.document, row.month)
        if found:
            row.account = found
        elif not zhku:
            message = f"По номеру документа «{row.document}» не понять лицевой счёт, а идентификатора ЖКУ нет. Впишите его."
            row.problems.append(self._problem(row, self.documents, "document", "no_account", message))

    def _service(self, number: int, cells: Cells) -> Row:
        sheet = self.services
        row = Row(sheet=sheet.sheet.name, row=number, document=sheet.text(cells, "document"))
        above = self._accounts.get(row.document)
        if above is None:
            message = f"Документа «{row.document}» нет на листе «{self.documents.sheet.name}»: услуга ни к чему не относится."
            row.problems.append(self._problem(row, sheet, "document", "no_document", message))
        else:
            row.account, row.alias_numbers, row.month = above.account, above.alias_numbers, above.month
        row.service = sheet.text(cells, "service")
        row.charged = self._money(row, sheet, cells, "charged") or 0
        row.recalculated = self._money(row, sheet, cells, "recalculated") or 0
        self._charged[row.document] = self._charged.get(row.document, 0) + row.charged + row.recalculated
        return row

    def _penalties(self) -> dict[str, int]:
        """Document -> its penalties. Court costs are no penalty and have no account of their own: they are left out."""
        sums: dict[str, int] = {}
        if self.penalties:
            for _, cells in self.penalties.lines("document"):
                if re.match(r"пен|неустойк", fold(self.penalties.text(cells, "kind"))):
                    document = self.penalties.text(cells, "document")
                    sums[document] = sums.get(document, 0) + (_quiet(cells[self.penalties.columns["sum"]]) or 0)
        return sums

    def _money(self, row: Row, sheet: GisSheet, cells: Cells, field: str) -> int | None:
        if field not in sheet.columns:
            return None
        cell = cells[sheet.columns[field]]
        try:
            return amount(cell)
        except NotMoney as wrong:
            message = f"В колонке «{sheet.texts[field]}» стоит «{cell}»: это не сумма ({wrong.why})."
            row.problems.append(self._problem(row, sheet, field, "bad_money", message))
            return None

    @staticmethod
    def _problem(row: Row, sheet: GisSheet, field: str, code: str, message: str, *, fatal: bool = True) -> Problem:
        return Problem(code, message, row.sheet, row.row, column_letter(sheet.columns[field]), fatal=fatal)


def _quiet(cell: object) -> int | None:
    try:
        return amount(cell)
    except NotMoney:
        return None


def _account_of(document: str, month: int | None) -> str:
    """«022024-005100001» of 02.2024 -> «005100001»; "" when the number is not made of period and account."""
    if month is None:
        return ""
    year, number = divmod(month, 12)
    periods = {f"{number + 1:02d}{year}", f"{year}{number + 1:02d}", f"{number + 1:02d}{year % 100:02d}", months.iso(month)}
    for period in periods:
        for rest in (document.removeprefix(period), document.removesuffix(period)):
            if rest != document and rest[:1] + rest[-1:] and (rest[0] in "-/_" or rest[-1] in "-/_"):
                try:
                    return account(rest.strip("-/_"))
                except NotAccount:
                    continue
    return ""


def gis_documents(book: Book) -> GisDocuments | None:
    """The book as the payment documents template, or None when it is another."""
    found: dict[str, GisSheet] = {}
    wanted = (
        ("documents", _DOCUMENTS, {"document", "zhku", "month", "closing"}),
        ("services", _SERVICES, {"document", "service", "charged"}),
        ("penalties", _PENALTIES, {"document", "kind", "sum"}),
    )
    for sheet in book.visible:
        for name, patterns, needed in wanted:
            if name not in found and (match := gis_sheet(sheet, patterns, needed)):
                found[name] = match
                break
    if "documents" not in found:
        return None
    return GisDocuments(found["documents"], found.get("services"), found.get("penalties"))
