"""A cash desk's register that lists the bailiffs' money of a statement loaded before it: never booked twice by itself."""

import datetime as dt
from pathlib import Path

import pytest

from debtors.actions.undo_booking import BookingBears
from debtors.models import Payment
from imports.actions.doubts import decide
from imports.actions.settle_document import reopen
from imports.actions.undo_import import undo_import
from imports.models import BankDocument, Doubt, ImportBatch
from tests.imports.bank.conftest import ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_register(tmp_path):
    """A cash desk's register: its sums of 05.03.2024 for the account that v01 pays 2 734,42 by the bailiffs."""

    def write(*lines: str) -> Path:
        path = tmp_path / "kassa.csv"
        head = "ЛС;ФИО;Дата платежа;Сумма платежа;№ документа;Вид оплаты"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8-sig")
        return path

    return write


SAME = "005100034;Дурново;05.03.2024;2734,42;К-17;ФССП"


def paid_to() -> list[int]:
    booked = Payment.objects.filter(account__number="005100034", booking__undone_at__isnull=True)
    return sorted(booked.exclude(channel="turnover").values_list("amount", flat=True))


def test_a_register_after_the_statement_books_the_bailiffs_money_once(master, load, desk_register, clerk, moment):
    load("v01")
    path = desk_register(
        SAME, "005100034;Дурново;05.03.2024;2734,42;К-18;ФССП", "005100034;Дурново;05.03.2024;100,00;К-19;ФССП"
    )

    preview = load(path, dry_run=True)
    answer = load(path)

    assert preview["rows"] == answer["rows"]
    assert [one["code"] for one in answer["problems"]] == ["paid_elsewhere"]
    assert "уже проведён по выписке банка" in answer["problems"][0]["message"]
    assert paid_to() == [100_00, 2_734_42, 2_734_42], "one document of the bank answers for one line of the register"
    assert load(path)["status"] == "nothing_new"
    assert Doubt.objects.waiting().count() == 1

    decide(doubt=Doubt.objects.get(), accept=False, by=clerk, at=moment(), on=ON)
    again = load(path)
    assert (again["status"], again["rows"]["known"], again["problems"]) == ("nothing_new", 3, [])
    statement = ImportBatch.objects.get(kind="bank_statement")
    with pytest.raises(BookingBears, match="kassa.csv"):
        undo_import(batch=statement, by=clerk, reason="не та", at=moment(), on=ON)


def test_a_person_tells_that_the_registers_money_is_another(master, load, desk_register, clerk, moment):
    load("v01")
    load(desk_register(SAME))
    assert paid_to() == [2_734_42]

    doubt = decide(doubt=Doubt.objects.get(), accept=True, by=clerk, at=moment(), on=ON)

    assert doubt.difference == -2_734_42
    assert paid_to() == [2_734_42, 2_734_42]
    booked = Payment.objects.get(booking=doubt.booking)
    assert (booked.document, booked.channel, booked.counts_on) == ("К-17", "bailiff", dt.date(2024, 3, 5))
    assert load(desk_register(SAME))["status"] == "nothing_new"


def test_money_taken_back_from_the_account_holds_no_register(master, load, desk_register, clerk, moment):
    load("v01")
    document = BankDocument.objects.standing().get(amount=273_442)
    reopen(document=document, by=clerk, at=moment(), on=ON, reason="не его")

    assert load(desk_register(SAME))["problems"] == []
    assert sum(paid_to()) == 2_734_42


def test_a_register_some_days_off_is_other_money(master, load, desk_register):
    load("v01")

    assert load(desk_register(SAME.replace("05.03", "09.03")))["problems"] == []
    assert paid_to() == [2_734_42, 2_734_42]
