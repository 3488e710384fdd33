"""Templates that a lawyer changes in Word: what is refused and why, versions, and that the change is what is printed."""

import io

import pytest
from django.utils import timezone
from docx import Document as Docx
from docx.oxml import OxmlElement
from docx.shared import Pt
from pypdf import PdfReader

from casedesk.documents.actions.make import template_for
from casedesk.documents.actions.shipped_templates import shipped
from casedesk.documents.actions.upload_template import SameTemplate, back_to_shipped, restore_template, upload_template
from casedesk.documents.kinds import find
from casedesk.documents.models import DocumentTemplate
from casedesk.documents.queries.files import docx_of, pdf_of
from casedesk.documents.rendering.docx_parts import NotATemplate, opened
from casedesk.documents.rendering.paper import docx_of as paper_of
from casedesk.documents.rules.merge import BadTemplate, check_template
from tests.casedesk.documents.test_make import letter, squeezed, text_of
from tests.factories.documents import LETTER

pytestmark = pytest.mark.django_db


def changed(change) -> bytes:
    """The shipped letter after somebody worked on it in Word."""
    document = Docx(io.BytesIO(paper_of(LETTER.source_text())))
    change(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def saying(text: str) -> bytes:
    return changed(lambda document: document.add_paragraph(text))


def upload(osen, officer, docx: bytes) -> DocumentTemplate:
    return upload_template(
        kind_code="test.letter", creditor=osen, docx=docx, file_name="a.docx", note="", by=officer, at=timezone.now()
    )


@pytest.mark.parametrize(
    "text, said",
    [
        ("{{ долг }}", "Поля «долг» у документа «Письмо» нет. Есть: "),
        ("{% for r in строки %}{{ r.цена }}{% endfor %}", "Столбца «цена» в таблице «строки» нет. Есть: месяц, услуга, сумма."),
        ("{% for r in кому %}{% endfor %}", "Повторять строки можно только по таблице: строки."),
        ("{{ r.месяц }}", "Точка в «r.месяц»"),
        ("{{ кому|звательный }}", "Формы «звательный» нет. Есть: прописью"),
        ("{{ кому.__class__ }}", "такой строки здесь нет"),
        ("{% set а = 1 %}", "нельзя использовать «assign»"),
        ("{{ кому() }}", "нельзя использовать «call»"),
        ("{{ всего * 1000000 }}", "нельзя использовать «mul»"),
        ("{% include 'x' %}", "нельзя использовать «include»"),
        ("{% if срочно %}", "В поле шаблона ошибка"),
    ],
)
def test_what_a_template_may_not_is_refused_by_name(text, said):
    with pytest.raises(BadTemplate) as refused:
        check_template(opened(saying(text)).texts, LETTER)
    assert said in refused.value.message


@pytest.mark.parametrize(
    "text", ["{{r кому }}", "{{p кому }}", "{% cellbg кому %}", "{%tc for r in строки %}", "{# заметка #}"]
)
def test_forms_that_the_pdf_does_not_know_are_refused(text):
    with pytest.raises(NotATemplate, match="здесь не понимают"):
        opened(saying(text))


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(BadTemplate, match=r"«раз».*«два»"):
        check_template(opened(saying("{{ раз }} {{ два }}")).texts, LETTER)


def test_a_field_in_the_foot_is_checked_too():
    def change(document):
        document.sections[0].footer.paragraphs[0].add_run("{{ страница }}")

    with pytest.raises(BadTemplate, match="«страница»"):
        check_template(opened(changed(change)).texts, LETTER)


def tracked(document):
    document.add_paragraph("было")._p.append(OxmlElement("w:ins"))


def two_sections(document):
    document.add_section()


@pytest.mark.parametrize("change, said", [(tracked, "несохранённые исправления"), (two_sections, "несколько разделов")])
def test_what_the_pdf_would_lose_is_refused(change, said):
    with pytest.raises(NotATemplate, match=said):
        opened(changed(change))


@pytest.mark.parametrize("docx", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_not_a_docx_is_refused(docx):
    with pytest.raises(NotATemplate, match="Это не документ Word"):
        opened(docx)


def test_what_was_changed_is_what_is_printed(osen, officer):
    def change(document):
        document.paragraphs[0].insert_paragraph_before("Добавил юрист: {{ кому|родительный }}").runs[0].bold = True
        document.add_paragraph("Второй пункт", style="List Number")
        document.add_table(1, 2).rows[0].cells[1].text = "в новой таблице {{ номер }}"
        document.add_paragraph().add_run("крупно").font.size = Pt(20)

    upload(osen, officer, changed(change))
    made = letter(osen, officer)
    assert made.template.creditor == osen
    printed = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of([made]))).pages))
    for said in ("Добавил юрист: Петрова Ивана Ильича", "Второй пункт", "в новой таблице 1/2024", "крупно"):
        assert squeezed(said) in printed
        assert said in text_of(docx_of(made))


def test_an_older_document_keeps_its_version(osen, officer):
    before = letter(osen, officer)
    upload(osen, officer, saying("Новое"))
    assert "Новое" not in text_of(docx_of(before))
    assert "Новое" in text_of(docx_of(letter(osen, officer)))


def test_versions_restore_and_back_to_the_shipped_one(osen, lada, officer):
    first, second = upload(osen, officer, saying("Один")), upload(osen, officer, saying("Два"))
    assert (first.version, second.version) == (1, 2)
    assert template_for(LETTER, osen) == second
    restore_template(template=first, by=officer)
    assert template_for(LETTER, osen) == first
    assert template_for(LETTER, lada) == shipped(LETTER), "another creditor is not touched"
    back_to_shipped(kind_code="test.letter", creditor=osen, by=officer)
    assert template_for(LETTER, osen) == shipped(LETTER)
    assert first.history.count() == 4, "made, retired, restored, retired"


def test_the_same_file_twice_is_refused(osen, officer):
    docx = saying("Один")
    upload(osen, officer, docx)
    with pytest.raises(SameTemplate, match="версия 1"):
        upload(osen, officer, docx)


def test_a_new_shipped_text_is_a_new_version(monkeypatch):
    one = shipped(LETTER)
    monkeypatch.setattr(type(LETTER), "source_text", lambda kind: "# Письмо № {{ номер }}\n")
    two = shipped(find("test.letter"))
    assert (one.version, two.version) == (1, 2)
    assert DocumentTemplate.objects.filter(kind="test.letter", is_active=True).get() == two
