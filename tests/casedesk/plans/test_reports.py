"""Frozen reports: what they keep, that nothing changes them, that the next one explains the change to the kopeck."""

import datetime as dt
import io
import threading
import time
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from docx import Document
from openpyxl import load_workbook

from casedesk.access.rights import Role
from casedesk.common import months
from casedesk.common.models import Job
from casedesk.plans import catalogue
from casedesk.plans.actions.freeze_report import PeriodNotOver, freeze_report
from casedesk.plans.actions.load_plan import load_plan
from casedesk.plans.models import Plan, PlanReport, PlanVersion, ReportFile
from casedesk.plans.queries.debt_change import Between, End, accounts_behind, debt_change
from casedesk.plans.queries.plan_data import plan_data
from casedesk.plans.queries.question import Question, Reach
from casedesk.plans.rules.plan_file import read_plan
from casedesk.plans.rules.seal import sealed, sealed_bytes
from casedesk.plans.rules.spans import Span, period_of
from debtors.models import MonthClosing
from tests.factories import access
from tests.factories.ledger import Ledger

MOSCOW = ZoneInfo("Europe/Moscow")
HEATING, WATER = 1, 3


def moment(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(18), MOSCOW)


def freeze(day: str, *, month: str = "2024-02", span=Span.MONTH, code="Z", organisation=None, **more) -> PlanReport:
    """Freeze the report at the end of a day."""
    asked = {"period": period_of(span, months.parse(month)), "by": None, "at": moment(day), "on": dt.date.fromisoformat(day)}
    return freeze_report(plan=Plan.objects.get(code=code), organisation=organisation, **asked | more)


def figures_of(report: PlanReport) -> dict:
    rows = (one for section in report.content["sections"] for row in section["measures"] for one in row["figures"])
    return {one["indicator"]: one for one in rows}


def everything_of(report: PlanReport) -> tuple:
    """The report as it opens now: content, hash, the bytes of every file."""
    found = PlanReport.objects.get(pk=report.pk)
    return found.content, found.sha256, [(file.name, bytes(file.content), file.sha256) for file in found.files.all()]


def a_year_of_facts(town) -> None:
    """Twelve more months, then late facts of February and before."""
    books = Ledger(town.osen)
    for month in range(months.parse("2024-03"), months.parse("2025-03")):
        books.charge(town.debtor, months.iso(month), 90_000, service=HEATING)
        books.pay(town.payer, months.last_day(month).isoformat(), 70_000)
        books.post(months.first_day(month + 1).replace(day=19).isoformat())
    books.pay(town.debtor, "2024-02-15", 33_333, channel="bailiff").charge(town.firm, "2024-01", 5_000, service=WATER)
    books.charge(town.payer, "2023-12", 0, credited=4_321).post("2025-05-05")


@pytest.mark.parametrize(
    ("code", "span", "month", "day"),
    [
        *((code, Span.MONTH, "2024-02", "2024-03-20") for code in "BZPL"),
        ("L", Span.QUARTER, "2024-01", "2024-04-20"),
        ("Z", Span.YEAR, "2023-12", "2024-03-20"),
    ],
)
def test_a_frozen_report_opens_byte_identical_after_a_year_of_facts(
    small_town, supervisor, town_hall, visit, code, span, month, day
):
    report = freeze(day, code=code, span=span, month=month, organisation=town_hall)
    before = everything_of(report)
    page = visit(supervisor).get(report.get_absolute_url()).content
    file = b"".join(visit(supervisor).get(f"/plan-reports/{report.pk}/docx.file").streaming_content)
    a_year_of_facts(small_town)
    assert everything_of(report) == before
    assert sealed(before[0]) == before[1]
    assert all(sealed_bytes(content) == digest for _, content, digest in before[2])
    assert b"".join(visit(supervisor).get(f"/plan-reports/{report.pk}/docx.file").streaming_content) == file
    assert without_tokens(visit(supervisor).get(report.get_absolute_url()).content) == without_tokens(page)


def without_tokens(page: bytes) -> list[bytes]:
    return [line for line in page.splitlines() if b"csrf" not in line.lower() and b"nonce" not in line]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_a_report_waits_for_a_booking_under_way(osen):
    """Learnt before the report's moment, kept after the report was asked for: it is in the figures as in their lists."""
    begun = threading.Event()

    def book() -> None:
        with transaction.atomic():
            books = Ledger(osen)
            books.charge(books.account("777"), "2024-02", 43_210, service=HEATING).post("2024-03-20")
            begun.set()
            time.sleep(1.5)
        connection.close()

    thread = threading.Thread(target=book)
    thread.start()
    assert begun.wait(30)
    report = freeze("2024-03-20")
    thread.join()
    assert figures_of(report)["debt.total"]["value"] == 43_210


def test_the_same_month_frozen_later_differs(small_town):
    """The late payment of 20 February came on 15 April: the next edition has it, and says so."""
    first, second = freeze("2024-03-20"), freeze("2024-04-20")
    assert (first.edition, second.edition) == (1, 2)
    assert figures_of(first)["debt.overdue_water"]["value"] - figures_of(second)["debt.overdue_water"]["value"] == 100_000
    assert second.content["correction"]["lines"] == [
        {"key": "late_paid_bank", "label": "Уточнено за прошлое: оплачено через банк", "amount": -100_000}
    ]


@pytest.mark.parametrize("table", [PlanReport, ReportFile, PlanVersion])
def test_the_database_refuses_a_change(small_town, table):
    freeze("2024-03-20")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        table.objects.update(sha256="0" * 64)


def test_figures_are_those_of_the_plan_page(small_town):
    found = figures_of(freeze("2024-03-20"))
    assert found["debt.total"]["value"] == 440_000 + 80_000 + 600_000 + 250_000
    assert found["debt.overdue_water"]["value"] == 300_000


def test_a_quarter_adds_months_up_and_keeps_each(small_town):
    """Charges of the quarter are the sum of its months; the debt stands on its last day."""
    found = figures_of(freeze("2024-05-01", month="2024-01", span=Span.QUARTER, code="L"))
    assert found["collection.charged"]["months"] == [530_000, 530_000, 0]
    assert found["collection.charged"]["value"] == 1_060_000
    assert found["collection.rate"]["value"] == round(1_380_000 * 10000 / 1_060_000)
    assert found["debt.overdue"]["value"] == found["debt.overdue"]["months"][-1]


def test_the_next_report_starts_from_the_earlier_one(small_town):
    january = freeze("2024-02-20", month="2024-01")
    february = freeze("2024-04-20")
    change = february.content["change"]
    assert february.previous == january
    assert change["opening"] == january.content["change"]["closing"]
    assert change["opening"] + sum(line["amount"] for line in change["lines"]) == change["closing"]
    assert change["closing"] == figures_of(february)["debt.total"]["value"]
    lines = {line["key"]: line["amount"] for line in change["lines"]}
    assert lines["charged"] == 530_000
    assert lines["paid_bailiff"] == -60_000
    assert lines["paid_bank"] == -(320_000 + 900_000 + 100_000)


def test_what_left_the_reach_is_a_line_of_its_own(small_town, town_hall):
    """A flat of another territory takes the debt of both its accounts along; the explanation says so and still adds up."""
    freeze("2024-02-20", month="2024-01", organisation=town_hall)
    premises = small_town.debtor.premises
    premises.house = type(premises.house).objects.create(
        territory=access.territory("ozersk", "Озёрск"), address="ул. Иная, д. 1", address_key="иная 1"
    )
    premises.save()
    change = freeze("2024-03-20", organisation=town_hall).content["change"]
    lines = {line["key"]: line["amount"] for line in change["lines"]}
    assert lines["reach"] == -(400_000 + 200_000)
    assert change["opening"] + sum(lines.values()) == change["closing"]
    assert "unexplained" not in lines


def test_every_line_is_the_total_of_its_accounts(small_town):
    books = Ledger(small_town.osen)
    books.pay(small_town.payer, "2024-01-20", 700_000).post("2024-04-18")
    between = Between(End(dt.date(2024, 1, 31), moment("2024-02-20")), End(dt.date(2024, 2, 29), moment("2024-04-20")), Reach())
    told = debt_change(between)
    assert len(told["lines"]) > 3
    for line in told["lines"]:
        assert sum(fact.amounts[0] for fact in accounts_behind(between, line["key"])) == line["amount"], line


def test_a_report_of_a_creditor_counts_its_own_accounts(small_town):
    both, mine, theirs = (freeze("2024-03-20", organisation=one) for one in (None, small_town.osen, small_town.lada))
    sums = [figures_of(one)["debt.total"]["value"] for one in (both, mine, theirs)]
    assert sums[0] == sums[1] + sums[2]


def test_a_report_says_whose_months_were_not_closed(small_town):
    closed = {"creditor": small_town.osen, "month": months.parse("2024-02"), "closed_at": moment("2024-04-19")}
    MonthClosing.objects.create(**closed, figures={})
    assert freeze("2024-04-20").content["open_months"] == [{"creditor": small_town.lada.name, "months": ["февраль 2024"]}]


def test_a_month_that_goes_on_is_refused(small_town):
    with pytest.raises(PeriodNotOver, match="ещё не закончился: отчёт делают с 01.03.2024"):
        freeze("2024-02-29")
    assert not PlanReport.objects.exists()


def test_a_job_that_runs_twice_makes_one_report(small_town):
    job = Job.objects.create(kind="plans.freeze_report", queued_at=moment("2024-03-20"))
    assert freeze("2024-03-20", job=job) == freeze("2024-03-21", job=job)
    assert PlanReport.objects.count() == 1


def test_a_version_outlives_the_change_of_its_plan(small_town):
    report = freeze("2024-03-20", code="B")
    text = report.version.text
    plan = Plan.objects.get(code="B")
    assert plan_data(plan) == read_plan(text)
    load_plan(data=read_plan(text.replace("700000.00", "900000.00")))
    second = freeze("2024-03-21", code="B")
    assert (report.version.number, second.version.number) == (1, 2)
    assert PlanVersion.objects.get(pk=report.version_id).text == text
    assert freeze("2024-03-22", code="B").version == second.version


def test_the_workbook_and_the_paper_say_what_the_page_says(small_town):
    report = freeze("2024-03-20", code="L")
    book = load_workbook(io.BytesIO(bytes(report.files.get(form="xlsx").content)))
    assert book.sheetnames == ["План", "Изменение долга", "Возраст по группам", "Возраст по ресурсам", "Форма о сборе"]
    told = [row for row in book["Изменение долга"].iter_rows(min_row=7, max_col=2, values_only=True) if row[0]]
    assert told[0] == ("Долг на 31.01.2024", report.content["change"]["opening"] / 100)
    paper = Document(io.BytesIO(bytes(report.files.get(form="docx").content)))
    assert "за февраль 2024" in paper.paragraphs[0].text
    assert report.sha256 in paper.paragraphs[-1].text


def test_the_page_asks_for_a_report_and_the_job_makes_it(small_town, supervisor, town_hall, visit, jobs_run_at_once):
    with jobs_run_at_once():
        answer = visit(supervisor).post(
            "/plans/L/reports/new/", {"span": "month", "month": "2024-02", "organisation": town_hall.pk}
        )
    assert answer.status_code == 302
    report = PlanReport.objects.get()
    assert (report.organisation, report.frozen_by, report.period.name) == (town_hall, supervisor, "февраль 2024")
    page = visit(supervisor).get("/plans/L/reports/").content.decode()
    assert report.get_absolute_url() in page
    shown = visit(supervisor).get(report.get_absolute_url()).content.decode()
    assert "Почему изменился долг" in shown and "не сходятся с отпечатком" not in shown


def test_a_month_to_come_is_told_on_the_form(small_town, supervisor, town_hall, visit):
    form = {"span": "year", "month": "2099-02", "organisation": town_hall.pk}
    assert "ещё не закончился" in visit(supervisor).post("/plans/L/reports/new/", form).content.decode()
    assert "не месяц" in visit(supervisor).post("/plans/L/reports/new/", form | {"month": "зима"}).content.decode()
    assert not Job.objects.exists()


def test_a_line_opens_its_accounts_without_names_for_the_municipality(small_town, supervisor, town_hall, visit):
    report = freeze("2024-03-20", organisation=town_hall)
    shown = visit(supervisor).get(f"/plan-reports/{report.pk}/change/charged/").content.decode()
    assert "5\u202f300,00" in shown and "Щеглова" not in shown
    assert visit(supervisor).get(f"/plan-reports/{report.pk}/change/late_charged/").status_code == 404


def test_a_line_of_a_correction_keeps_to_it(small_town, supervisor, town_hall, visit):
    freeze("2024-03-20", organisation=town_hall)
    second = freeze("2024-04-20", organisation=town_hall)
    address = f"/plan-reports/{second.pk}/change/late_paid_bank/"
    assert visit(supervisor).get(address).status_code == 404
    shown = visit(supervisor).get(f"{address}?of=correction").content.decode()
    assert "\u22121\u202f000,00" in shown and "?export=xlsx&amp;of=correction" in shown


def test_another_organisations_report_is_not_there(small_town, officer, stranger, visit):
    report = freeze("2024-03-20", organisation=small_town.osen)
    assert visit(officer).get(report.get_absolute_url()).status_code == 200
    assert visit(stranger).get(report.get_absolute_url()).status_code == 404
    assert visit(stranger).get(f"/plan-reports/{report.pk}/xlsx.file").status_code == 404
    neighbour = access.person(Role.PLAN_SUPERVISOR, access.municipality("ozersk-adm", territory=access.territory("oz", "Оз")))
    assert visit(neighbour).get(report.get_absolute_url()).status_code == 404


def test_programs_read_the_content(small_town, officer, visit):
    report = freeze("2024-03-20", organisation=small_town.osen)
    assert visit(officer).get(f"/api/plan-reports/{report.pk}/").json()["content"] == report.content
    listed = visit(officer).get("/api/plan-reports/").json()["results"]
    assert [(one["sha256"], "content" in one) for one in listed] == [(report.sha256, False)]


def test_row_l14_counts_who_handed_the_report_in(small_town):
    """Two creditors have accounts here; one freezes its report twice, the municipality its own once."""
    february = Question(months.parse("2024-02"))
    indicator, hall = catalogue.get("reports.handed_in"), access.municipality("hall")
    assert indicator.totals(february) == (0, 2)
    freeze("2024-03-05", code="L", organisation=small_town.osen)
    freeze("2024-03-06", code="L", organisation=small_town.osen)
    freeze("2024-03-06", code="L", organisation=hall)
    assert indicator.totals(february) == (1, 2)
    assert indicator.totals(Question(months.parse("2024-02"), known_at=moment("2024-03-04"))) == (0, 2)
    assert indicator.totals(Question(months.parse("2024-03"))) == (0, 2)
    assert catalogue.total_of(indicator.facts(february), 2) == (1, 2)
