"""The bank's register total on the statement and the register itself: tied in either order, never booked twice."""

import pytest

from debtors.models import Payment
from imports.actions.settle_document import put_aside, reopen
from imports.actions.tie_registers import NotARegister, tie_by_hand
from imports.actions.undo_import import undo_import
from imports.models import BankDocument, ImportBatch, MatchDecision
from imports.queries.money_in import money_in
from tests.imports.bank.conftest import ON, REGISTERS

pytestmark = pytest.mark.django_db

REGISTER, SUBSET, OTHER = (REGISTERS / name for name in ("sber_12_fields.txt", "sber_packed.zip", "bank_pipe_cp866.txt"))


def total() -> BankDocument:
    return BankDocument.objects.standing().get(verdict="register")


@pytest.mark.parametrize("order", [("v01", REGISTER), (REGISTER, "v01")], ids=["statement first", "register first"])
def test_they_find_each_other_in_either_order(master, load, order, creditor):
    answers = [load(file) for file in order]

    decision = MatchDecision.objects.standing().get(register__isnull=False)
    assert (decision.document, decision.register.kind) == (total(), "payments")
    assert total().state == "register"
    register = next(answer for answer in answers if answer["kind"] == "payments")
    assert register["totals"]["paid"] == "233443.68"
    whole = money_in(creditor.pk)
    assert whole.adds_up
    assert (whole.registers, whole.registers_paid, whole.fees) == (23_064_235, 23_344_368, 280_133)
    assert not Payment.objects.filter(amount=23_064_235).exists()


def test_a_subset_of_the_register_adds_nothing_before_or_after(master, load):
    load(REGISTER)
    assert load(SUBSET)["status"] == "nothing_new"
    assert Payment.objects.exclude(channel="turnover").count() == 60


def test_the_whole_register_after_its_subset_adds_the_rest(master, load):
    load(SUBSET)
    assert load(REGISTER)["rows"]["known"] == 20
    load("v01")
    assert (total().state, Payment.objects.filter(document__startswith="п/п").count()) == ("register", 9)
    assert Payment.objects.exclude(channel="turnover").exclude(document__startswith="п/п").count() == 60


def test_another_register_does_not_fit(master, load, creditor):
    load("v01")
    load(OTHER)

    assert total().state == "waiting"
    assert money_in(creditor.pk).adds_up


def test_undoing_the_register_frees_the_line_and_loading_it_again_ties_it(master, load, moment, creditor):
    load("v01")
    batch = ImportBatch.objects.get(pk=load(REGISTER)["batch"])

    undo_import(batch=batch, by=None, reason="не тот", at=moment(), on=ON)
    assert (total().state, money_in(creditor.pk).adds_up) == ("waiting", True)

    load(REGISTER)
    assert total().state == "register"


def test_a_person_ties_and_unties(master, load, clerk, moment):
    load("v01")
    other = ImportBatch.objects.get(pk=load(OTHER)["batch"])
    tie_by_hand(document=total(), register=other, by=clerk, at=moment(), reason="банк подтвердил письмом")
    assert total().state == "register"
    with pytest.raises(NotARegister):
        tie_by_hand(document=total(), register=other, by=clerk, at=moment(), reason="ещё раз")

    reopen(document=total(), by=clerk, at=moment(), on=ON, reason="ошибка")
    assert total().state == "waiting"
    statement = ImportBatch.objects.get(kind="bank_statement")
    with pytest.raises(NotARegister):
        tie_by_hand(document=total(), register=statement, by=clerk, at=moment(), reason="выписка")


def test_a_sum_that_another_register_booked_these_days_waits_for_a_person(master, load, tmp_path, clerk, moment, creditor):
    path = tmp_path / "kassa.csv"
    lines = ["ЛС;ФИО;Дата платежа;Сумма платежа;№ документа;Вид оплаты", "005100034;Дурново;05.03.2024;2734,42;К-17;ФССП"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    assert load(path)["status"] == "applied"

    answer = load("v01")

    held = BankDocument.objects.standing().get(amount=273_442)
    assert answer["decisions"]["auto"][0] == 8
    assert (held.state, held.verdict) == ("waiting", "review")
    assert "уже проведён другим файлом (К-17)" in held.reasons[0]
    assert Payment.objects.filter(account__number="005100034").exclude(channel="turnover").count() == 1

    put_aside(document=held, kind="elsewhere", by=clerk, at=moment(), reason="касса, К-17")
    held.refresh_from_db()
    assert held.state == "register"
    assert money_in(creditor.pk).adds_up
