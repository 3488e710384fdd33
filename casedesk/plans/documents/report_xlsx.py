"""A frozen report as a workbook: figures, the debt's change, the ageing tables, the form on collection."""

import datetime as dt
from io import BytesIO

import xlsxwriter

from casedesk.common import money
from casedesk.plans.documents import words

MONTHS_FROM = 7


def report_xlsx(content: dict, sha256: str) -> bytes:
    """The workbook's bytes: the same content and hash give the same ones."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": words.title(content), "created": dt.datetime.fromisoformat(content["known_at"])})
    sheets = _Sheets(book, content, sha256)
    sheets.figures()
    sheets.change("Изменение долга", content["change"])
    if content["correction"]:
        sheets.change("Уточнение", content["correction"])
    sheets.ageing("Возраст по группам", words.ageing_rows(content, "ageing"))
    sheets.ageing("Возраст по ресурсам", words.ageing_rows(content, "ageing_by_resource"))
    sheets.collection()
    book.close()
    return kept.getvalue()


class _Sheets:
    def __init__(self, book: xlsxwriter.Workbook, content: dict, sha256: str):
        self.book, self.content, self.sha256 = book, content, sha256
        self.title = book.add_format({"bold": True, "font_size": 13})
        self.head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#EFF2F5", "border": 1, "valign": "vcenter"})
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        looks = {"RUB": "#,##0.00", "percent": "#,##0.00", "count": "#,##0"}
        self.looks = {unit: book.add_format({"num_format": look, "valign": "top"}) for unit, look in looks.items()}

    def _sheet(self, name: str, widths: list[int]):
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.write_string(0, 0, words.title(self.content), self.title)
        sheet.write_string(1, 0, f"{self.content['plan']['name']}. {words.whose(self.content)}.")
        sheet.write_string(2, 0, words.dates(self.content))
        sheet.write_string(3, 0, f"Отпечаток данных отчёта SHA-256: {self.sha256}")
        return sheet

    def _heads(self, sheet, heads: list[str]) -> None:
        for at, said in enumerate(heads):
            sheet.write_string(5, at, said, self.head)
        sheet.freeze_panes(6, 1)
        sheet.repeat_rows(5)

    def _number(self, sheet, row: int, at: int, value: int | None, unit: str = "RUB") -> None:
        if value is None:
            sheet.write_string(row, at, "нет данных")
        else:
            sheet.write_number(row, at, value if unit == "count" else money.roubles(value), self.looks[unit])

    def figures(self) -> None:
        months = self.content["months"] if len(self.content["months"]) > 1 else []
        sheet = self._sheet("План", [9, 52, 16, 8, 24, 15, 28, *(14 for _ in months)])
        self._heads(sheet, ["Строка", "Показатель", "Значение", "Ед.", "Цель", "Оценка", "Исполнители", *months])
        row = 6
        for section in self.content["sections"]:
            sheet.write_string(row, 0, section["title"], self.title)
            row += 1
            for measure in section["measures"]:
                row = self._measure(sheet, row, measure, bool(months))

    def _measure(self, sheet, row: int, measure: dict, by_month: bool) -> int:
        sheet.write_string(row, 0, measure["row"], self.bold)
        sheet.write_string(row, 1, measure["title"], self.bold)
        sheet.write_string(row, 6, measure["responsible"], self.text)
        for one in measure["figures"]:
            row += 1
            sheet.write_string(row, 1, one["name"], self.text)
            self._number(sheet, row, 2, one["value"], one["unit"])
            for at, said in ((3, words.UNITS[one["unit"]]), (4, words.target(one)), (5, words.light(one))):
                sheet.write_string(row, at, said)
            for at, value in enumerate(one["months"] if by_month else [], start=MONTHS_FROM):
                self._number(sheet, row, at, value, one["unit"])
        return row + 1

    def change(self, name: str, change: dict) -> None:
        sheet = self._sheet(name, [58, 20])
        self._heads(sheet, ["Почему изменился долг", "Сумма, руб."])
        memo = [(f"Справочно: {one['label'].lower()}", one["amount"]) for one in change.get("memo", [])]
        for row, (label, amount) in enumerate(words.change_rows(change) + memo, start=6):
            sheet.write_string(row, 0, label, self.text)
            self._number(sheet, row, 1, amount)

    def ageing(self, name: str, rows: list[dict]) -> None:
        sheet = self._sheet(name, [40, *(16 for _ in words.AGE_HEADS)])
        self._heads(sheet, ["Группа", *(f"{said}, руб." for _, said in words.AGE_HEADS)])
        for row, one in enumerate(rows, start=6):
            sheet.write_string(row, 0, ("    " if one["nested"] else "") + one["label"], self.text)
            for at, (key, _) in enumerate(words.AGE_HEADS, start=1):
                self._number(sheet, row, at, one[key])

    def collection(self) -> None:
        sheet = self._sheet("Форма о сборе", [30, *(20 for _ in words.COLLECTION_HEADS)])
        self._heads(
            sheet,
            [
                "Категория потребителей",
                *(f"{said}, тыс. руб." if key != "rate" else said for key, said in words.COLLECTION_HEADS),
            ],
        )
        for row, one in enumerate(self.content["collection"], start=6):
            sheet.write_string(row, 0, one["label"], self.text)
            for at, (key, _) in enumerate(words.COLLECTION_HEADS, start=1):
                if key == "rate":
                    self._number(sheet, row, at, one[key])
                else:
                    sheet.write_number(row, at, money.thousands(one[key], 2), self.looks["RUB"])
