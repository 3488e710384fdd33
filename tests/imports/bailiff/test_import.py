"""Bailiffs' files through the frame of an import: figures, repeats, undoing, older replies, unknown writs."""

import datetime as dt
import json

import pytest
from django.core.management import call_command

from casedesk.access.models import Organisation
from debtors.actions.undo_booking import BookingBears
from enforcement.models import BailiffReply, BailiffReplyRow, BailiffRuling, EnforcementProceeding, ProceedingStatement, Writ
from imports.actions.follow_up import cases_after
from imports.actions.undo_import import undo_import
from imports.models import ImportBatch
from tests.imports.bailiff.conftest import FILES, ON

pytestmark = pytest.mark.django_db

LATER = dt.datetime(2024, 3, 7, 9, tzinfo=dt.UTC)
REPLY, PRESENTED, DATA_BANK = "v01_sverka_osp.xlsx", "v02_predyavlenie_v_osp.csv", "v03_bank_dannyh_ip.csv"
ENDED, JOINED, MOVED = "v04_O_IP_ACT_END_END.xml", "v05_O_IP_ACT_SVOD_COL.xml", "v06_O_IP_ACT_TO_OTHER_OSP.xml"


def proceeding(number: str = "97345/20/51034-ИП") -> EnforcementProceeding:
    return EnforcementProceeding.objects.live().get(number=number)


def undo(answer: dict) -> None:
    undo_import(batch=ImportBatch.objects.get(pk=answer["batch"]), by=None, reason="", at=LATER, on=ON)


def test_the_reply_of_a_department(known):
    answer = known(REPLY)

    assert (answer["status"], answer["kind"], answer["format"]) == ("applied", "bailiff_register", "xlsx")
    assert answer["rows"] == {"read": 54, "accepted": 54, "known": 0, "rejected": 0, "skipped": 7}
    assert (answer["totals"]["paid"], answer["totals"]["closing"]) == ("835115.91", "1424710.11")
    figures = answer["bailiffs"]
    assert (figures["with_proceeding"], figures["not_received"], figures["ended"], figures["matched"]) == (44, 10, 23, 54)
    assert figures["proceedings"]["opened"] == 0 and answer["problems"] == []
    assert all(line["agrees"] for line in answer["control_totals"]) and len(answer["control_totals"]) == 2
    assert BailiffReply.objects.get().as_of == dt.date(2024, 3, 1)
    assert BailiffReplyRow.objects.filter(writ=None).count() == 0
    assert proceeding().department == Organisation.objects.get(code="51034")


def test_every_file_gives_the_figures_of_its_reader(known):
    answers = {name: known(name) for name in (PRESENTED, DATA_BANK, ENDED, JOINED, MOVED)}

    assert answers[PRESENTED]["bailiffs"]["total"] == "460868.66"
    assert (answers[PRESENTED]["status"], answers[PRESENTED]["rows"]["known"]) == ("nothing_new", 10)
    assert (answers[DATA_BANK]["rows"]["accepted"], answers[DATA_BANK]["bailiffs"]["ended"]) == (40, 20)
    assert [answers[name]["bailiffs"]["matched"] for name in (DATA_BANK, ENDED, JOINED, MOVED)] == [40, 1, 1, 1]
    assert {answer["kind"] for answer in answers.values()} == {"writs", "bailiff_register"}


@pytest.mark.parametrize("name", [REPLY, DATA_BANK, ENDED])
def test_the_same_file_again_brings_nothing(known, name):
    first = known(name)

    again = known(name)

    assert (again["status"], again["rows"]["known"]) == ("nothing_new", first["rows"]["accepted"])
    assert BailiffReply.objects.count() + BailiffRuling.objects.count() == 1


def test_a_dry_run_keeps_nothing(known):
    answer = known(REPLY, dry_run=True)

    assert (answer["status"], answer["bailiffs"]["matched"]) == ("dry_run", 54)
    assert not BailiffReply.objects.exists() and not ProceedingStatement.objects.exists()


def test_a_ruling_ends_the_proceeding_and_undoing_opens_it_again(known):
    known(REPLY)
    answer = known(ENDED)
    one = proceeding()
    assert (one.status, one.ended_on, one.ended_ground) == ("finished", dt.date(2024, 3, 5), "47.1.1")

    undo(answer)

    one = proceeding()
    assert (one.status, one.ended_on, one.ended_ground, one.bailiff) == ("open", None, "", "Ухтомская А. П.")
    assert not BailiffRuling.objects.live().exists()


def test_a_ruling_joins_and_another_moves(known):
    known(JOINED)
    known(MOVED)

    assert proceeding("28326/22/51034-ИП").consolidated_number == "139831/22/51034-СД"
    moved = BailiffRuling.objects.get(kind="transferred")
    assert (moved.proceeding.number, moved.proceeding.status) == ("53515/22/51034-ИП", "open")


def test_an_older_reply_never_wins_over_a_later_one(said):
    said("2024-03-01", "окончено;01.02.2024;46-1-4")

    answer = said("2024-01-15", "на исполнении;;")

    assert (answer["status"], answer["bailiffs"]["proceedings"]["changed"]) == ("applied", 0)
    assert (proceeding().status, proceeding().ended_ground) == ("finished", "46.1.4")
    assert BailiffReplyRow.objects.count() == 2


def test_replies_in_any_order_leave_the_same(said):
    said("2024-01-15", "на исполнении;;")
    said("2024-03-01", "окончено;01.02.2024;46-1-4")

    assert (proceeding().status, proceeding().ended_on) == ("finished", dt.date(2024, 2, 1))


def test_undoing_the_later_reply_leaves_the_older(said):
    said("2024-01-15", "окончено;10.01.2024;46-1-3")
    later = said("2024-03-01", "на исполнении;;")
    assert proceeding().status == "open"

    undo(later)

    assert (proceeding().status, proceeding().ended_ground) == ("finished", "46.1.3")


def test_a_hand_edit_between_replies_is_not_lost(said):
    said("2024-01-15", "на исполнении;;")
    EnforcementProceeding.objects.filter(number="97345/20/51034-ИП").update(consolidated_number="1/24/51034-СД")

    said("2024-02-01", "окончено;20.01.2024;46-1-3")

    assert (proceeding().consolidated_number, proceeding().status) == ("1/24/51034-СД", "finished")


def test_the_register_cannot_be_undone_under_a_reply(load):
    master = load(FILES / "should_pass" / "master_accounts.csv")
    load(REPLY)

    with pytest.raises(BookingBears):
        undo(master)


def test_an_unknown_writ_waits_for_its_register(load):
    answer = load(REPLY)
    assert (answer["status"], answer["bailiffs"]["matched"]) == ("applied", 0)
    assert {problem["code"] for problem in answer["problems"]} == {"unknown_writ"}

    load(FILES / "should_pass" / "master_accounts.csv")
    cases_after(creditor=Organisation.objects.get(code="osen"), by=None, on=ON)

    assert BailiffReplyRow.objects.filter(writ=None).count() == 0
    assert proceeding().department.code == "51034"


def test_another_debtor_under_the_number_is_not_matched(said):
    answer = said("2024-03-01", row=f"1;Петров Пётр Петрович;{LAPINA_TAIL}")

    assert [problem["code"] for problem in answer["problems"]] == ["debtor_differs"]
    assert BailiffReplyRow.objects.get().writ is None


LAPINA_TAIL = "2-807/2020-7;06.07.2020;97345/20/51034-ИП;03.12.2020;Ухтомская А.П."


def test_initials_are_enough_with_the_day_of_the_writ(said):
    answer = said("2024-03-01", row=f"1;Лапина М.П.;{LAPINA_TAIL}")

    assert answer["problems"] == []
    assert BailiffReplyRow.objects.get().writ.number == "2-807/2020-7"


def test_a_new_proceeding_of_a_known_writ_is_opened_and_goes_with_its_reply(said):
    number = "500/24/51034-ИП"
    row = f"1;Щеглов Павел Николаевич;2-361/2022;14.09.2022;{number};01.02.2024;Тихомиров Д.А."

    answer = said("2024-03-01", row=row)

    assert answer["bailiffs"]["proceedings"] == {"opened": 1, "changed": 0}
    assert (proceeding(number).opened_on, proceeding(number).writ.number) == (dt.date(2024, 2, 1), "2-361/2022")
    undo(answer)
    assert not EnforcementProceeding.objects.live().filter(number=number).exists()


def test_a_reply_of_no_day_is_as_old_as_its_latest_day(known):
    answer = known(DATA_BANK)

    assert answer["bailiffs"]["as_of"] == "2023-12-08"
    assert [problem["code"] for problem in answer["problems"]] == ["no_reply_date"]
    assert not BailiffReply.objects.get().as_of_stated


def test_the_day_may_be_given_by_hand(known):
    answer = known(DATA_BANK, as_of="2024-02-20")

    assert (answer["bailiffs"]["as_of"], answer["problems"]) == ("2024-02-20", [])


def test_writs_of_a_register_find_their_accounts_by_flat_and_name(known, tmp_path):
    path = tmp_path / "w.csv"
    head = "№;Взыскатель;ИНН взыскателя;Должник;Адрес;Вид ИД;Номер ИД;Дата ИД;Основной долг;Пени;Госпошлина;Всего"
    rows = (
        ("5199000017", "Игнашева Любовь Дмитриевна", "г. Верхнеозёрск, ул. Ленина, д. 12, кв. 2"),
        ("5199000017", "Игнашева Любовь Дмитриевна", "ул. Ленина, д. 12, кв. 777"),
        ("5199000017", "Пушкин Александр", "г. Верхнеозёрск, ул. Ленина, д. 12, кв. 2"),
        ("7700000001", "Игнашева Любовь Дмитриевна", "г. Верхнеозёрск, ул. Ленина, д. 12, кв. 2"),
    )
    lines = [
        f"{at};МУП;{inn};{name};{place};Судебный приказ;2-900{at}/2023;01.02.2023;100,00;1,00;2,00;103,00"
        for at, (inn, name, place) in enumerate(rows)
    ]
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8-sig")

    answer = known(path)

    assert sorted(problem["code"] for problem in answer["problems"]) == ["debtor_differs", "other_creditor", "unknown_address"]
    assert (answer["rows"]["accepted"], answer["rows"]["rejected"]) == (1, 3)
    assert Writ.objects.get(number="2-9000/2023").account.number == "005100002"


def test_statements_take_a_fixed_number_of_queries(known, django_assert_max_num_queries):
    with django_assert_max_num_queries(75):
        known(REPLY)


def test_the_command_answers_in_the_same_frame(known, capsys):
    call_command("import_register", str(FILES / "bailiff" / REPLY), "--kind", "bailiff_register", "--dry-run")

    assert json.loads(capsys.readouterr().out)["bailiffs"]["rows"] == 54


def test_a_file_of_another_kind_is_refused_by_name(known, capsys):
    path = FILES / "should_pass" / "charges_cp1251.csv"
    with pytest.raises(SystemExit):
        call_command("import_register", str(path), "--kind", "bailiff_register")

    assert json.loads(capsys.readouterr().out)["problems"][0]["code"] == "not_a_bailiff_register"
