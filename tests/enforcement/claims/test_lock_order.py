"""Everybody takes locks in one order: the creditor's books, cases, claims, writs. Two people never wait for each other.

Each test holds the first lock that a step needs and looks whether the waiting step has taken a later one already.
"""

import contextlib
import threading
import time

import pytest
from django.db import connection, connections, transaction

from casedesk.access.models import Organisation
from casedesk.common.refusals import Refusal
from debtors.models import CaseFile
from enforcement.actions.present_writs import Addressed, present_writ
from enforcement.actions.record_court_event import record_court_event, take_back
from enforcement.models import Claim, Writ
from tests.factories import access, claims

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="rows are locked by PostgreSQL only"),
]


@contextlib.contextmanager
def waiting(step, held):
    """The step runs beside us and waits for the rows that we hold; it goes on to its end when the block is left."""
    faults = []

    def work():
        try:
            step()
        except Exception as fault:  # noqa: BLE001  told to the test
            faults.append(fault)
        finally:
            connections.close_all()

    beside = threading.Thread(target=work)
    with transaction.atomic():
        assert list(held.select_for_update())
        beside.start()
        _until_it_waits(beside)
        yield
    beside.join(30)
    assert not beside.is_alive()
    assert faults == []


def _until_it_waits(beside: threading.Thread) -> None:
    for _ in range(300):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        assert beside.is_alive(), "the step ended without waiting for the rows held"
        time.sleep(0.02)
    raise AssertionError("the step never came to the rows held")


def free(rows) -> bool:
    """Nobody holds these rows: asking for them at once is not refused."""
    return bool(list(rows.select_for_update(nowait=True)))


def in_force(claim, officer, day):
    claim = claims.happen(claim, "order_issued", day, officer, court_case="2-1/2024", **claims.granted(claim))
    claim = claims.happen(claim, "copy_served", day, officer, served="handed")
    return claims.happen(claim, "order_in_force", day.replace(month=4, day=20), officer)


def test_a_writ_that_comes_to_the_ledger_waits_for_the_books_first(filed, officer, day):
    claim, later = in_force(filed, officer, day), day.replace(month=5)

    def issue():
        record_court_event(claim=claim, code="writ_issued", happened_on=later, data={"number": "1"}, by=officer, on=later)

    with waiting(issue, Organisation.objects.filter(pk=claim.creditor_id)):
        assert free(CaseFile.objects.filter(pk=claim.case_file_id))
        assert free(Claim.objects.filter(pk=claim.pk))

    assert Writ.objects.get().number == "1"


@pytest.mark.parametrize("way", ["record", "take_back"])
def test_a_court_event_waits_for_the_case_before_its_claim(filed, officer, day, way):
    event = filed.events.get()

    def step():
        if way == "record":
            claims.happen(filed, "returned", day, officer, why="не тот суд")
        else:
            take_back(claim=filed, event=event, why="не подавали", by=officer, on=day)

    with waiting(step, CaseFile.objects.filter(pk=filed.case_file_id)):
        assert free(Claim.objects.filter(pk=filed.pk))

    assert Claim.objects.get().stage == ("returned" if way == "record" else "prepared")


def test_a_step_on_a_writ_waits_for_its_case_before_the_writ(filed, officer, day):
    claim, later = in_force(filed, officer, day), day.replace(month=5)
    claims.happen(claim, "writ_issued", later, officer, number="1")
    writ, department = Writ.objects.get(), access.department()

    def present():
        present_writ(writ=writ, to=Addressed(department=department), by=officer, on=later)

    with waiting(present, CaseFile.objects.filter(pk=claim.case_file_id)):
        assert free(Writ.objects.filter(pk=writ.pk))

    assert Writ.objects.get().state == "presented"


def test_two_officers_record_and_take_back_over_and_over(filed, officer, day):
    """Someone is told why not; nobody hangs, and no deadlock is broken by the database."""
    ends, start = [], threading.Barrier(2)

    def once(code, data):
        claims.happen(filed, code, day, officer, **data)
        last = filed.events.standing().order_by("pk").last()
        take_back(claim=filed, event=last, why="ошибка", by=officer, on=day)

    def work(code, data):
        try:
            start.wait(10)
            for _ in range(5):
                with contextlib.suppress(Refusal):
                    once(code, data)
            ends.append("ended")
        except Exception as fault:  # noqa: BLE001  told to the test
            ends.append(repr(fault))
        finally:
            connections.close_all()

    ways = [("returned", {"why": "не тот суд"}), ("transferred", {"why": "не тот участок", "court": "Участок № 9"})]
    people = [threading.Thread(target=work, args=way) for way in ways]
    for one in people:
        one.start()
    for one in people:
        one.join(60)

    assert ends == ["ended", "ended"]
