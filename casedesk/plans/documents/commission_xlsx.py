"""A commission's frozen report as a workbook: a sheet per table."""

import datetime as dt
from io import BytesIO

import xlsxwriter

from casedesk.common import money
from casedesk.plans.documents import commission_words as words

LOOKS = {"money": "#,##0.00", "number": "#,##0"}


def commission_xlsx(content: dict, sha256: str) -> bytes:
    """The workbook's bytes: the same content and hash give the same ones."""
    kept = BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": words.title(content), "created": dt.datetime.fromisoformat(content["known_at"])})
    title = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#EFF2F5", "border": 1, "valign": "vcenter"})
    styles = {kind: book.add_format({"num_format": look, "valign": "top"}) for kind, look in LOOKS.items()}
    styles["text"] = book.add_format({"text_wrap": True, "valign": "top"})
    for block in words.blocks(content):
        sheet = book.add_worksheet(block.title)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, words.title(content), title)
        sheet.write_string(1, 0, words.whose(content))
        sheet.write_string(2, 0, words.dates(content))
        sheet.write_string(3, 0, f"Отпечаток данных отчёта SHA-256: {sha256}")
        for at, (label, _) in enumerate(block.columns):
            sheet.set_column(at, at, 18 if at else 52)
            sheet.write_string(5, at, label, head)
        sheet.freeze_panes(6, 1)
        sheet.repeat_rows(5)
        for line, row in enumerate(block.rows, start=6):
            for at, (value, (_, kind)) in enumerate(zip(row, block.columns, strict=True)):
                if value is not None:
                    sheet.write(line, at, money.roubles(value) if kind == "money" else value, styles[kind])
    book.close()
    return kept.getvalue()
