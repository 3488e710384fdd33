"""A register of charges goes into an empty ledger, once."""

import pytest

from debtors.models import Charge, House, Liability, Payment, Premises, UtilityAccount
from imports.models import Doubt, ImportBatch, ImportProblem

pytestmark = pytest.mark.django_db


def test_a_register_opens_accounts_and_books_its_figures(load, february, balances):
    answer = load(february)

    assert (answer["status"], answer["kind"]) == ("applied", "charges")
    assert answer["rows"] == {"read": 3, "accepted": 3, "known": 0, "rejected": 0, "skipped": answer["rows"]["skipped"]}
    assert answer["totals"] == {"opening": "300.00", "charged": "85.00", "paid": "50.00", "closing": "335.00"}
    assert answer["accounts"] == {"created": 2, "touched": 2}
    assert balances() == {"005100001": 10_500, "005100002": 23_000}


def test_accounts_get_a_house_premises_and_people(load, february):
    load(february)

    assert House.objects.get().address_key == "верхнеозерск|улица ленина|12"
    assert sorted(Premises.objects.values_list("number", flat=True)) == ["1", "2"]
    assert {(o.debtor.name, o.debtor.kind) for o in Liability.objects.select_related("debtor")} == {
        ("Тетерина Марина Сергеевна", "citizen"),
        ("ООО «Ромашка»", "organisation"),
    }
    assert UtilityAccount.objects.get(number="005100002").category == "legal_entity"


def test_the_same_file_again_changes_nothing(load, february):
    load(february)
    facts = (Charge.objects.count(), Payment.objects.count(), ImportBatch.objects.count())

    answer = load(february)

    assert answer["status"] == "nothing_new"
    assert answer["rows"]["known"] == 3
    assert answer["rows"]["accepted"] == 0
    assert (Charge.objects.count(), Payment.objects.count(), ImportBatch.objects.count()) == facts


def test_of_an_overlapping_file_only_the_new_rows_are_booked(load, february, balances):
    load(february[:4])

    answer = load(february)

    assert (answer["status"], answer["rows"]["accepted"], answer["rows"]["known"]) == ("applied", 1, 2)
    assert balances() == {"005100001": 10_500, "005100002": 23_000}


def test_a_dry_run_leaves_no_trace(load, february):
    answer = load(february, dry_run=True)

    assert (answer["status"], answer["batch"]) == ("dry_run", None)
    assert answer["accounts"] == {"created": 2, "touched": 2}
    assert not UtilityAccount.objects.exists()
    assert not ImportBatch.objects.exists()


def test_another_sum_for_a_booked_month_waits_for_a_person(load, february, balances):
    load(february)
    changed = [line.replace("ГВС;0,00;30,00;-5,00;0,00;25,00", "ГВС;0,00;40,00;-5,00;0,00;35,00") for line in february]

    answer = load(changed)

    assert [problem["code"] for problem in answer["problems"]] == ["charge_differs"]
    assert "25,00" in answer["problems"][0]["message"]
    assert "35,00" in answer["problems"][0]["message"]
    assert balances()["005100001"] == 10_500
    assert (Doubt.objects.get().ledger_sum, Doubt.objects.get().file_sum) == (2_500, 3_500)


def test_a_wrong_row_does_not_stop_the_others(load, february):
    answer = load([*february, "005100003;Новый;г. Верхнеозёрск, ул. Ленина, д. 12, кв. 3;Отопление;0;1,234;0;0;0"])

    assert (answer["status"], answer["rows"]["accepted"], answer["rows"]["rejected"]) == ("applied", 3, 1)
    assert ImportProblem.objects.filter(fatal=True, row=6).exists()


def test_strict_refuses_the_file_for_one_wrong_row(load, february):
    answer = load([*february, "005100003;Новый;ул. Ленина, д. 12, кв. 3;Отопление;0;1,234;0;0;0"], strict=True)

    assert answer["status"] == "refused"
    assert not UtilityAccount.objects.exists()
    assert not ImportBatch.objects.exists()


def test_an_unknown_service_asks_for_a_mapping(load, february):
    answer = load([*february, "005100003;Новый;ул. Ленина, д. 12, кв. 3;Домофон;0;10,00;0;0;10,00"])

    assert [problem["code"] for problem in answer["problems"]] == ["unknown_service"]
    assert "Домофон" in answer["problems"][0]["message"]


def test_numbers_that_lost_their_zeros_are_the_same_accounts(load, february):
    load(february)
    march = [line.replace("005100", "5100").replace("февраль", "март") for line in february]

    answer = load(march, dry_run=True)

    assert answer["accounts"]["created"] == 0


WHOLE = "ЛС;ФИО;Адрес;Сальдо вх.;Начислено;Оплачено;Сальдо исх."


def whole_bill(charged: str, closing: str) -> list[str]:
    first = "005100001;Тетерина Марина Сергеевна;г. Верхнеозёрск, ул. Ленина, д. 12, кв. 1"
    return ["Ведомость за февраль 2024", WHOLE, f"{first};100,00;{charged};50,00;{closing}"]


def test_the_same_month_in_another_split_is_known(load, february, balances):
    load(february[:4])

    answer = load(whole_bill("55,00", "105,00"))

    assert (answer["status"], answer["problems"]) == ("nothing_new", [])
    assert balances() == {"005100001": 10_500}


def test_services_after_the_whole_bill_are_known_too(load, february, balances):
    load(whole_bill("55,00", "105,00"))

    answer = load(february[:4])

    assert (answer["status"], answer["problems"]) == ("nothing_new", [])
    assert balances() == {"005100001": 10_500}


def test_another_split_with_another_sum_is_not_booked(load, february, balances):
    load(february[:4])

    answer = load(whole_bill("65,00", "115,00"))

    assert "split_differs" in {problem["code"] for problem in answer["problems"]}
    assert balances() == {"005100001": 10_500}
    assert not Doubt.objects.filter(kind="split_differs").exists()
