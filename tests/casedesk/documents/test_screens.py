"""Screens of papers: lists, one document, its files, templates with a test print, runs, letterhead, names."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from casedesk.documents.actions.print_parts import print_parts
from casedesk.documents.actions.start_print_run import start_print_run
from casedesk.documents.models import DocumentTemplate, Letterhead, NameForms, PrintRun
from tests.casedesk.documents.test_make import letter
from tests.casedesk.documents.test_templates import saying

pytestmark = pytest.mark.django_db


def test_the_list_shows_and_filters(visit, osen, officer, stranger):
    letter(osen, officer, to="Ткаченко Анна")
    letter(osen, officer, to="Кузьмина Ольга")
    page = visit(officer).get("/documents/", {"q": "Ткач"}).content.decode()
    assert "Ткаченко Анна" in page
    assert "Кузьмина Ольга" not in page
    assert "Ткаченко" not in visit(stranger).get("/documents/").content.decode()


def test_a_document_shows_what_it_was_made_from(visit, osen, officer):
    made = letter(osen, officer, urgent=True)
    page = visit(officer).get(made.get_absolute_url()).content.decode()
    for said in ("Письмо № 1/2024", "январь 2024", "отопление", "1\u202f123,45".replace("\u202f", "\u00a0"), "срочное письмо"):
        assert said in page


def test_its_files(visit, osen, officer):
    made = letter(osen, officer)
    pdf = visit(officer).get(f"/documents/{made.pk}/pdf/")
    assert pdf["Content-Type"] == "application/pdf"
    assert "Письмо" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    docx = visit(officer).get(f"/documents/{made.pk}/docx/")
    assert docx.content.startswith(b"PK")
    assert 'filename="2024-000001-test.letter.docx"' in docx["Content-Disposition"]


def test_chosen_documents_become_a_run(visit, osen, officer):
    first, second = letter(osen, officer), letter(osen, officer)
    answer = visit(officer).post("/documents/print/", {"ids": [second.pk, first.pk]})
    run = PrintRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert [line.document_id for line in run.lines.all()] == [first.pk, second.pk]
    assert "Ждёт своей очереди" in visit(officer).get(run.get_absolute_url()).content.decode()


def test_files_of_a_run_are_there_when_it_is_ready(visit, osen, officer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    run = start_print_run(documents=[letter(osen, officer)], title="Письма", by=officer, at=timezone.now())
    assert visit(officer).get(f"/print-runs/{run.pk}/pdf/").status_code == 404
    print_parts(run, lambda *progress: None)
    assert "PDF для печати" in visit(officer).get(run.get_absolute_url()).content.decode()
    for what in ("pdf", "zip", "xlsx"):
        answer = visit(officer).get(f"/print-runs/{run.pk}/{what}/")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)
    assert visit(officer).get(f"/print-runs/{run.pk}/exe/").status_code == 404


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("письмо.docx", saying(text))


def test_a_template_is_uploaded_tried_restored(visit, osen, officer):
    where = f"/templates/{osen.pk}/test.letter/"
    client = visit(officer)
    assert "{{ кому }}" in client.get(where).content.decode()
    refused = client.post(where, {"file": upload("{{ нету }}")}).content.decode()
    assert "Поля «нету» у документа «Письмо» нет" in refused
    tried = client.post(f"{where}trial/", {"file": upload("Проба пера"), "number": ""})
    assert "Проба пера" in PdfReader(io.BytesIO(tried.content)).pages[0].extract_text()
    assert not DocumentTemplate.objects.filter(creditor=osen).exists(), "a trial keeps nothing"
    client.post(where, {"file": upload("Один"), "note": "поправил"})
    client.post(where, {"file": upload("Два")})
    first = DocumentTemplate.objects.get(creditor=osen, version=1)
    client.post(f"/template-files/{first.pk}/restore/")
    first.refresh_from_db()
    assert first.is_active
    client.post(f"{where}reset/")
    assert not DocumentTemplate.objects.filter(creditor=osen, is_active=True).exists()
    assert client.get(f"/template-files/{first.pk}/").content.startswith(b"PK")


def test_a_trial_on_a_real_document(visit, osen, officer):
    letter(osen, officer, to="Ткаченко Анна Ивановна")
    where = f"/templates/{osen.pk}/test.letter/trial/"
    tried = visit(officer).post(where, {"number": "1/2024"})
    assert "Ткаченко Анне Ивановне" in PdfReader(io.BytesIO(tried.content)).pages[0].extract_text()
    answer = visit(officer).post(where, {"number": "9/2024"}, follow=True)
    assert "№ 9/2024 нет" in answer.content.decode()


def test_letterhead(visit, osen, officer):
    visit(officer).post(f"/letterheads/{osen.pk}/", {"full_name": "МУП «Осень»", "signer": "Ким Анна Петровна"})
    assert Letterhead.objects.get(creditor=osen).history.get().history_user == officer
    assert "ОГРН: 13 или 15 цифр" in visit(officer).post(f"/letterheads/{osen.pk}/", {"ogrn": "1"}).content.decode()


def test_a_name_is_put_right(visit, osen, officer):
    client = visit(officer)
    offered = client.get("/names/add/", {"name": "Ковач Иван"}).content.decode()
    assert "Ковача Ивана" in offered
    client.post("/names/add/", {"name": "Ковач Иван", "dative": "Ковач Ивану"})
    assert NameForms.objects.get().forms == {"dative": "Ковач Ивану"}
    assert "Ковач Ивану" in client.get("/names/").content.decode()


def test_the_api_tells_amounts_as_text(visit, osen, officer):
    made = letter(osen, officer)
    found = visit(officer).get(f"/api/documents/{made.pk}/").json()
    assert (found["number"], found["total"], found["data"]["total"]) == ("1/2024", "1123.45", 112_345)
