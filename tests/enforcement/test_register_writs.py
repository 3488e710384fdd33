"""Writs of a register: booked once, tied to cases, gone with their booking."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.utils import timezone

from debtors.models import Booking, CaseEvent, CaseFile
from debtors.rules.stages import Stage
from debtors.states.case_file import replay
from enforcement.actions.attach_writs import attach_writs
from enforcement.actions.register_writs import WritRow, register_writs
from enforcement.actions.run_pass import run_pass
from enforcement.models import EnforcementProceeding, Writ
from enforcement.rules.printed import ground, proceeding_status, writ_kind
from tests.factories import cases

DAY = dt.date(2024, 3, 1)


@pytest.fixture
def booking(osen):
    return Booking.objects.create(creditor=osen, kind="import", about="ИД", learnt_at=timezone.now())


@pytest.fixture
def owed(osen):
    return cases.owing(osen, on=DAY)


def row(owed, **changes) -> WritRow:
    parts = {
        "kind": "court_order",
        "number": "2-100/2023",
        "issued_on": dt.date(2023, 5, 11),
        "principal": 3_854_339,
        "penalty": 263_223,
        "duty": 124_478,
    }
    return WritRow(owed.pk, **(parts | changes))


def proceeding(**changes) -> dict:
    return {"proceeding": "36570/23/51034-ИП", "opened_on": dt.date(2023, 9, 13), "bailiff": "Тихомиров Д. А."} | changes


def test_a_writ_with_its_proceeding_is_booked_once(booking, owed):
    rows = [row(owed, **proceeding())]

    first, again = register_writs(booking=booking, rows=rows), register_writs(booking=booking, rows=rows)

    assert (first.writs, first.proceedings, first.known) == (1, 1, 0)
    assert (again.writs, again.proceedings, again.known) == (0, 0, 1)
    assert Writ.objects.get().total == 3_854_339 + 263_223 + 124_478


def test_a_new_proceeding_of_a_known_writ_is_news(booking, owed):
    register_writs(booking=booking, rows=[row(owed, **proceeding())])

    later = register_writs(booking=booking, rows=[row(owed, **proceeding(proceeding="900/24/51034-ИП"))])

    assert (later.writs, later.proceedings) == (0, 1)


def test_many_rows_take_a_fixed_number_of_statements(booking, owed, django_assert_max_num_queries):
    rows = [row(owed, number=f"2-{number}/2023", **proceeding(proceeding=f"{number}/23/51034-ИП")) for number in range(30)]

    with django_assert_max_num_queries(16):
        register_writs(booking=booking, rows=rows)


@pytest.mark.parametrize(
    ("parts", "stage", "action"),
    [
        ({}, Stage.WRIT, "present_writ"),
        (proceeding(), Stage.PROCEEDING, "check_proceeding"),
        (
            proceeding(status="finished", ended_on=dt.date(2024, 2, 1), ground="46.1.4"),
            Stage.RETURNED,
            "present_again",
        ),
        (proceeding(status="finished", ended_on=dt.date(2024, 2, 1), ground="47.1.1"), Stage.OPENED, "prepare_reminder"),
    ],
)
def test_a_case_stands_where_its_writ_stands(osen, booking, owed, parts, stage, action):
    register_writs(booking=booking, rows=[row(owed, **parts)])

    done = run_pass(creditor=osen, on=DAY, by=None)

    case = CaseFile.objects.get()
    assert (done.writs.tied, case.stage, case.next_action) == (1, stage, action)
    standing = replay(CaseEvent.objects.order_by("happened_on", "id"))
    assert (standing.stage, standing.stage_until) == (case.stage, case.stage_until)


def test_terms_come_from_the_norms(osen, booking, owed):
    register_writs(booking=booking, rows=[row(owed)])
    run_pass(creditor=osen, on=DAY, by=None)
    assert CaseFile.objects.get().next_due_on == dt.date(2026, 5, 12), "11 May 2026 is a day off"


def test_a_return_waits_six_months(osen, booking, owed):
    ended = proceeding(status="finished", ended_on=dt.date(2024, 2, 1), ground="46.1.3")
    register_writs(booking=booking, rows=[row(owed, **ended)])
    run_pass(creditor=osen, on=DAY, by=None)
    assert CaseFile.objects.get().next_from == dt.date(2024, 8, 1)


def test_a_second_pass_ties_nothing_more(osen, booking, owed):
    register_writs(booking=booking, rows=[row(owed, **proceeding())])
    run_pass(creditor=osen, on=DAY, by=None)

    again = run_pass(creditor=osen, on=DAY, by=None)

    assert (again.aged, again.writs.tied, again.cases.refreshed.steps) == (0, 0, 0)


def test_undoing_the_booking_takes_the_writ_back(osen, booking, owed):
    register_writs(booking=booking, rows=[row(owed, **proceeding())])
    run_pass(creditor=osen, on=DAY, by=None)
    booking.undone_at = timezone.now()
    booking.save()

    assert attach_writs(creditor=osen, on=DAY, by=None).let_go == 1

    case = CaseFile.objects.get()
    assert (case.stage, case.next_action) == (Stage.OPENED, "prepare_reminder")
    assert not Writ.objects.live().exists() and not EnforcementProceeding.objects.live().exists()


def test_writs_are_seen_by_their_creditor_and_their_department(booking, owed, officer, stranger, bailiff_liaison, bailiffs):
    register_writs(booking=booking, rows=[row(owed, **proceeding(department_id=bailiffs.pk))])

    assert Writ.objects.visible_to(officer).count() == Writ.objects.visible_to(bailiff_liaison).count() == 1
    assert not Writ.objects.visible_to(stranger).exists()


def test_the_command_answers_with_json(owed, capsys):
    call_command("open_cases", "--creditor", "osen", "--on", "2024-03-01", "--dry-run")
    told = json.loads(capsys.readouterr().out)
    call_command("open_cases", "--creditor", "osen", "--on", "2024-03-01")
    done = json.loads(capsys.readouterr().out)

    assert (told["status"], told["opened"], told["opened_amount"]) == ("dry_run", 1, "15000.00")
    assert (done["status"], done["opened"], done["closed"]) == ("applied", 1, 0)


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("Судебный приказ", "2-1/2023", "court_order"),
        ("Исполнительный лист", "ВС 111426597", "execution_writ"),
        ("исп. надпись нотариуса", "77/1", "notary_inscription"),
        ("", "ФС 012345678", "execution_writ"),
        ("", "2-1928/2021", "court_order"),
        ("", "", None),
    ],
)
def test_kinds_as_printed(text, number, kind):
    assert writ_kind(text, number) == kind


@pytest.mark.parametrize(
    ("text", "status"),
    [("на исполнении", "open"), ("окончено", "finished"), ("Прекращено", "terminated"), ("", "open")],
)
def test_states_as_printed(text, status):
    assert proceeding_status(text) == status


@pytest.mark.parametrize(
    ("text", "short"), [("ст. 46 ч. 1 п. 4", "46.1.4"), ("ст.47 ч.1 п.1", "47.1.1"), ("ст. 43", "43"), ("", "")]
)
def test_grounds_as_printed(text, short):
    assert ground(text) == short
