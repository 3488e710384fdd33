"""Registers saved as `.xls`: BIFF, HTML, SpreadsheetML and «Текст Юникод», all with the same three accounts."""

from pathlib import Path

import pytest
import xlwt

from casedesk.common import months
from imports.readers import Refused, read

FEBRUARY = months.make(2024, 2)
TITLE = "Оборотно-сальдовая ведомость по лицевым счетам за Февраль 2024 г."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UPPER = ("Лицевой счет, Абонент", "Сальдо на начало периода", "", "Обороты за период", "", "Сальдо на конец периода", "")
LOWER = ("", "Дебет", "Кредит", "Дебет", "Кредит", "Дебет", "Кредит")
HOUSE = ("г. Озёрск, ул. Ленина, д. 12", "1\u00a0100,00", "10,00", "30,00", "20,00", "1 110,00", "10,00")
ROWS = [
    ("005100001, Иванов Иван", "1\u00a0000,00", "", "10,00", "", "1\u202f010,00", ""),
    ("005100002, Петров Пётр", "1\n00,00", "", "10,00", "10,00", "100,00", ""),
    ("005100003, Ли С. С.", "", "10,00", "10,00", "10,00", "\u221210,00", ""),
]
TOTAL = ("Итого", "1\u00a0100,00", "10,00", "30,00", "20,00", "1 100,00", "")


def as_biff(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("TDSheet")
    sheet.write(0, 0, TITLE)
    for left in (1, 3, 5):
        sheet.write_merge(2, 2, left, left + 1, UPPER[left])
    sheet.write_merge(2, 3, 0, 0, UPPER[0])
    for number, cells in enumerate((LOWER, HOUSE, *ROWS, TOTAL), 3):
        for column, cell in enumerate(cells):
            if cell:
                sheet.write(number, column, cell)
    book.add_sheet("Черновик").visibility = 1
    book.save(str(path))
    return path


def as_html(path: Path, encoding: str = "cp1251") -> Path:
    merged = f"<tr><td rowspan=2>{UPPER[0]}</td>" + "".join(f"<td colspan='2'>{UPPER[at]}</td>" for at in (1, 3, 5)) + "</tr>"
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>" for cells in (HOUSE, *ROWS, TOTAL))
    lower = "<tr>" + "".join(f"<td>{cell}</td>" for cell in LOWER[1:]) + "</tr>"
    page = f"<html><head><meta charset=utf-8></head><table><tr><td>{TITLE}</td></tr>{merged}{lower}{lines}</table></html>"
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))
    return path


def as_spreadsheetml(path: Path) -> Path:
    def row(cells, spans=None):
        spans = spans or {}
        written = "".join(
            f"<Cell ss:Index='{at + 1}'{spans.get(at, '')}><Data ss:Type='String'>{cell}</Data></Cell>"
            for at, cell in enumerate(cells)
            if cell
        )
        return f"<Row>{written}</Row>"

    wide = dict.fromkeys((1, 3, 5), " ss:MergeAcross='1'") | {0: " ss:MergeDown='1'"}
    rows = row([TITLE]) + row(UPPER, wide) + "".join(map(row, (LOWER, HOUSE, *ROWS, TOTAL)))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f"<?xml version='1.0'?><Workbook xmlns='{space}' xmlns:ss='{space}'><Worksheet ss:Name='Лист1'><Table>{rows}</Table>"
        "</Worksheet></Workbook>",
        encoding="utf-8",
    )
    return path


def as_unicode_text(path: Path) -> Path:
    cells = [[TITLE], UPPER, LOWER, HOUSE, *ROWS, TOTAL]
    quoted = [['"' + cell + '"' if "\n" in cell else cell for cell in line] for line in cells]
    path.write_bytes("\r\n".join("\t".join(line) for line in quoted).encode("utf-16"))
    return path


@pytest.mark.parametrize(
    "write, format_, encoding",
    [
        (as_biff, "xls", None),
        (as_html, "html", "cp1251"),
        (as_spreadsheetml, "xml", "utf-8"),
        (as_unicode_text, "csv", "utf-16"),
    ],
)
def test_same_register_in_every_old_format(tmp_path, write, format_, encoding):
    reading = read(write(tmp_path / "register.xls"))
    rows = list(reading)

    assert (reading.format, reading.encoding, reading.kind) == (format_, encoding, "charges")
    assert [(row.account, row.holder, row.opening, row.charged, row.paid, row.closing) for row in rows] == [
        ("005100001", "Иванов Иван", 100000, 1000, 0, 101000),
        ("005100002", "Петров Пётр", 10000, 1000, 1000, 10000),
        ("005100003", "Ли С. С.", -1000, 1000, 1000, -1000),
    ]
    assert all(row.accepted and row.month == FEBRUARY for row in rows)
    assert reading.skipped_why["group_header"] == 1 and reading.skipped_why["total"] == 1
    assert [total.field for total in reading.control_totals if not total.agrees] == []


def test_page_without_a_table_is_refused(tmp_path):
    (tmp_path / "a.xls").write_text("<html><body>Войдите в систему</body></html>", encoding="utf-8")

    with pytest.raises(Refused) as refusal:
        read(tmp_path / "a.xls")

    assert refusal.value.problem.code == "no_table"


def test_entities_in_spreadsheetml_are_refused(tmp_path):
    path = as_spreadsheetml(tmp_path / "a.xls")
    text = path.read_text(encoding="utf-8").replace("?>", "?><!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>", 1)
    path.write_text(text, encoding="utf-8")

    with pytest.raises(Refused) as refusal:
        read(path)

    assert refusal.value.problem.code == "doctype"


@pytest.mark.parametrize(
    "inside, code", [("EncryptedPackage", "encrypted"), ("WordDocument", "unknown_format"), ("", "damaged_book")]
)
def test_other_ole_documents_are_refused_by_name(tmp_path, inside, code):
    (tmp_path / "a.xls").write_bytes(OLE + b"\0" * 600 + inside.encode("utf-16-le") + b"\0" * 3000)

    with pytest.raises(Refused) as refusal:
        read(tmp_path / "a.xls")

    assert refusal.value.problem.code == code
