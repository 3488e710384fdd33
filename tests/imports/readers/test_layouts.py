"""Layouts that the sample files do not show, built cell by cell."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from casedesk.common import months
from imports.readers import read

MARCH = months.make(2024, 3)
SERVICES = ("Отоп-\nление", "Горячее водо-\nснабжение", "Итого")
SUMS = ("Сальдо\nна нач.", "Начис-\nлено", "Пере-\nрасчет", "Опла-\nчено", "Сальдо\nна кон.")


def by_service(path: Path) -> Path:
    """Account x service: three header rows, column numbers, zeros-only account format, house totals below."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Ведомость")
        zeros = book.add_format({"num_format": "000000000"})
        sheet.write(0, 0, "Ведомость начислений за март 2024 г.")
        for column, title in enumerate(("Лиц. счет", "ФИО", "Кв.")):
            sheet.merge_range(2, column, 4, column, title)
        sheet.merge_range(2, 3, 2, 17, "Начисления по услугам")
        for at, service in enumerate(SERVICES):
            sheet.merge_range(3, 3 + at * 5, 3, 7 + at * 5, service)
            sheet.write_row(4, 3 + at * 5, SUMS)
        sheet.write_row(5, 0, range(1, 19))
        sheet.write(6, 0, "г. Верхнеозёрск, ул. Ленина, д. 12")
        rows = [
            ("Иванов Иван Иванович", 100, 10, "-", 5, 105, 20, 2, 1, 3, 20),
            ("Петров П.П.", "-", 7.5, -1, "-", 6.5, "-", "-", "-", "-", "-"),
        ]
        for index, (holder, *sums) in enumerate(rows):
            sheet.write_number(7 + index, 0, 5100001 + index, zeros)
            sheet.write_row(7 + index, 1, [holder, index + 1, *sums])
            whole = [sum(value for value in (sums[at], sums[at + 5]) if value != "-") for at in range(5)]
            sheet.write_row(7 + index, 13, whole)
        sheet.write(9, 0, "Итого по дому:")
        sheet.write_row(9, 3, [100, 17.5, -1, 5, 111.5, 20, 2, 1, 3, 20, 120, 19.5, 0, 8, 131.5])
    return path


def test_services_side_by_side_become_rows(tmp_path):
    reading = read(by_service(tmp_path / "wide.xlsx"))
    rows = list(reading)

    assert [(row.account, row.service, row.opening, row.charged, row.paid, row.closing) for row in rows] == [
        ("005100001", "Отопление", 10000, 1000, 500, 10500),
        ("005100001", "Горячее водоснабжение", 2000, 200, 300, 2000),
        ("005100002", "Отопление", 0, 750, 0, 650),
    ]
    assert {row.month for row in rows} == {MARCH}
    assert all(row.accepted for row in rows)
    assert rows[0].address == "г. Верхнеозёрск, ул. Ленина, д. 12"
    assert reading.skipped_why["column_numbers"] == 1
    assert reading.control_totals and all(total.agrees for total in reading.control_totals)


def test_listing_by_address_and_flat(tmp_path):
    path = tmp_path / "listing.csv"
    lines = ["Адрес;Кв;ФИО;Долг;Дата посл. опл.", "Ленина 12;1;Иванов И.И.;1 234,56;05.02.2024", "Ленина 12;2;Петров П.П.;;"]
    path.write_text("\n".join(["Должники на 01.03.2024", *lines, "Итого по дому;;;1234,56;", ""]), encoding="cp1251")

    reading = read(path)
    known, unknown = list(reading)

    assert (known.account, known.address, known.flat, known.opening, known.accepted) == ("", "Ленина 12", "1", 123456, True)
    assert [problem.code for problem in unknown.problems] == ["no_amount"]
    assert reading.balances_only and f"{reading.as_of}" == "2024-03-01"
    assert reading.control_totals[0].agrees


def test_damaged_account_numbers_are_rejected(tmp_path):
    path = tmp_path / "a.csv"
    numbers = ["005100001", "5,14700E+10", "5100002.0", "\u200b005100003", "лс 005100004", "нет", ""]
    lines = [f"{number};1,00;2,00;3,00;0,00" for number in numbers]
    path.write_text("\n".join(["Л/С;Сальдо вх.;Начислено;Оплачено;Сальдо исх.", *lines]), encoding="utf-8")

    rows = list(read(path, period=MARCH))

    assert [row.account for row in rows] == ["005100001", "", "5100002", "005100003", "005100004", "", ""]
    codes = [[problem.code for problem in row.problems] for row in rows]
    assert codes == [[], ["bad_account"], [], [], [], ["bad_account"], ["no_account"]]


def test_bad_cells_reject_the_row_and_name_the_place(tmp_path):
    path = tmp_path / "a.csv"
    lines = ["1;31.02.2024;10,00", "2;01.02.2024;1,234", "3;01.02.2024;12,345.67", "4;01.02.2024;NaN", "5;01.02.2024;10,00"]
    path.write_text("\n".join(["ЛС;Дата оплаты;Сумма", *lines]), encoding="utf-8")

    reading = read(path)
    rows = list(reading)

    assert reading.kind == "payments"
    assert [row.accepted for row in rows] == [False, False, False, False, True]
    problem = rows[0].problems[0]
    assert (problem.code, problem.row, problem.column, problem.value) == ("bad_date", 2, "B", "31.02.2024")
    assert {row.problems[0].code for row in rows[1:4]} == {"bad_money"}


def test_equal_headers_lower_the_confidence_and_ask(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ЛС;Начислено;Начислено;Оплачено\n0051;1,00;2,00;3,00\n", encoding="utf-8")

    reading = read(path, period=MARCH)

    assert reading.confidence < 0.8
    assert [problem.code for problem in reading.problems] == ["ambiguous_columns"]


def test_month_is_asked_for_when_nothing_tells_it(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ЛС;Начислено;Оплачено\n0051;1,00;3,00\n", encoding="utf-8")

    assert [(problem.code, problem.fatal) for problem in read(path).problems] == [("no_period", True)]
    assert list(read(path, name="osv_2024_03.csv"))[0].month == MARCH
    assert [row.month for row in read(path, period=MARCH)] == [MARCH]


def test_ageing_register_is_read_for_control_only(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Задолженность по срокам на 01.03.2024, тыс. руб.\nЛС;Всего долг;от 1 до 3 мес.;свыше 36 мес.\n0051;1,50;1,00;0,50\n",
        encoding="utf-8",
    )

    reading = read(path)
    (row,) = reading

    assert (reading.kind, row.opening, row.extra) == (
        "ageing",
        150000,
        {"от 1 до 3 мес.": "1000.00", "свыше 36 мес.": "500.00"},
    )
    assert [(problem.code, problem.fatal) for problem in reading.problems] == [("ageing_register", True)]


def test_rows_that_do_not_repeat_are_kept_and_repeats_are_rejected(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ЛС;Услуга;Начислено\n0051;Отопление;1\n0051;ГВС;1\n0051;Отопление;1\n", encoding="utf-8")

    rows = list(read(path, period=MARCH))

    assert [[problem.code for problem in row.problems] for row in rows] == [[], [], ["duplicate_row"]]
    assert "в строке 2" in rows[2].problems[0].message


@pytest.mark.parametrize("name", ["a.xls", "a.xlsb", "a.csv", "a"])
def test_book_under_a_wrong_name(tmp_path, name):
    assert len(list(read(by_service(tmp_path / "a.xlsx").rename(tmp_path / name)))) == 3


def test_book_that_counts_days_from_1904(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ЛС", "Дата", "Сумма"])
        sheet.write_row(1, 0, ["0051", 45327 - 1462, 10])
        sheet.write(2, 0, "0052")
        sheet.write_datetime(2, 1, dt.date(2024, 2, 5), book.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write(2, 2, 20)

    assert [row.paid_on for row in read(tmp_path / "a.xlsx")] == [dt.date(2024, 2, 5)] * 2


def test_list_of_accounts_without_money(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Лицевой счёт;ФИО;Адрес;Кв.;Площадь\n0051;Ли С.;ул. Мира, д. 1;2;50,4\n", encoding="utf-8")

    reading = read(path)
    (row,) = reading

    assert (reading.kind, reading.problems, row.area_x100, row.flat) == ("accounts", [], 5040, "2")
    assert reading.confidence > 0.9


def test_continuation_rows_are_filled_only_inside_merged_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ЛС;Дата;Сумма\n0051;01.02.2024;1,00\n;02.02.2024;2,00\n", encoding="utf-8")

    assert [[problem.code for problem in row.problems] for row in read(path)] == [[], ["no_account"]]
