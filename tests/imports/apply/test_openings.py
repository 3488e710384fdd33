"""Opening balances: booked once, compared ever after, a difference waits for a person."""

import datetime as dt

import pytest
from django.db import transaction

from debtors.models import AccountState, Charge
from imports.actions.doubts import AlreadyDecided, decide
from imports.models import Doubt

pytestmark = pytest.mark.django_db

HEAD = "ЛС;ФИО;Адрес;Сальдо вх.;Начислено;Оплачено;Сальдо исх."
AT, ON = dt.datetime(2024, 4, 1, 9, tzinfo=dt.UTC), dt.date(2024, 4, 1)


def month(name: str, opening: str, charged: str, paid: str, closing: str) -> list[str]:
    row = f"005100001;Тетерина М.С.;ул. Ленина, д. 12, кв. 1;{opening};{charged};{paid};{closing}"
    return [f"Реестр начислений за {name} 2024", HEAD, row]


def test_the_first_opening_is_a_debt_of_the_month_before(load):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))

    opening = Charge.objects.get(kind=Charge.Kind.OPENING)
    assert (opening.month, opening.charged, opening.counts_on) == (2024 * 12, 10_000, dt.date(2024, 1, 31))


def test_a_later_opening_that_agrees_says_nothing(load, balances):
    load(month("февраль", "100,00", "30,00", "20,00", "110,00"))

    answer = load(month("март", "110,00", "30,00", "0", "140,00"))

    assert (answer["status"], answer["problems"]) == ("applied", [])
    assert balances()["005100001"] == 14_000


def test_a_later_opening_that_differs_is_a_doubt_with_both_sums(load, balances):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))

    answer = load(month("март", "150,00", "30,00", "0", "180,00"))

    assert [problem["code"] for problem in answer["problems"]] == ["opening_differs"]
    assert "150,00" in answer["problems"][0]["message"]
    assert "130,00" in answer["problems"][0]["message"]
    assert balances()["005100001"] == 16_000
    assert Doubt.objects.waiting().get().difference == 2_000


def test_accept_openings_books_the_difference(load, balances):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))

    load(month("март", "150,00", "30,00", "0", "180,00"), accept_openings=True)

    assert balances()["005100001"] == 18_000
    assert not Doubt.objects.waiting().exists()


def test_a_person_accepts_a_doubt_once(load, balances):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))
    load(month("март", "150,00", "30,00", "0", "180,00"))

    doubt = decide(doubt=Doubt.objects.get(), accept=True, by=None, at=AT, on=ON)

    assert balances()["005100001"] == 18_000
    with pytest.raises(AlreadyDecided):
        decide(doubt=doubt, accept=False, by=None, at=AT, on=ON)


@pytest.mark.parametrize("opening", ["150,00", "115,00"])
def test_a_difference_is_the_same_line_whether_accepted_beforehand_or_on_the_screen(load, opening):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))
    closing = f"{int(opening[:3]) + 30},00"
    register = month("март", opening, "30,00", "0", closing)

    def booked(**options):
        with transaction.atomic():
            load(register, **options)
            if not options:
                decide(doubt=Doubt.objects.waiting().get(), accept=True, by=None, at=AT, on=dt.date(2024, 3, 1))
            lines = Charge.objects.order_by("month", "kind", "charged")
            facts = list(lines.values_list("month", "kind", "charged", "credited", "counts_on"))
            state = AccountState.objects.values("debt", "average_charge", "at_least", "oldest_open_month").get()
            transaction.set_rollback(True)
        return facts, state

    accepted = booked(accept_openings=True)

    assert booked() == accepted
    assert accepted[1]["average_charge"] == 3_000


def test_a_dismissed_doubt_leaves_the_ledger(load, balances):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))
    load(month("март", "150,00", "30,00", "0", "180,00"))

    decide(doubt=Doubt.objects.get(), accept=False, by=None, at=AT, on=ON)

    assert balances()["005100001"] == 16_000


def test_loading_again_does_not_ask_twice(load):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))
    load(month("март", "150,00", "30,00", "0", "180,00"))

    load(month("март", "150,00", "30,00", "0", "180,00"))

    assert Doubt.objects.count() == 1


def test_history_inside_an_opening_balance_is_not_booked_twice(load, balances):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))

    answer = load(month("январь", "70,00", "30,00", "0", "100,00"))

    assert "before_opening" in {problem["code"] for problem in answer["problems"]}
    assert balances()["005100001"] == 13_000


def test_money_that_came_before_an_opening_balance_is_inside_it(load, balances):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))
    paid = ["ЛС;ФИО;Дата платежа;Сумма платежа;№ документа", "005100001;Тетерина;31.01.2024;20,00;1"]

    turnover = load(month("январь", "90,00", "30,00", "20,00", "100,00"))
    dated = load(paid)

    assert {problem["code"] for problem in turnover["problems"]} == {"before_opening", "paid_before_opening"}
    assert {problem["code"] for problem in dated["problems"]} == {"paid_before_opening"}
    assert balances()["005100001"] == 13_000


def test_money_of_the_day_after_the_balance_counts(load, balances):
    load(month("февраль", "100,00", "30,00", "0", "130,00"))

    load(["ЛС;ФИО;Дата платежа;Сумма платежа;№ документа", "005100001;Тетерина;01.02.2024;20,00;1"])

    assert balances()["005100001"] == 11_000
