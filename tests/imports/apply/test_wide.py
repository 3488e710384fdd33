"""Registers wide with services: one line of the file gives a line of the ledger for each service."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files import File

from debtors.models import Payment
from imports.actions.run_import import Options, apply, new_batch, preview
from imports.models import StagedLine
from imports.rules.places import LINES, PARTS, Places, TooManyParts

pytestmark = pytest.mark.django_db

SERVICES = ("Отопление", "Холодное водоснабжение", "Водоотведение")
AT, ON = dt.datetime(2024, 4, 1, 9, tzinfo=dt.UTC), dt.date(2024, 4, 1)


def wide(path: Path) -> Path:
    """Two accounts, three services each, paid 10 + 20 + 30 roubles in March."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Ведомость")
        sheet.write(0, 0, "Ведомость начислений за март 2024 г.")
        for column, title in enumerate(("Лиц. счет", "ФИО")):
            sheet.merge_range(1, column, 2, column, title)
        for at, service in enumerate(SERVICES):
            sheet.merge_range(1, 2 + at * 4, 1, 5 + at * 4, service)
            sheet.write_row(2, 2 + at * 4, ("Сальдо на нач.", "Начислено", "Оплачено", "Сальдо на кон."))
        for row, account in enumerate(("005100001", "005100002"), start=3):
            sums = [cell for paid in (10, 20, 30) for cell in (0, 100, paid, 100 - paid)]
            sheet.write_row(row, 0, [account, "Тетерина М.С.", *sums])
    return path


def test_payments_known_already_are_taken_off_each_service_of_the_line(load, tmp_path):
    """Ten of the March money came dated for heating: only the rest of it is turnover, and the other services keep theirs."""
    load(["ЛС;ФИО;Адрес", "005100001;Тетерина М.С.;ул. Ленина, д. 12, кв. 1", "005100002;Яр О.О.;ул. Ленина, д. 12, кв. 2"])
    dated = ["ЛС;ФИО;Услуга;Дата платежа;Сумма платежа;№ документа", "005100001;Тетерина;Водоотведение;05.03.2024;30,00;7"]
    load(dated)

    answer = load(wide(tmp_path / "wide.xlsx"))

    assert (answer["status"], answer["rows"]["read"], answer["rows"]["accepted"]) == ("applied", 6, 6)
    paid = Payment.objects.filter(account__number="005100001").order_by("service_id")
    assert [(line.service.name, line.amount, line.channel) for line in paid.select_related("service")] == [
        ("Отопление", 1_000, "turnover"),
        ("Холодное водоснабжение", 2_000, "turnover"),
        ("Водоотведение", 3_000, "bank"),
    ]


def test_the_preview_keeps_a_line_of_its_own_for_each_service(creditor, tmp_path, balances):
    path = wide(tmp_path / "wide.xlsx")
    batch = new_batch(creditor=creditor, path=path, name=None, by=None, at=AT, options=Options())
    with path.open("rb") as content:
        batch.stored.save(path.name, File(content))

    batch = preview(batch=batch, at=AT, options=Options())
    numbers = list(StagedLine.objects.filter(batch=batch).values_list("row_no", flat=True))
    assert len(set(numbers)) == len(numbers) == 6
    places = Places(batch.sheets)
    assert {places.place(number) for number in numbers} == {("Ведомость", 4), ("Ведомость", 5)}

    batch = apply(batch=batch, by=None, at=AT, on=ON, options=Options())
    assert (batch.status, balances()) == ("applied", {"005100001": 24_000, "005100002": 24_000})


def test_services_of_a_row_are_numbered_one_after_another():
    places = Places()
    numbers = [places.number("Лист", 7) for _ in range(PARTS // LINES)]

    assert len({number + extra for number in numbers for extra in range(LINES)}) == PARTS
    assert {places.place(number) for number in numbers} == {("Лист", 7)}
    with pytest.raises(TooManyParts):
        places.number("Лист", 7)
    assert places.place(places.number("Лист", 8)) == ("Лист", 8)
