"""Making documents: data that does not fit, totals that do not add up, numbers without gaps."""

import datetime as dt
import io

import pytest
from django.db import connection, transaction
from docx import Document as Docx
from pypdf import PdfReader

from casedesk.documents.actions.make import Draft, make, make_many
from casedesk.documents.kinds import UnknownKind
from casedesk.documents.models import Document, DocumentTemplate, Letterhead, NameForms, NumberSeries
from casedesk.documents.queries.files import docx_of, pdf_of
from casedesk.documents.rules.checks import TotalsDiffer
from casedesk.documents.rules.fields import BadDocumentData, person
from tests.factories.documents import letter_data

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 3, 21)
ABOUT = ("debtors.CaseFile", 1)


def letter(osen, officer, *, on=DAY, **changes) -> Document:
    return make("test.letter", creditor=osen, data=letter_data(**changes), subject=ABOUT, by=officer, on=on)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"sum": 1}, "Поля «sum» у этого документа нет. Есть: to, total"),
        ({"total": None}, "Не заполнено поле «total» (вся сумма)"),
        ({"total": 123.45}, "«123.45» не подходит, нужно целое число копеек"),
        ({"total": True}, "нужно целое число копеек"),
        ({"to": 5}, "«5» не подходит, нужно имя"),
        ({"urgent": "да"}, "нужно да или нет"),
        ({"lines": [{"month": 24_288, "service": "вода"}]}, "Не заполнено поле «lines[1].amount»"),
        ({"lines": [{"month": 24_288, "service": "вода", "amount": 1, "rate": 2}]}, "Поля «lines[1].rate»"),
    ],
)
def test_data_that_does_not_fit_is_refused_by_field(osen, officer, changes, said):
    with pytest.raises(BadDocumentData) as refused:
        letter(osen, officer, **changes)
    assert said in refused.value.message
    assert not NumberSeries.objects.exists(), "no number is spent"


def test_rows_that_do_not_give_the_total_are_refused_with_the_numbers(osen, officer):
    with pytest.raises(TotalsDiffer, match=r"= 1123.45, а «total» = 1123.46, разница -0.01"):
        letter(osen, officer, total=112_346)
    assert not Document.objects.exists()


def test_an_unknown_kind_names_the_known_ones(osen, officer):
    with pytest.raises(UnknownKind, match="test.letter"):
        make("letter", creditor=osen, data={}, subject=ABOUT, by=officer, on=DAY)


def test_numbers_run_within_creditor_and_year(osen, lada, officer, stranger):
    first, second = letter(osen, officer), letter(osen, officer)
    assert [first.full_number, second.full_number] == ["1/2024", "2/2024"]
    assert letter(lada, stranger).full_number == "1/2024"
    assert letter(osen, officer, on=dt.date(2025, 1, 9)).full_number == "1/2025"


def test_a_refused_batch_leaves_no_gap(osen, officer):
    letter(osen, officer)
    drafts = [Draft(letter_data(), ABOUT), Draft(letter_data(total=1), ABOUT)]
    with pytest.raises(TotalsDiffer):
        make_many("test.letter", creditor=osen, drafts=drafts, by=officer, on=DAY)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make_many("test.letter", creditor=osen, drafts=drafts[:1], by=officer, on=DAY)
        raise ZeroDivisionError
    assert letter(osen, officer).number == 2


def test_a_thousand_documents_take_a_fixed_number_of_statements(osen, officer, django_assert_max_num_queries):
    letter(osen, officer)
    drafts = [Draft(letter_data(to=f"Петров Иван {n}"), ("debtors.CaseFile", n)) for n in range(1000)]
    most = 12 if connection.vendor == "postgresql" else 60  # SQLite takes 999 values at a time
    with django_assert_max_num_queries(most):
        made = make_many("test.letter", creditor=osen, drafts=drafts, by=officer, on=DAY)
    assert [one.number for one in made] == list(range(2, 1002))


def test_the_document_keeps_what_it_was_made_from(osen, officer):
    Letterhead.objects.create(creditor=osen, full_name="МУП «Осень»", signer="Ким Анна Петровна", signer_post="Директор")
    made = letter(osen, officer)
    made.refresh_from_db()
    assert made.data["name"] == "МУП «Осень»"
    assert made.data["number"] == "1/2024"
    assert made.data["lines"][1]["amount"] == 100_000
    assert made.totals == {"total": 112_345}
    assert (made.total, made.addressee, made.subject_kind) == (112_345, "Петров Иван Ильич", "debtors.casefile")
    Letterhead.objects.update(full_name="ООО «Осень»")
    assert "МУП «Осень»" in text_of(docx_of(made)), "printed again as it was"


def test_a_corrected_name_goes_before_the_rules(osen, officer):
    NameForms.objects.create(creditor=osen, name="Ковач Иван", dative="Ковачу Ивану-младшему", changed_by=officer)
    assert "Ковачу Ивану-младшему" in text_of(docx_of(letter(osen, officer, to="Ковач Иван")))


def test_docx_and_pdf_say_the_same(osen, officer):
    made = letter(osen, officer, urgent=True, to='ООО "Рога & <копыта>" #1', qr="ST00012|Name=А|Sum=1")
    docx = text_of(docx_of(made))
    pdf = PdfReader(io.BytesIO(pdf_of([made])))
    printed = squeezed("".join(page.extract_text() for page in pdf.pages))
    for said in (
        'ООО "Рога & <копыта>" #1',
        "Письмо № 1/2024 от 21 марта 2024 года",
        "(одна тысяча сто двадцать три рубля 45 копеек)",
        "1 123 руб. 45 коп.",
        "Оплатите сегодня.",
        "январь 2024",
    ):
        assert squeezed(said) in squeezed(docx)
        assert squeezed(said) in printed
    assert len(pdf.pages) == 1


def test_the_shipped_template_has_one_version_until_its_text_changes(osen, officer):
    letter(osen, officer)
    letter(osen, officer)
    assert DocumentTemplate.objects.filter(kind="test.letter").count() == 1


def test_people_are_declined_unless_told_not_to(osen, officer):
    assert "Петрову Ивану Ильичу" in text_of(docx_of(letter(osen, officer)))
    made = letter(osen, officer, to=person("Петров Иван Ильич", declines=False))
    assert "Петрову" not in text_of(docx_of(made))


def text_of(docx: bytes) -> str:
    """All words of a DOCX, cells of tables included."""
    opened = Docx(io.BytesIO(docx))
    cells = (cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def squeezed(text: str) -> str:
    return "".join(text.split())
