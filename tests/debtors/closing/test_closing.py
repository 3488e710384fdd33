"""Closing a month: what stands in the way, what is kept, and opening again by two people."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from casedesk.access.rights import Role
from casedesk.common import months
from casedesk.common.refusals import NotAllowed
from debtors.actions.close_month import (
    MonthAlreadyClosed,
    NoReason,
    NotClosed,
    RemarksUnanswered,
    ask_reopening,
    close_month,
    keep_closed,
    reopen_month,
)
from debtors.models import MonthClosing
from debtors.queries.closing import late_facts, readiness
from debtors.queries.ledger_faults import faults
from tests.debtors.ledger.conftest import *  # noqa: F403  the books
from tests.debtors.ledger.conftest import noon
from tests.factories import access, reconciliation

MAY = months.parse("2024-05")
ON = dt.date(2024, 6, 5)


@pytest.fixture
def posted(books):
    books.charge("2024-04", 900).charge("2024-05", 500).post("2024-06-02")
    return books


@pytest.fixture
def people(books):
    return access.person(Role.LEGAL_OFFICER, books.creditor), access.person(Role.REGISTER_CLERK, books.creditor)


@pytest.fixture
def closed(posted, people) -> MonthClosing:
    return close_month(creditor=posted.creditor, month=MAY, by=people[0], at=noon(ON), on=ON)


def codes(creditor, month: int = MAY) -> list[str]:
    return [remark.code for remark in readiness(creditor, month).remarks]


def test_a_month_with_everything_is_closed_without_a_word(closed):
    assert (closed.remarks, closed.note, closed.figures["total"]) == ([], "", "14.00")


def test_missing_bills_are_listed_and_ask_for_a_word(posted, people):
    june = MAY + 1
    assert codes(posted.creditor, june) == ["no_bills"]

    with pytest.raises(RemarksUnanswered, match="нет ни одного начисления"):
        close_month(creditor=posted.creditor, month=june, by=people[0], at=noon(ON), on=dt.date(2024, 7, 2))
    closing = close_month(
        creditor=posted.creditor, month=june, by=people[0], at=noon(ON), on=dt.date(2024, 7, 2), note="начислений не было"
    )

    assert len(closing.remarks) == 1 and closing.note == "начислений не было"


def test_a_service_that_was_billed_before_is_missed(posted):
    posted.charge("2024-04", 100, service=3).post("2024-06-03")
    assert codes(posted.creditor) == ["bills_missing"]


def test_a_department_that_has_not_reconciled_is_listed(posted, people):
    department = access.department("osp-9")
    reconciliation.with_bailiffs(posted.creditor, department)
    assert codes(posted.creditor, months.parse("2024-04")).count("unreconciled") == 1
    one = reconciliation.sent(posted.creditor, department)

    said = [remark.said for remark in readiness(posted.creditor, one.month).remarks if remark.code == "unreconciled"]
    assert len(said) == 1 and "не подписана" in said[0]
    reconciliation.signed(reconciliation.answered(one), by=people[0])
    assert "unreconciled" not in codes(posted.creditor, one.month)


def test_only_those_with_the_right_close(posted):
    auditor = access.person(Role.AUDITOR, posted.creditor)
    with pytest.raises(NotAllowed):
        close_month(creditor=posted.creditor, month=MAY, by=auditor, at=noon(ON), on=ON)


def test_a_closed_month_is_opened_by_another_person_with_a_reason(closed, people):
    lawyer, clerk = people
    with pytest.raises(NotClosed, match="никто не просил"):
        reopen_month(closing=closed, by=clerk, at=noon(ON))
    with pytest.raises(NoReason):
        ask_reopening(closing=closed, reason="  ", by=lawyer, at=noon(ON))
    ask_reopening(closing=closed, reason="не та ведомость", by=lawyer, at=noon(ON))
    with pytest.raises(NotAllowed, match="двух лиц"):
        reopen_month(closing=closed, by=lawyer, at=noon(ON))

    opened = reopen_month(closing=closed, by=clerk, at=noon(ON))

    assert (opened.reopened_by, opened.reopening_reason, opened.figures) == (clerk, "не та ведомость", closed.figures)
    again = close_month(creditor=closed.creditor, month=MAY, by=lawyer, at=noon(dt.date(2024, 6, 7)), on=dt.date(2024, 6, 7))
    assert list(MonthClosing.objects.standing()) == [again]
    assert not any(faults(dt.date(2024, 6, 30)).values())


def test_the_database_itself_asks_for_a_second_person_and_a_reason(closed, people):
    lawyer = people[0]
    for wrong in (
        {"reopened_at": noon(ON), "reopened_by": lawyer},
        {"reopening_asked_at": noon(ON), "reopening_asked_by": lawyer, "reopening_reason": ""},
        {
            "reopening_asked_at": noon(ON),
            "reopening_asked_by": lawyer,
            "reopening_reason": "так",
            "reopened_at": noon(ON),
            "reopened_by": lawyer,
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthClosing.objects.filter(pk=closed.pk).update(**wrong)


def test_the_request_may_be_turned_down(closed, people):
    lawyer, clerk = people
    ask_reopening(closing=closed, reason="ошибка", by=lawyer, at=noon(ON))
    with pytest.raises(NotClosed, match="уже просит"):
        ask_reopening(closing=closed, reason="и я", by=clerk, at=noon(ON))

    keep_closed(closing=closed, by=clerk)

    closed.refresh_from_db()
    assert closed.is_standing and closed.reopening_asked_at is None
    assert [one.reopening_reason for one in closed.history.order_by("history_id")] == ["", "ошибка", ""]


def test_late_facts_show_beside_the_kept_figures(closed, books):
    books.charge("2024-03", 1000).post("2024-06-20")

    gaps = {line.name: line.gap for line in late_facts(closed)}

    assert gaps["Основной долг"] == 1000
    with pytest.raises(MonthAlreadyClosed):
        close_month(creditor=books.creditor, month=MAY, by=None, at=noon(dt.date(2024, 6, 21)), on=dt.date(2024, 6, 21))


def test_the_screens_close_and_open(posted, people, visit):
    lawyer, clerk = people
    at = f"/months/{posted.creditor.pk}/{MAY}/"
    client = visit(lawyer)
    assert "открыт" in client.get("/months/").content.decode()
    assert "Закрыть май 2024" in client.get(at).content.decode()

    client.post(f"{at}close/")
    closing = MonthClosing.objects.get()
    assert "При закрытии" in client.get(at).content.decode()
    client.post(f"/closings/{closing.pk}/ask/", {"reason": "ошибка"})
    mine = client.get(at).content.decode()
    assert "Отозвать просьбу" in mine and "Открыть месяц" not in mine
    other = visit(clerk)
    assert "Открыть месяц" in other.get(at).content.decode()
    other.post(f"/closings/{closing.pk}/reopen/")

    assert "открыт снова" in other.get(at).content.decode()


def test_a_month_that_is_not_over_has_no_page(posted, people, visit):
    this = months.of(timezone.localdate())
    assert visit(people[0]).get(f"/months/{posted.creditor.pk}/{this}/").status_code == 404


def test_the_command_says_what_it_did(posted, capsys):
    call_command("close_month", "2024-05", "--check")
    call_command("close_month", "2024-05")
    with pytest.raises(SystemExit):
        call_command("close_month", "2024-05")

    check, done, again = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (check["status"], check["remarks"]) == ("ready", [])
    assert (done["status"], done["figures"]["total"]) == ("closed", "14.00")
    assert (again["status"], again["code"]) == ("refused", "month_already_closed")


def test_the_api_closes_and_reopens(posted, people, visit):
    lawyer, clerk = people
    asked = {"creditor": posted.creditor.code, "month": "2024-05"}
    made = visit(lawyer).post("/api/closed-months/", asked, content_type="application/json")
    assert (made.status_code, made.json()["figures"]["total"]) == (201, "14.00")
    at = f"/api/closed-months/{made.json()['id']}/"
    again = visit(lawyer).post("/api/closed-months/", asked, content_type="application/json")
    assert again.status_code == 409
    assert visit(lawyer).post(f"{at}ask-reopening/", {"reason": "ошибка"}, content_type="application/json").status_code == 200
    assert visit(lawyer).post(f"{at}reopen/").status_code == 403
    assert visit(clerk).post(f"{at}reopen/").json()["reopened_at"]
