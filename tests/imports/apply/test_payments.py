"""Payment registers: by account, once, and never opening an account."""

import pytest

from debtors.models import Payment, UtilityAccount

pytestmark = pytest.mark.django_db

HEAD = "ЛС;ФИО;Дата платежа;Сумма платежа;№ документа"


def test_payments_lower_the_debt_and_repeat_harmlessly(load, february, balances):
    load(february)
    register = [HEAD, "005100001;Тетерина;05.03.2024;20,00;777001", "005100001;Тетерина;06.03.2024;5,00;777002"]

    answer = load(register)
    again = load(register)

    assert (answer["status"], answer["kind"], answer["totals"]["paid"]) == ("applied", "payments", "25.00")
    assert (again["status"], again["rows"]["known"]) == ("nothing_new", 2)
    assert balances()["005100001"] == 8_000


def test_two_equal_payments_without_a_number_are_two(load, february, balances):
    load(february)
    register = [HEAD, "005100001;Тетерина;05.03.2024;20,00;", "005100001;Тетерина;05.03.2024;20,00;"]

    load(register)
    again = load(register)

    assert balances()["005100001"] == 6_500
    assert again["status"] == "nothing_new"


def test_an_unknown_account_is_a_rejected_row_with_a_remedy(load, february):
    load(february)

    answer = load([HEAD, "009999999;Никто;05.03.2024;20,00;777003"])

    assert [problem["code"] for problem in answer["problems"]] == ["no_row_fits", "unknown_account"]
    assert "загрузите реестр счетов" in answer["problems"][1]["message"]
    assert UtilityAccount.objects.count() == 2


def test_numbers_cut_from_the_left_find_their_account(load, february, balances):
    load(february)

    load([HEAD, "05100001;Тетерина;05.03.2024;20,00;777004"])

    assert balances()["005100001"] == 8_500


def test_a_cut_number_of_two_accounts_is_ambiguous(load, february):
    load([*february, "105100001;Двойник;ул. Ленина, д. 12, кв. 9;Отопление;0;10,00;0;0;10,00"])

    answer = load([HEAD, "05100001;Тетерина;05.03.2024;20,00;777005"])

    assert [problem["code"] for problem in answer["problems"]] == ["no_row_fits", "account_ambiguous"]


def test_dated_payments_take_the_place_of_the_months_turnover(load, february, balances):
    load(february)

    load([HEAD, "005100001;Тетерина;12.02.2024;50,00;777006"])

    assert balances()["005100001"] == 10_500
    assert sum(Payment.objects.filter(channel="turnover").values_list("amount", flat=True)) == 0


def test_storno_takes_back_its_payment(load, february, balances):
    load(february)
    load([HEAD, "005100001;Тетерина;05.03.2024;20,00;777007"])

    load([HEAD, "005100001;Тетерина;06.03.2024;-20,00;777007"])

    assert balances()["005100001"] == 10_500
    assert Payment.objects.get(amount=-2_000).reverses.document == "777007"


def test_storno_of_nothing_waits(load, february, balances):
    load(february)

    answer = load([HEAD, "005100001;Тетерина;06.03.2024;-21,00;777008"])

    assert [problem["code"] for problem in answer["problems"]] == ["storno_unmatched"]
    assert balances()["005100001"] == 10_500


def test_storno_beside_its_payment_books_neither(load, february, balances):
    load(february)

    load([HEAD, "005100001;Тетерина;05.03.2024;20,00;777009", "005100001;Тетерина;05.03.2024;-20,00;777010"])

    assert balances()["005100001"] == 10_500


def test_a_broken_total_of_payments_refuses_the_file_until_confirmed(load, february):
    load(february)
    register = [HEAD, "005100001;Тетерина;05.03.2024;20,00;777001", "Итого;;;25,00;"]

    refused = load(register)
    confirmed = load(register, accept_totals=True)

    assert (refused["status"], refused["problems"][0]["code"]) == ("refused", "control_total_differs")
    assert refused["control_totals"][0]["agrees"] is False
    assert confirmed["status"] == "applied"
