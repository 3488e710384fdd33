"""Frozen reports on a commission's work: meetings, decisions and what was carried out, money; nothing changes them later."""

import datetime as dt
import io

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from casedesk.access.rights import Role
from casedesk.commission.actions.carry_out import carry_out
from casedesk.commission.actions.hold_meeting import fail_meeting
from casedesk.commission.models import Decision
from casedesk.common import months
from casedesk.common.models import Job
from casedesk.plans.actions.freeze_commission_report import freeze_commission_report
from casedesk.plans.actions.freeze_report import PeriodNotOver
from casedesk.plans.models import CommissionReport, CommissionReportFile
from casedesk.plans.queries.commission_content import Asked, commission_content
from casedesk.plans.rules.seal import sealed
from casedesk.plans.rules.spans import Span, period_of
from tests.casedesk.commission.test_indicators import pay
from tests.casedesk.plans.test_reports import moment, without_tokens
from tests.factories import access, cases, commissions
from tests.factories.ledger import Ledger

DAY = commissions.DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(town_hall):
    return commissions.commission(town_hall)


def freeze(room, day: str = "2024-04-03", *, month: str = "2024-03", span=Span.MONTH, **more) -> CommissionReport:
    asked = {"period": period_of(span, months.parse(month)), "by": None, "at": moment(day), "on": dt.date.fromisoformat(day)}
    return freeze_commission_report(commission=room, **asked | more)


def owing(osen, room, number: str):
    """A case with real charges behind it, of the commission's town."""
    account = cases.billed(osen, number, on=DAY, holder="Щеглова Вера Ивановна")
    osen.territory = room.municipality.territory
    osen.save()
    return account, cases.case_of(account, DAY)


def test_meetings_count_once_both_have_signed(room, osen):
    """A held and signed meeting, a failed one, and one whose minutes wait for the second signature."""
    commissions.signed(room, commissions.case(osen), commissions.case(osen, "8002"))
    failed = commissions.attended(commissions.called(room, commissions.case(osen, "8003")), away=("member", "deputy"))
    fail_meeting(meeting=failed, why="нет кворума", by=commissions.user(room, "secretary"), on=DAY)
    commissions.closed(room, commissions.case(osen, "8004"))

    content = freeze(room).content

    assert [(one["held"], one["heard"], one["decisions"]) for one in content["meetings"]] == [(True, 2, 2), (False, 0, 0)]
    named = {name: content["totals"][name] for name in ("planned", "held", "failed", "heard", "cases", "decisions")}
    assert named == {"planned": 3, "held": 1, "failed": 1, "heard": 2, "cases": 2, "decisions": 2}
    assert content["meetings"][1]["why"] == "нет кворума"


def test_decisions_by_kind_and_how_their_tasks_ended(room, osen, officer):
    """Two agreements due in April: one reported in time, one never; May counts nothing that was due in April."""
    commissions.signed(room, commissions.case(osen), commissions.case(osen, "8002"))
    done = Decision.objects.order_by("pk").first()
    carry_out(decision=done, note="соглашение", by=officer, on=DAY)

    march, april = freeze(room).content, freeze(room, "2024-05-03", month="2024-04").content

    (one,) = march["decisions"]
    assert (one["label"], one["adopted"], one["due"]) == ("предложить соглашение о рассрочке", 2, 0)
    (one,) = april["decisions"]
    assert {name: one[name] for name in ("adopted", "due", "in_time", "late", "not_done")} == {
        "adopted": 0,
        "due": 2,
        "in_time": 1,
        "late": 0,
        "not_done": 1,
    }
    assert april["totals"]["not_done"] == 1


def test_a_task_carried_out_after_its_day_is_late_and_open_before(room, osen, officer):
    commissions.signed(room, commissions.case(osen))
    decision = Decision.objects.get()
    carry_out(decision=decision, note="позже", by=officer, on=dt.date(2024, 5, 20))

    april, quarter = freeze(room, "2024-06-03", month="2024-04"), freeze(room, "2024-07-03", month="2024-04", span=Span.QUARTER)

    assert (april.content["decisions"][0]["not_done"], april.content["totals"]["not_done"]) == (1, 1)
    assert (quarter.content["decisions"][0]["late"], quarter.content["totals"]["not_done"]) == (1, 0)


def test_the_effect_in_roubles_is_that_of_the_books(room, osen):
    """Paid after the meeting until the report's last day; a payment learnt after the report is not in it."""
    account, case = owing(osen, room, "8101")
    commissions.signed(room, case)
    pay(account, 150_000, dt.date(2024, 4, 10))

    report = freeze(room, "2024-07-03", month="2024-04", span=Span.QUARTER)
    before = report.content["effect"][1]
    assert (before["from"], before["to"], before["until"]) == ("2024-01-01", "2024-03-31", "2024-06-30")
    assert (before["cases"], before["paying"], before["paid"]) == (1, 1, 150_000)
    assert before["decided"] + before["change"] == before["now"]

    pay(account, 70_000, dt.date(2024, 7, 20))
    assert commission_content(Asked(room, report.period, report.known_at))["effect"] == report.content["effect"]


def test_a_late_payment_changes_nothing_known_before(room, osen):
    """Paid on 10 April, learnt in August: the report as known in July does not have it, asked whenever."""
    account, case = owing(osen, room, "8102")
    commissions.signed(room, case)
    report = freeze(room, "2024-07-03", month="2024-04", span=Span.QUARTER)
    Ledger(osen).pay(account, "2024-04-10", 99_000).post("2024-08-01")

    again = commission_content(Asked(room, report.period, report.known_at))
    assert again["effect"] == report.content["effect"]
    assert freeze(room, "2024-08-03", month="2024-04", span=Span.QUARTER).content["effect"][1]["paid"] == 99_000


def test_a_frozen_report_opens_byte_identical_after_later_work(room, osen, officer, visit):
    commissions.signed(room, commissions.case(osen))
    report, reader = freeze(room), commissions.user(room, "secretary")
    files = [bytes(file.content) for file in report.files.all()]
    page = visit(reader).get(report.get_absolute_url()).content
    carry_out(decision=Decision.objects.get(), note="готово", by=officer, on=dt.date(2024, 4, 5))
    commissions.signed(room, commissions.case(osen, "8002"), on=dt.date(2024, 3, 28))

    found = CommissionReport.objects.get(pk=report.pk)
    assert sealed(found.content) == found.sha256 == report.sha256
    assert [bytes(file.content) for file in found.files.all()] == files
    assert without_tokens(visit(reader).get(report.get_absolute_url()).content) == without_tokens(page)
    second = freeze(room, "2024-04-20")
    assert (second.edition, second.content["totals"]["held"], report.content["totals"]["held"]) == (2, 2, 1)


@pytest.mark.parametrize("table", [CommissionReport, CommissionReportFile])
def test_the_database_refuses_a_change(room, table):
    freeze(room)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        table.objects.update(sha256="0" * 64)


def test_a_period_that_goes_on_is_refused(room):
    with pytest.raises(PeriodNotOver, match="отчёт делают с 01.04.2024"):
        freeze(room, "2024-03-31")


def test_an_idle_commission_gets_zeros(room):
    content = freeze(room).content
    assert set(content["totals"].values()) == {0} and content["meetings"] == content["decisions"] == []


def test_a_report_names_nobody(room, osen):
    commissions.signed(room, commissions.case(osen))
    assert "Щеглов" not in str(freeze(room).content)


def test_the_workbook_and_the_paper_say_what_the_page_says(room, osen):
    commissions.signed(room, commissions.case(osen))
    report = freeze(room)
    book = load_workbook(io.BytesIO(bytes(report.files.get(form="xlsx").content)))
    assert book.sheetnames == ["Итоги", "Заседания", "Решения и их исполнение", "Что дали решения"]
    rows = list(book["Решения и их исполнение"].iter_rows(min_row=7, values_only=True))
    assert rows[0][:2] == ("Предложить соглашение о рассрочке", 1) and rows[-1][:2] == ("Всего", 1)
    paper = Document(io.BytesIO(bytes(report.files.get(form="docx").content)))
    assert "за март 2024" in paper.paragraphs[0].text and report.sha256 in paper.paragraphs[-1].text


def test_the_number_of_queries_is_fixed(room, osen):
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            commission_content(Asked(room, period_of(Span.MONTH, months.parse("2024-03")), moment("2024-05-01")))
        return len(context)

    commissions.signed(room, commissions.case(osen))
    few = queries()
    commissions.signed(room, *(commissions.case(osen, f"83{number:02d}") for number in range(6)))
    assert queries() == few <= 25


def test_the_page_asks_for_a_report_and_the_job_makes_it(room, visit, jobs_run_at_once):
    secretary = commissions.user(room, "secretary")
    with jobs_run_at_once():
        form = {"span": "month", "month": "2024-03", "commission": room.pk}
        assert visit(secretary).post("/commission-reports/new/", form).status_code == 302
    report = CommissionReport.objects.get()
    assert (report.frozen_by, report.job) == (secretary, Job.objects.get())
    assert "март 2024" in visit(secretary).get("/commission-reports/").content.decode()
    shown = visit(secretary).get(report.get_absolute_url()).content.decode()
    assert "Решения и их исполнение" in shown and "не сходятся с отпечатком" not in shown
    bad = visit(secretary).post("/commission-reports/new/", form | {"month": "2099-01"}).content.decode()
    assert "ещё не закончился" in bad


def test_who_reads_it(room, osen, officer, supervisor, visit):
    """The municipality and the members; not a creditor, whose neighbours' debts are in it, nor another town."""
    report = freeze(room)
    address, other = report.get_absolute_url(), access.municipality("oz-adm", territory=access.territory("oz", "Оз"))
    neighbour = access.person(Role.COMMISSION_SECRETARY, other, username="neighbour")
    for person in (supervisor, commissions.user(room, "member"), commissions.user(room, "secretary")):
        assert visit(person).get(address).status_code == 200
    for person in (officer, neighbour):
        assert visit(person).get(address).status_code == 404
        assert visit(person).get(f"{address}xlsx.file").status_code == 404
        assert visit(person).get("/api/commission-reports/").json()["results"] == []
    assert visit(supervisor).get("/commission-reports/new/").status_code == 403
    assert visit(supervisor).get(f"/api/commission-reports/{report.pk}/").json()["content"] == report.content
