"""Row Z2b: a creditor's debts of a month as a package, sent by the fifth, read back and held against the books."""

import csv
import datetime as dt
import io
import json
import zipfile

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from casedesk.access.rights import Role
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.common.models import Job
from casedesk.plans import catalogue
from casedesk.plans.actions.make_debt_package import (
    NoSuchPackage,
    PackageNotReady,
    ask_for_debt_package,
    build_debt_package,
    send_debt_package,
)
from casedesk.plans.actions.read_debt_package import ForeignPackage, read_debt_package
from casedesk.plans.documents.debt_package import schema
from casedesk.plans.documents.debt_package_read import WrongPackage, read_package
from casedesk.plans.models import DebtDifference, DebtPackage, DebtReading
from casedesk.plans.queries.debt_rows import debt_rows
from casedesk.plans.queries.question import Question
from casedesk.plans.rules.debt_rows import totals
from casedesk.plans.rules.seal import sealed_bytes
from debtors.queries.ageing import age
from tests.casedesk.plans.test_reports import HEATING, moment
from tests.factories import access, writs
from tests.factories.ledger import Ledger

FEBRUARY = months.parse("2024-02")
TODAY = dt.date(2024, 3, 20)


@pytest.fixture(autouse=True)
def kept_elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def made(town, whom, *, day: str = "2024-03-20", month: int = FEBRUARY) -> DebtPackage:
    on = dt.date.fromisoformat(day)
    package = ask_for_debt_package(creditor=town.osen, recipient=whom, month=month, by=None, at=moment(day), on=on)
    build_debt_package(package=package)
    return package


def bytes_of(package: DebtPackage) -> bytes:
    with package.stored.open("rb") as file:
        return file.read()


def changed(content: bytes, name: str, change) -> bytes:
    """The archive with one file changed, as somebody would do it by hand."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    files[name] = change(files[name])
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for one, kept in files.items():
            if kept is not None:
                archive.writestr(one, kept)
    return found.getvalue()


def read(content: bytes, person, *, day: str = "2024-04-20") -> DebtReading:
    return read_debt_package(content=content, file_name="p.zip", scope=scope_of(person), by=person, at=moment(day))


def send(package: DebtPackage, day: str, **more) -> None:
    on = dt.date.fromisoformat(day)
    asked = {"how": "письмо № 5", "sent_on": on, "by": None, "at": moment(day), "on": on}
    send_debt_package(package=package, **asked | more)


def test_the_control_totals_are_those_of_the_ageing(small_town, town_hall):
    package = made(small_town, town_hall)
    accounts = small_town.debtor.creditor.accounts.all()
    figures = age(accounts, as_of=package.as_of, known_on=package.known_at).figures
    assert (package.totals["debt"], package.totals["overdue"]) == (figures.total, figures.overdue)
    assert package.totals["debt_before"] == age(accounts, as_of=dt.date(2024, 1, 31), known_on=package.known_at).figures.total
    assert {name: package.totals[name] for name in figures.buckets} == figures.buckets


def test_the_archive_says_what_is_in_it_by_the_schema(small_town, town_hall):
    with zipfile.ZipFile(io.BytesIO(bytes_of(made(small_town, town_hall)))) as archive:
        index = json.loads(archive.read("index.json"))
        assert json.loads(archive.read("schema.json")) == schema()
        rows = list(csv.DictReader(io.StringIO(archive.read("debts.csv").decode()), delimiter=";"))
        table = load_workbook(io.BytesIO(archive.read("debts.xlsx"))).active
    jsonschema.Draft202012Validator(schema()).validate(index)
    firm = next(row for row in rows if row["account"] == "102")
    assert (firm["resource"], firm["category"], firm["debt"], firm["debt_before"]) == (
        "water",
        "legal_entity",
        "6000.00",
        "12000.00",
    )
    assert (firm["not_yet_due"], firm["1-3"]) == ("3000.00", "3000.00")
    assert index["by_resource"]["water"]["debt"] == "6000.00"
    assert table.max_row == len(rows) + 3


def test_a_package_names_nobody(small_town, town_hall):
    content = bytes_of(made(small_town, town_hall))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        said = "".join(archive.read(name).decode(errors="ignore") for name in ("index.json", "debts.csv"))
    assert "Щеглова" not in said and "Копылов" not in said and "ул. Мира, д. 1" in said


def test_the_same_package_built_twice_gives_the_same_rows(small_town, town_hall):
    package = made(small_town, town_hall)
    Ledger(small_town.osen).pay(small_town.debtor, "2024-02-11", 10_000).post("2024-06-01")
    rows = debt_rows(package.creditor, package.recipient, package.month, package.known_at)
    assert totals(rows) == package.totals


def test_a_package_read_back_reconciles(small_town, town_hall, supervisor):
    """Held against what was known when it was made: a late fact does not set it against itself."""
    package = made(small_town, town_hall)
    Ledger(small_town.osen).pay(small_town.debtor, "2024-02-11", 10_000).post("2024-06-01")
    reading = read(bytes_of(package), supervisor, day="2024-06-20")
    assert reading.agrees and reading.package == package
    assert reading.theirs == reading.ours == package.totals
    assert read(bytes_of(package), supervisor, day="2024-07-01") == reading


def test_a_package_of_another_program_is_held_against_what_is_known_now(small_town, town_hall, supervisor):
    """The payment of 20 February was learnt on 15 April: the package of March does not have it, the books of June do."""
    package = made(small_town, town_hall)
    content = bytes_of(package)
    DebtPackage.objects.all().delete()
    reading = read(content, supervisor, day="2024-06-20")
    assert reading.package is None
    (one,) = reading.differences.all()
    assert (one.account, one.resource, one.kind, one.by) == ("102", "water", "other_sum", 100_000)
    assert reading.theirs["debt"] - reading.ours["debt"] == sum(reading.differences.values_list("by", flat=True))


def test_an_account_that_only_one_side_has_is_a_difference(small_town, town_hall, supervisor):
    content = bytes_of(made(small_town, town_hall))
    DebtPackage.objects.all().delete()
    books = Ledger(small_town.osen)
    books.charge(books.account("777"), "2024-02", 50_000, service=HEATING).post("2024-06-01")
    reading = read(content, supervisor, day="2024-06-20")
    kinds = dict(reading.differences.values_list("account", "kind"))
    assert kinds == {"102": "other_sum", "777": "only_here"}


def test_a_later_edition_has_what_was_learnt_since(small_town, town_hall):
    first, second = made(small_town, town_hall), made(small_town, town_hall, day="2024-04-20")
    assert (first.edition, second.edition) == (1, 2)
    assert first.totals["debt"] - second.totals["debt"] == 100_000


SPOILT = [
    ("index.json", lambda kept: kept.replace(b'"debt": "', b'"debt": "1'), "Контрольный итог не сходится"),
    ("index.json", lambda kept: kept.replace(b'"version": 1', b'"version": 2'), "не по схеме, место «version»"),
    ("index.json", lambda kept: b"{", "не читается как JSON"),
    ("debts.csv", lambda kept: kept.replace(b"6000.00", b"5000.00"), "отпечаток не тот"),
    ("debts.csv", lambda kept: None, "нет файла debts.csv"),
]


@pytest.mark.parametrize(("name", "change", "said"), SPOILT, ids=["totals", "schema", "json", "rows", "missing"])
def test_a_spoilt_package_is_refused_in_words(small_town, town_hall, supervisor, name, change, said):
    content = changed(bytes_of(made(small_town, town_hall)), name, change)
    with pytest.raises(WrongPackage, match=said):
        read(content, supervisor)
    assert not DebtReading.objects.exists()


ROWS = [
    (lambda text: text.replace("6000.00", "6000", 1), "не сумма вида"),
    (lambda text: text.replace("6000.00", "6000.01", 1), "долг не равен сумме возрастов"),
    (lambda text: text.replace(";water;", ";oil;", 1), "не из списка"),
    (lambda text: text.replace(";water;;", ";water;", 1), "полей"),
    (lambda text: text + text.splitlines(keepends=True)[1], "уже были в строке 2"),
    (lambda text: text.replace("account;", "number;", 1), "в первой строке должны быть столбцы"),
    (lambda text: "".join(text.splitlines(keepends=True)[:-1]), "Контрольный итог не сходится"),
]


@pytest.mark.parametrize(("change", "said"), ROWS, ids=["amount", "sum", "resource", "fields", "twice", "head", "cut"])
def test_a_row_that_is_wrong_is_named(small_town, town_hall, change, said):
    """Even when somebody seals the changed rows anew."""
    content = bytes_of(made(small_town, town_hall))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        listed, index = change(archive.read("debts.csv").decode()).encode(), json.loads(archive.read("index.json"))
    index["rows"]["sha256"] = sealed_bytes(listed)
    content = changed(changed(content, "debts.csv", lambda _: listed), "index.json", lambda _: json.dumps(index).encode())
    with pytest.raises(WrongPackage, match=said):
        read_package(content)


def test_something_else_is_no_package(supervisor):
    with pytest.raises(WrongPackage, match="не открывается как ZIP"):
        read(b"PK nothing", supervisor)


def test_our_own_package_that_was_tampered_with_is_refused(small_town, town_hall, supervisor):
    """All totals made to agree again: the key is ours, the bytes are not."""
    content = changed(bytes_of(made(small_town, town_hall)), "debts.xlsx", lambda kept: b"something else")
    with pytest.raises(ForeignPackage, match="его меняли"):
        read(content, supervisor)


def test_a_package_between_others_is_not_read(small_town, town_hall, stranger):
    content = bytes_of(made(small_town, town_hall))
    neighbour = access.person(Role.PLAN_SUPERVISOR, access.municipality("oz-adm", territory=access.territory("oz", "Оз")))
    for person in (stranger, neighbour):
        with pytest.raises(ForeignPackage, match="вы не от той"):
            read(content, person)


def test_a_department_gets_the_accounts_whose_writs_it_holds(osen, bailiffs, small_town):
    writ = writs.executing(osen, account="9005")
    department = writ.proceedings.get().department
    month = months.of(writ.proceedings.get().opened_on)
    known = moment("2025-06-01")
    Ledger(osen).charge(writ.account, months.iso(month), 70_000, service=HEATING).post("2025-05-01")
    rows = debt_rows(osen, department, month, known)
    assert {row.account for row in rows} == {"9005"}
    assert rows[0].writs == writ.number
    assert debt_rows(osen, department, month - 24, known) == []


def test_a_month_that_goes_on_or_a_wrong_side_is_refused(small_town, town_hall):
    with pytest.raises(NoSuchPackage, match="пакет собирают с 01.03.2024"):
        made(small_town, town_hall, day="2024-02-29")
    with pytest.raises(NoSuchPackage, match="Выберите других"):
        made(small_town, small_town.lada)


def test_a_package_is_sent_once_on_a_day_that_can_be(small_town, town_hall):
    package = ask_for_debt_package(
        creditor=small_town.osen, recipient=town_hall, month=FEBRUARY, by=None, at=moment("2024-03-04"), on=TODAY
    )
    with pytest.raises(PackageNotReady, match="ещё собирается"):
        send(package, "2024-03-04")
    build_debt_package(package=package)
    for day in ("2024-02-29", "2024-03-06"):
        with pytest.raises(PackageNotReady, match="не подходит"):
            send(package, "2024-03-05", sent_on=dt.date.fromisoformat(day))
    send(package, "2024-03-05")
    with pytest.raises(PackageNotReady, match="уже отправлен"):
        send(package, "2024-03-06")


@pytest.mark.parametrize(("day", "share"), [("2024-03-05", 5000), ("2024-03-06", 0)])
def test_z2b_counts_who_sent_by_the_fifth(small_town, town_hall, day, share):
    """Two creditors have accounts here; one sent its package."""
    send(made(small_town, town_hall, day="2024-03-04"), day)
    indicator = catalogue.get("exchange.on_time")
    now, before = Question(FEBRUARY), Question(FEBRUARY, known_at=moment("2024-03-04"))
    assert indicator.value(now) == share
    assert indicator.value(before) == 0
    assert catalogue.total_of(indicator.facts(now), 2) == indicator.totals(now)


def test_a_package_for_bailiffs_does_not_count(small_town, bailiffs):
    send(made(small_town, bailiffs, day="2024-03-04"), "2024-03-05")
    assert catalogue.get("exchange.on_time").value(Question(FEBRUARY)) == 0


def test_the_number_of_queries_does_not_grow_with_the_rows(small_town, town_hall):
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            debt_rows(small_town.osen, town_hall, FEBRUARY, moment("2024-06-20"))
        return len(context)

    few = queries()
    books = Ledger(small_town.osen)
    for number in range(200, 230):
        books.charge(books.account(str(number)), "2024-01", 70_000, service=HEATING)
    books.post("2024-05-01")
    assert queries() == few <= 18


def test_the_screen_makes_sends_and_reads_a_package(small_town, town_hall, officer, supervisor, visit, jobs_run_at_once):
    asked = {"creditor": small_town.osen.pk, "recipient": town_hall.pk, "month": "2024-02"}
    with jobs_run_at_once():
        answer = visit(officer).post("/debt-packages/new/", asked)
    package = DebtPackage.objects.get()
    assert answer.url == package.get_absolute_url() and package.sha256
    assert visit(supervisor).get(answer.url).status_code == 404, "not sent yet"
    page = visit(officer).get(answer.url).content.decode()
    assert "Контрольные итоги" in page and "не отправлен" in page
    visit(officer).post(f"{answer.url}send/", {"sent_on": "2024-03-05", "how": "письмо № 5"})
    shown = visit(supervisor).get(answer.url).content.decode()
    assert "отправлен 05.03.2024" in shown and "Отметить отправку" not in shown
    content = b"".join(visit(supervisor).get(f"{answer.url}archive/").streaming_content)
    with jobs_run_at_once():
        visit(supervisor).post("/debt-readings/new/", {"file": SimpleUploadedFile("p.zip", content)})
    reading = DebtReading.objects.get()
    assert reading.agrees and reading.read_by == supervisor
    assert "Пакет сошёлся с учётом" in visit(supervisor).get(reading.get_absolute_url()).content.decode()
    assert "сошёлся" in visit(officer).get(package.get_absolute_url()).content.decode()


def test_a_wrong_file_is_told_by_its_job(supervisor, visit, jobs_run_at_once):
    with jobs_run_at_once():
        visit(supervisor).post("/debt-readings/new/", {"file": SimpleUploadedFile("p.zip", b"not a zip")})
    assert "не открывается как ZIP" in Job.objects.get().error


def test_differences_are_listed(small_town, town_hall, supervisor, visit):
    content = bytes_of(made(small_town, town_hall))
    DebtPackage.objects.all().delete()
    reading = read(content, supervisor, day="2024-06-20")
    page = visit(supervisor).get(reading.get_absolute_url()).content.decode()
    assert "другая сумма" in page and "1\u202f000,00" in page
    assert DebtDifference.objects.visible_to(supervisor).count() == 1


def test_only_the_creditors_people_make_and_send(small_town, town_hall, officer, stranger, supervisor, visit):
    package = made(small_town, town_hall)
    address = package.get_absolute_url()
    asked = {"creditor": small_town.osen.pk, "recipient": town_hall.pk, "month": "2024-02"}
    for person in (stranger, supervisor):
        assert visit(person).get(address).status_code == 404
        assert visit(person).post("/debt-packages/new/", asked).status_code == 200, "not one of the form's choices"
    send(package, "2024-03-20")
    assert visit(supervisor).post(f"{address}send/", {"sent_on": "2024-03-05", "how": "я"}).status_code == 404
    assert DebtPackage.objects.count() == 1


def test_programs_make_fetch_and_send(small_town, town_hall, officer, stranger, visit, jobs_run_at_once):
    asked = {"creditor": "osen", "recipient": town_hall.code, "month": "2024-02"}
    with jobs_run_at_once():
        answer = visit(officer).post("/api/debt-packages/", asked, content_type="application/json")
    assert answer.status_code == 201
    pk = answer.json()["id"]
    one = visit(officer).get(f"/api/debt-packages/{pk}/").json()
    assert one["totals"]["debt"] and one["month"] == "2024-02"
    content = b"".join(visit(officer).get(f"/api/debt-packages/{pk}/archive/").streaming_content)
    assert read_package(content).totals["rows"] == one["totals"]["rows"]
    sent = {"sent_on": "2024-03-05", "how": "ЭДО"}
    done = visit(officer).post(f"/api/debt-packages/{pk}/send/", sent, content_type="application/json")
    assert done.json()["sent_on"] == "2024-03-05"
    again = visit(officer).post(f"/api/debt-packages/{pk}/send/", sent, content_type="application/json")
    assert again.status_code == 409 and "уже отправлен" in str(again.json())
    assert visit(stranger).get(f"/api/debt-packages/{pk}/").status_code == 404
    assert visit(stranger).post("/api/debt-packages/", asked, content_type="application/json").status_code == 404
    wrong = visit(officer).post("/api/debt-packages/", asked | {"month": "весна"}, content_type="application/json")
    assert wrong.status_code == 400


def test_programs_read_differences(small_town, town_hall, supervisor, visit):
    content = bytes_of(made(small_town, town_hall))
    DebtPackage.objects.all().delete()
    reading = read(content, supervisor, day="2024-06-20")
    (one,) = visit(supervisor).get(f"/api/debt-readings/{reading.pk}/differences/").json()["results"]
    assert (one["account"], one["by"]) == ("102", "1000.00")
