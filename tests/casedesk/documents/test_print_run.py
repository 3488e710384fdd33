"""Print runs: one PDF, a ZIP and a register; killed in the middle and run again, no letter twice and none missing."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from django.utils import timezone
from pypdf import PdfReader

from casedesk.common.models import Job
from casedesk.documents.actions import print_parts as printing
from casedesk.documents.actions.make import Draft, make_many
from casedesk.documents.actions.print_parts import print_parts
from casedesk.documents.actions.start_print_run import NothingToPrint, make_and_print, start_print_run
from casedesk.documents.models import Document, PrintRun
from tests.casedesk.documents.test_make import ABOUT, letter
from tests.factories.documents import letter_data

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(printing, "PART", 4)


def drafts(count: int) -> list[Draft]:
    return [Draft(letter_data(to=f"Адресат {n}", amounts=[100_00 + n] * (80 if n == 1 else 2)), ABOUT) for n in range(count)]


def run_of(osen, officer, count: int = 10, **options) -> PrintRun:
    made = make_many("test.letter", creditor=osen, drafts=drafts(count), by=officer, on=DAY)
    return start_print_run(documents=made, title="Письма", by=officer, at=timezone.now(), **options)


def quiet(done: int, total: int, message: str) -> None:
    """Progress that nobody watches."""


def numbers_printed(run: PrintRun) -> list[str]:
    """Outgoing numbers in the order of the pages, from the words of the pages."""
    pages = [page.extract_text() for page in PdfReader(run.pdf.open()).pages]
    return [text.split("Письмо № ")[1].split()[0] for text in pages if "Письмо № " in text]


def test_one_pdf_a_zip_and_a_register(osen, officer):
    run = print_parts(run_of(osen, officer), quiet)
    assert numbers_printed(run) == [f"{n}/2024" for n in range(1, 11)]
    reader = PdfReader(run.pdf.open())
    assert [mark.title for mark in reader.outline][:2] == ["№ 1/2024 Адресат 0", "№ 2/2024 Адресат 1"]
    assert run.pages == len(reader.pages) > 10, "a long table takes a second page"
    packed = zipfile.ZipFile(run.archive.open())
    names = [f"2024-{n:06d}-test.letter.pdf" for n in range(1, 11)]
    assert packed.namelist() == ["register.xlsx", *names]
    assert "Письмо № 3/2024" in PdfReader(io.BytesIO(packed.read(names[2]))).pages[0].extract_text()
    rows = list(openpyxl.load_workbook(run.register.open()).active.iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in rows] == [f"{n}/2024" for n in range(1, 11)]
    assert sum(row[8] for row in rows) == run.pages
    assert not run.parts.exists()


def test_the_head_of_a_long_table_is_repeated(osen, officer):
    run = print_parts(run_of(osen, officer, 2), quiet)
    text = [page.extract_text() for page in PdfReader(run.pdf.open()).pages]
    assert "Письмо № 2/2024" in text[1]
    assert "Письмо" not in text[2]
    assert "Услуга" in text[2]


def test_both_sides_begin_on_the_front_of_a_sheet(osen, officer):
    run = print_parts(run_of(osen, officer, 3, both_sides=True), quiet)
    text = [page.extract_text() for page in PdfReader(run.pdf.open()).pages]
    fronts = [at for at, page in enumerate(text) if "Письмо № " in page]
    assert all(at % 2 == 0 for at in fronts)


def test_killed_in_the_middle_it_goes_on_where_it_stopped(osen, officer, monkeypatch):
    run = run_of(osen, officer)
    keep, kept = printing._keep, []

    def die_after_one(one, number, part):
        if kept:
            raise KeyboardInterrupt
        keep(one, number, part)
        kept.append(number)

    monkeypatch.setattr(printing, "_keep", die_after_one)
    with pytest.raises(KeyboardInterrupt):
        print_parts(run, quiet)
    assert [part.number for part in run.parts.all()] == [0]
    set_again = []
    monkeypatch.setattr(printing, "_keep", lambda one, number, part: (set_again.append(number), keep(one, number, part)))
    run = print_parts(PrintRun.objects.get(pk=run.pk), quiet)
    assert set_again == [1, 2], "the written part is not set again"
    assert numbers_printed(run) == [f"{n}/2024" for n in range(1, 11)]


def test_a_ready_run_is_left_alone(osen, officer, monkeypatch):
    run = print_parts(run_of(osen, officer, 2), quiet)
    monkeypatch.setattr(printing, "_set", None)
    assert print_parts(run, quiet).state == PrintRun.State.READY


def test_a_part_that_lost_a_letter_is_not_kept(osen, officer, monkeypatch):
    run = run_of(osen, officer, 2)
    whole = printing.typst_of
    monkeypatch.setattr(printing, "typst_of", lambda documents, **options: whole(documents[:1], **options))
    with pytest.raises(printing.LettersLost, match="2 documents went in, 1 came out"):
        print_parts(run, quiet)
    assert not run.parts.exists()


def test_nothing_and_two_creditors_are_refused(osen, lada, officer, stranger):
    with pytest.raises(NothingToPrint, match="0 документов"):
        start_print_run(documents=[], title="", by=officer, at=timezone.now())
    with pytest.raises(NothingToPrint, match="взыскателей: 2"):
        both = [letter(osen, officer), letter(lada, stranger)]
        start_print_run(documents=both, title="", by=officer, at=timezone.now())


def test_made_and_printed_by_the_job(osen, officer, jobs_run_at_once):
    asked = {"title": "Письма", "by": officer, "on": DAY, "at": timezone.now()}
    with jobs_run_at_once():
        run = make_and_print("test.letter", creditor=osen, drafts=drafts(5), **asked)
    run.refresh_from_db()
    job = Job.objects.get(pk=run.job_id)
    assert (job.state, job.done, job.result["url"]) == (Job.State.DONE, 5, run.get_absolute_url())
    assert run.state == PrintRun.State.READY
    assert Document.objects.count() == 5
