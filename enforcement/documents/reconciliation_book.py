"""The act as a workbook: totals of both sides, differences, and both registers side by side."""

from io import BytesIO
from typing import Any

import xlsxwriter

from casedesk.common import money
from enforcement.rules.reconciliation_words import KIND_NAMES, RESOLUTION_NAMES, STATUS_NAMES

Cells = list[tuple[str, Any]]
TOTALS = (
    ("Исполнительных документов", "lines"),
    ("Сумма по документам, руб.", "amount"),
    ("Взыскано и перечислено за месяц, руб.", "received_month"),
    ("Взыскано и перечислено всего, руб.", "received"),
    ("Остаток, руб.", "remainder"),
)
DIFFERENCE_HEAD = ("Документ, должник", "Вид", "Разница, руб.", "В чём", "Найдено", "Срок", "Состояние", "Решение", "Причина")
LINE_HEAD = (
    "Пара",
    "Документ",
    "Должник",
    "Адрес",
    "Дата ИД",
    "№ ИП",
    "По документу, руб.",
    "За месяц, руб.",
    "Всего, руб.",
    "Напрямую, руб.",
    "Остаток, руб.",
    "Состояние",
    "Окончено",
    "Основание",
)


def act_workbook(act: dict[str, Any], sha256: str = "") -> bytes:
    """XLSX of an act's data. `sha256` is empty while it is a draft."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    looks = {
        "head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#EFF2F5", "border": 1}),
        "title": book.add_format({"bold": True, "font_size": 13}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    _first(book.add_worksheet("Акт"), act, sha256, looks)
    _table(book.add_worksheet("Расхождения"), DIFFERENCE_HEAD, [_difference(one) for one in act["differences"]], looks)
    for title, side in (("Взыскатель", "ours"), ("Отдел", "theirs")):
        lines = [line for line in act["lines"] if line["side"] == side]
        _table(book.add_worksheet(title), LINE_HEAD, [_line(line) for line in lines], looks)
    book.close()
    return kept.getvalue()


def _first(sheet, act: dict, sha256: str, looks: dict) -> None:
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 2, 26)
    state = "" if sha256 else " (проект)"
    sheet.write_string(0, 0, f"Акт сверки исполнительных документов за {act['month']}{state}", looks["title"])
    sheet.write_string(1, 0, f"На {act['as_of']}; данные отдела на {act['reply_on'] or 'не получены'}")
    for at, said in enumerate(("Показатель", act["creditor"]["name"], act["department"]["name"])):
        sheet.write_string(3, at, said, looks["head"])
    for row, (title, name) in enumerate(TOTALS, start=4):
        sheet.write_string(row, 0, title)
        for at, side in enumerate(("ours", "theirs"), start=1):
            value = act["totals"][side][name]
            if name == "lines":
                sheet.write_number(row, at, value)
            else:
                sheet.write_number(row, at, value / 100, looks["money"])
    row = 5 + len(TOTALS)
    for one in act["signatures"]:
        side = "От взыскателя" if one["side"] == "ours" else "От отдела"
        sheet.write_string(row, 0, f"{side}: {one['office']} {one['name']}, {one['signed_on']}")
        row += 1
    if sha256:
        sheet.write_string(row, 0, f"Отпечаток данных акта SHA-256: {sha256}")


def _difference(one: dict) -> Cells:
    return [
        ("text", one["label"]),
        ("text", KIND_NAMES[one["kind"]]),
        ("money", one["amount"]),
        ("text", one["about"]),
        ("text", one["found_on"]),
        ("text", one["due_on"]),
        ("text", "открыто" if one["state"] == "open" else "урегулировано"),
        ("text", RESOLUTION_NAMES.get(one["resolution"], "")),
        ("text", one["reason"]),
    ]


def _line(line: dict) -> Cells:
    sums = ("amount", "received_month", "received", "paid_directly", "remainder")
    return [
        ("text", str(line["group"])),
        ("text", line["writ_number"]),
        ("text", line["debtor"]),
        ("text", line["address"]),
        ("text", line["issued_on"]),
        ("text", line["proceeding_number"]),
        *(("money", line[name]) for name in sums),
        ("text", STATUS_NAMES[line["status"]] if line["status"] else ""),
        ("text", line["ended_on"]),
        ("text", line["ended_ground"]),
    ]


def _table(sheet, head: tuple[str, ...], rows: list[Cells], looks: dict) -> None:
    for at, title in enumerate(head):
        sheet.write_string(0, at, title, looks["head"])
        sheet.set_column(at, at, 30 if at < 3 else 16)
    sheet.freeze_panes(1, 1)
    for number, cells in enumerate(rows, start=1):
        for at, (kind, value) in enumerate(cells):
            if value is None or value == "":
                continue
            if kind == "money":
                sheet.write_number(number, at, money.roubles(value), looks["money"])
            else:
                sheet.write_string(number, at, value, looks["text"])
    sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
