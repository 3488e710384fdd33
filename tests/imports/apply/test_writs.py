"""The master layout: accounts, opening debts, writs and proceedings in one file."""

import pytest

from enforcement.models import EnforcementProceeding, Writ
from imports.actions.undo_import import undo_import
from imports.models import ImportBatch
from tests.imports.apply.test_undo import LATER, ON

pytestmark = pytest.mark.django_db

HEAD = (
    "ls;kind;fio;birth_date;street;house;korp;flat;area;debt_2024_02_01;peni;writ_type;writ_num;writ_date;case_num;"
    "writ_sum;writ_peni;writ_duty;ip_num;ip_date;ip_svod;bailiff;ip_status;ip_end;ip_end_article"
)
ENDED = (
    "005100001;ФЛ;Тетерина Марина Сергеевна;13.12.1956;ул. Ленина;12;;1;71.28;470.13;32.29;Исполнительный лист;"
    "ВС 111426597;11.05.2021;2-1928/2021;385.39;26.32;12.78;36570/21/51034-ИП;13.09.2021;;Тихомиров Д.А.;окончено;"
    "01.04.2022;ст. 46 ч. 1 п. 4"
)
PLAIN = "005100002;ФЛ;Игнашева Любовь Дмитриевна;06.01.2001;ул. Ленина;12;;2;69.35;41.07;0;;;;;;;;;;;;;;"
MASTER = [HEAD, ENDED, PLAIN]


def test_writs_and_proceedings_come_with_their_accounts(load):
    answer = load(MASTER)

    assert (answer["status"], answer["kind"], answer["totals"]["opening"]) == ("applied", "accounts", "511.20")
    assert (Writ.objects.get().number, Writ.objects.get().account.number) == ("ВС 111426597", "005100001")
    proceeding = EnforcementProceeding.objects.get()
    assert (proceeding.number, proceeding.status, proceeding.ended_ground) == ("36570/21/51034-ИП", "finished", "46.1.4")


def test_the_same_master_again_brings_nothing(load):
    load(MASTER)

    answer = load(MASTER)

    assert (answer["status"], answer["rows"]["known"]) == ("nothing_new", 2)
    assert Writ.objects.count() == 1


def test_undo_takes_the_writs_back(load):
    answer = load(MASTER)

    undo_import(batch=ImportBatch.objects.get(pk=answer["batch"]), by=None, reason="", at=LATER, on=ON)

    assert not Writ.objects.live().exists()


def test_a_bad_cell_costs_the_writ_that_field_only(load):
    answer = load([HEAD, ENDED.replace("11.05.2021", "31.02.2021")])

    assert [problem["code"] for problem in answer["problems"]] == ["bad_writ_cell"]
    assert Writ.objects.get().issued_on is None
