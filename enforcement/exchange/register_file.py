"""Our register for a department in the open format: JSON by the shipped schema, and a workbook to be filled and sent back."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from casedesk.common import money, months
from enforcement.models import Reconciliation, ReconciliationLine
from enforcement.rules.reconciliation_words import STATUS_NAMES

FORMAT = "casedesk/reconciliation-register/1"
SUMS = ("amount", "received_month", "received", "remainder")


def register_data(one: Reconciliation) -> dict:
    """The register as data of `schemas/register.schema.json`. One query for the lines."""
    lines = _lines(one)
    totals: dict[str, Any] = {name: money.text(sum(getattr(line, name) or 0 for line in lines)) for name in SUMS}
    return {
        "format": FORMAT,
        "creditor": {"code": one.creditor.code, "name": one.creditor.name, "inn": one.creditor.inn},
        "department": {"code": one.department.code, "name": one.department.name},
        "month": months.iso(one.month),
        "as_of": one.as_of.isoformat(),
        "known_at": one.known_at.isoformat(),
        "rows": [_row(line) for line in lines],
        "totals": {"rows": len(lines)} | totals,
    }


def _lines(one: Reconciliation) -> list[ReconciliationLine]:
    return list(one.lines.filter(side=ReconciliationLine.Side.OURS, is_archived=False).order_by("position"))


def _row(line: ReconciliationLine) -> dict:
    days = {name: _day(getattr(line, name)) for name in ("issued_on", "presented_on", "opened_on", "ended_on")}
    sums = {name: money.text(getattr(line, name) or 0) for name in (*SUMS, "paid_directly")}
    words = {
        name: getattr(line, name) for name in ("debtor", "address", "writ_kind", "writ_number", "court", "bailiff", "status")
    }
    numbers = {"proceeding": line.proceeding_number, "consolidated": line.consolidated_number, "ground": line.ended_ground}
    return {"ref": line.fingerprint} | words | numbers | days | sums


def _day(value) -> str | None:
    return value.isoformat() if value else None


@dataclass(frozen=True)
class Column:
    """A column of the workbook: its heading, how wide, what it holds; `theirs` are for the department to fill."""

    title: str
    width: int
    kind: str = "text"
    name: str = ""
    theirs: bool = False


COLUMNS = (
    Column("№ п/п", 6, "number"),
    Column("Код строки", 10, name="fingerprint"),
    Column("Должник", 30, name="debtor"),
    Column("Адрес должника", 34, name="address"),
    Column("№ исполнительного документа", 20, name="writ_number"),
    Column("Дата ИД", 11, "day", "issued_on"),
    Column("Орган, выдавший ИД", 26, name="court"),
    Column("Сумма по ИД, руб.", 14, "money", "amount"),
    Column("Дата предъявления в ОСП", 13, "day", "presented_on"),
    Column("Получено взыскателем от ОСП всего, руб.", 15, "money", "received"),
    Column("Оплачено взыскателю напрямую, руб.", 15, "money", "paid_directly"),
    Column("Остаток по данным взыскателя, руб.", 15, "money", "remainder"),
    Column("№ исполнительного производства", 22, name="proceeding_number", theirs=True),
    Column("Дата возбуждения", 12, "day", "opened_on", theirs=True),
    Column("Судебный пристав-исполнитель", 22, name="bailiff", theirs=True),
    Column("Взыскано и перечислено взыскателю, руб.", 16, "money", theirs=True),
    Column("В том числе за месяц, руб.", 14, "money", theirs=True),
    Column("Остаток долга, руб.", 14, "money", theirs=True),
    Column("Статус", 20, theirs=True),
    Column("Дата окончания", 12, "day", theirs=True),
    Column("Основание окончания", 20, theirs=True),
    Column("Куда передано", 24, theirs=True),
    Column("Примечание", 26, theirs=True),
)
HEAD_ROW = 5
WORDS = ("debtor", "address", "writ_kind", "writ_number", "court", "bailiff", "status")
FORMATS = {"money": "#,##0.00", "day": "dd.mm.yyyy", "number": "0"}
ANSWERS = [STATUS_NAMES[status] for status in ("open", "finished", "terminated", "refused", "transferred", "not_received")]


def register_workbook(one: Reconciliation) -> bytes:
    """The register as XLSX: ours on the left, the department's columns shaded and to be filled, with a list of states."""
    lines, kept = _lines(one), BytesIO()
    book = xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    sheet = book.add_worksheet("Сверка")
    looks = _looks(book)
    _title(sheet, one, looks)
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEAD_ROW, at, column.title, looks["their head" if column.theirs else "head"])
    for number, line in enumerate(lines, start=1):
        for at, column in enumerate(COLUMNS):
            value = number if not at else _cell(line, column)
            _write(sheet, HEAD_ROW + number, at, value, column.kind, looks[column.kind, column.theirs])
    last = HEAD_ROW + len(lines)
    _totals(sheet, lines, last + 1, looks)
    if lines:
        at = [column.title for column in COLUMNS].index("Статус")
        sheet.data_validation(HEAD_ROW + 1, at, last, at, {"validate": "list", "source": ANSWERS, "error_type": "warning"})
    sheet.freeze_panes(HEAD_ROW + 1, 3)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    book.close()
    return kept.getvalue()


def _looks(book) -> dict:
    base = {"border": 1, "border_color": "#B8C2CC", "text_wrap": True, "valign": "vcenter"}
    looks: dict = {"title": book.add_format({"bold": True, "font_size": 13}), "plain": book.add_format({})}
    looks["head"] = book.add_format(base | {"bold": True, "bg_color": "#EFF2F5"})
    looks["their head"] = book.add_format(base | {"bold": True, "bg_color": "#FBEED3"})
    looks["total"] = book.add_format(base | {"bold": True, "num_format": "#,##0.00"})
    for kind in ("text", "money", "day", "number"):
        shape = base | ({"num_format": FORMATS[kind]} if kind in FORMATS else {})
        looks[kind, False] = book.add_format(shape)
        looks[kind, True] = book.add_format(shape | {"bg_color": "#FFFAF0"})
    return looks


def _title(sheet, one: Reconciliation, looks: dict) -> None:
    sheet.write_string(0, 0, f"Сверка исполнительных документов за {months.named(one.month)}", looks["title"])
    sheet.write_string(1, 0, f"Взыскатель: {one.creditor.name}" + (f", ИНН {one.creditor.inn}" if one.creditor.inn else ""))
    sheet.write_string(2, 0, f"Отдел: {one.department.name}, на {one.as_of:%d.%m.%Y}")
    sheet.write_string(3, 0, "Заполните выделенные столбцы и верните файл. Документы, которых здесь нет, допишите ниже.")


def _cell(line: ReconciliationLine, column: Column) -> Any:
    return getattr(line, column.name) if column.name else None


def _write(sheet, row: int, at: int, value: Any, kind: str, look) -> None:
    if value in (None, ""):
        sheet.write_blank(row, at, None, look)
    elif kind == "money":
        sheet.write_number(row, at, value / 100, look)
    elif kind == "day":
        sheet.write_datetime(row, at, value, look)
    elif kind == "number":
        sheet.write_number(row, at, value, look)
    else:
        sheet.write_string(row, at, value, look)


def _totals(sheet, lines: list[ReconciliationLine], row: int, looks: dict) -> None:
    sheet.write_string(row, 2, "Итого", looks["total"])
    for at, column in enumerate(COLUMNS):
        if column.kind == "money" and column.name:
            sheet.write_number(row, at, sum(getattr(line, column.name) or 0 for line in lines) / 100, looks["total"])
