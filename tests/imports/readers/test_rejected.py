"""The sheet of rejected rows: the sender's own columns plus «Причина»."""

from io import BytesIO
from pathlib import Path

import openpyxl

from casedesk.common import months
from imports.readers import read
from imports.readers.rejected import write_rejected

FILES = Path(__file__).parent.parent / "files" / "should_pass"


def reasons_of(path: Path, **options) -> dict[tuple[str, int], str]:
    rows = read(path, **options)
    return {(row.sheet, row.row): "; ".join(problem.message for problem in row.problems) for row in rows if not row.accepted}


def test_rejected_rows_of_a_book_keep_their_sheet_and_columns():
    path = FILES / "flat_periods.xlsx"

    ending, content = write_rejected(path, reasons_of(path))
    sheet = openpyxl.load_workbook(BytesIO(content)).active

    assert (ending, sheet.title, sheet.max_row, sheet.max_column) == (".xlsx", "Отчет", 3, 18)
    assert [cell.value for cell in sheet[1]][4:7] + [sheet["R1"].value] == ["ЛС", "Код ЛС", "ФИО", "Причина"]
    assert sheet["E2"].value == "005100033"
    assert "разница 100.00" in sheet["R2"].value


def test_rejected_rows_of_a_text_keep_encoding_and_delimiter(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["Реестр за март 2024", "ЛС;ФИО;Начислено", "001;Ёлкин;1,00", "002;Юрьев;1,234", "Итого;;2,23"]
    path.write_bytes("\r\n".join(lines).encode("cp1251"))

    ending, content = write_rejected(path, reasons_of(path, period=months.make(2024, 3)))

    title, header, row = content.decode("cp1251").splitlines()
    assert (ending, title, header) == (".csv", "Реестр за март 2024", "ЛС;ФИО;Начислено;Причина")
    assert row.startswith("002;Юрьев;1,234;") and "не сумма" in row


def test_corrected_sheet_of_rejected_rows_can_be_loaded(tmp_path):
    path = FILES / "flat_periods.xlsx"
    (tmp_path / "rejected.xlsx").write_bytes(write_rejected(path, reasons_of(path))[1])

    rows = list(read(tmp_path / "rejected.xlsx"))

    assert [row.account for row in rows] == ["005100033", "005100065"]
