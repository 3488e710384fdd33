"""Undoing a file restores every figure, or refuses and names what stands on it."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from debtors.actions.undo_booking import BookingBears
from debtors.models import AccountState, MonthCube, MonthTotal, UtilityAccount
from imports.actions.doubts import decide
from imports.actions.undo_import import NothingToUndo, undo_import
from imports.models import Doubt, ImportBatch

pytestmark = pytest.mark.django_db

LATER, ON = dt.datetime(2024, 5, 1, 9, tzinfo=dt.UTC), dt.date(2024, 3, 1)
PAID = ["ЛС;ФИО;Дата платежа;Сумма платежа;№ документа", "005100001;Тетерина;05.03.2024;20,00;777001"]


def figures() -> tuple:
    months = MonthTotal.objects.order_by("account_id", "service_id", "month").values_list()
    cube = MonthCube.objects.order_by("month", "service_id").values_list("month", "service_id", "charged", "paid")
    states = AccountState.objects.order_by("account_id").values_list("account_id", "debt", "overdue", "credit")
    return list(months), [row for row in cube if any(row[2:])], [row for row in states if any(row[1:])]


def undo(answer: dict, at=LATER):
    batch = ImportBatch.objects.get(pk=answer["batch"])
    return undo_import(batch=batch, by=None, reason="не тот файл", at=at, on=ON)


def test_undo_restores_every_figure(load, february):
    load(february)
    before = figures()
    paid = load(PAID)

    undo(paid)

    assert figures() == before


def test_accounts_that_only_this_file_opened_go_out_of_sight(load, february, balances):
    answer = load(february)

    undo(answer)

    assert not UtilityAccount.objects.standing().exists()
    assert not any(balances().values())


def test_after_undo_the_file_can_be_loaded_again(load, february, balances):
    answer = load(february)
    undo(answer, at=dt.datetime(2024, 3, 1, 9, 1, 30, tzinfo=dt.UTC))

    again = load(february)

    assert (again["status"], again["accounts"]) == ("applied", {"created": 2, "touched": 2})
    assert balances() == {"005100001": 10_500, "005100002": 23_000}
    assert UtilityAccount.objects.count() == 2


def test_an_account_that_later_money_came_to_stays(load, february):
    answer = load(february)
    load(["ЛС;ФИО;Дата платежа;Сумма платежа;№ документа", "005100002;Ромашка;05.03.2024;20,00;777001"])

    undo(answer)

    assert UtilityAccount.objects.standing().get().number == "005100002"


def test_a_file_that_another_stands_on_is_not_undone_first(load, february):
    first = load(february[:4])
    load(february)

    with pytest.raises(BookingBears, match="реестр"):
        undo(first)


def test_accepted_differences_go_with_their_file(load, february, balances):
    load(february[:3])
    answer = load(
        [february[0], february[1], february[2].replace("30,00;0,00;50,00;80,00", "40,00;0,00;50,00;90,00"), *february[3:]]
    )
    decide(doubt=Doubt.objects.get(), accept=True, by=None, at=dt.datetime(2024, 4, 1, tzinfo=dt.UTC), on=ON)

    undo(answer)

    assert balances()["005100001"] == 8_000


def test_nothing_is_undone_twice(load, february):
    answer = load(february)
    undo(answer)

    with pytest.raises(NothingToUndo):
        undo(answer)


def test_the_command_prints_what_it_did(load, february, capsys):
    answer = load(february)

    call_command("undo_import", str(answer["batch"]))

    said = json.loads(capsys.readouterr().out)
    assert (said["batch"], said["status"], said["accounts"]) == (answer["batch"], "undone", {"removed": 2})


def test_the_command_refuses_with_exit_code_one(load, february, capsys):
    first = load(february[:4])
    load(february)

    with pytest.raises(SystemExit) as left:
        call_command("undo_import", str(first["batch"]))

    assert left.value.code == 1
    assert json.loads(capsys.readouterr().out)["status"] == "refused"
