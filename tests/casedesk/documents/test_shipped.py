"""Every shipped template: it names only what its kind declares, and prints on A4 what its data say."""

import io
import re

import pytest
from pypdf import PdfReader

from casedesk.documents.kinds import all_kinds, find
from casedesk.documents.rendering.batch import Sheet, paper, source_of
from casedesk.documents.rendering.docx_file import merged
from casedesk.documents.rendering.docx_parts import opened
from casedesk.documents.rendering.paper import docx_of
from casedesk.documents.rendering.pdf import compile_source
from casedesk.documents.rules.examples import example
from casedesk.documents.rules.merge import check_template
from tests.casedesk.documents.test_make import squeezed, text_of

SHIPPED = [
    "reminder",
    "pre_trial_notice",
    "debt_statement",
    "payment_slip",
    "court_order_application",
    "claim_statement",
    "bailiff_application",
    "travel_ban_petition",
    "inaction_complaint",
    "writ_calculation",
    "direct_payment_notice",
]


def test_all_are_there():
    assert set(SHIPPED) <= {kind.code for kind in all_kinds()}


@pytest.mark.parametrize("code", SHIPPED)
def test_names_only_declared_fields(code):
    kind = find(code)
    assert "взыскатель" in check_template(opened(docx_of(kind.source_text())).texts, kind)


@pytest.mark.parametrize("code", SHIPPED)
def test_prints_the_same_in_both_forms(code):
    kind = find(code)
    template, data = docx_of(kind.source_text()), example(kind)
    source, pictures = source_of([Sheet(paper(code, template, f"s-{code}"), data, "d1", "№ 1")])
    pdf = PdfReader(io.BytesIO(compile_source(source, pictures)))
    width, height = (round(float(side)) for side in pdf.pages[0].mediabox[2:])
    assert (width, height) == (595, 842)
    printed = squeezed("".join(page.extract_text() for page in pdf.pages))
    for paragraph in text_of(merged(template, kind, data)).splitlines():
        assert squeezed(paragraph) in printed


@pytest.mark.parametrize("code", SHIPPED)
def test_no_width_of_a_column_is_printed(code):
    tables = opened(docx_of(find(code).source_text())).template.docx.tables

    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]

    assert [text for text in cells if re.match(r">?\d+(\.\d+)? ", text)] == []


def test_a_notice_without_a_code_prints_its_signature():
    kind = find("pre_trial_notice")
    data = example(kind) | {"qr": None}
    source, beside = source_of([Sheet(paper(kind.code, docx_of(kind.source_text()), "s"), data, "d1", "№ 1")])

    pages = PdfReader(io.BytesIO(compile_source(source, beside))).pages

    text = squeezed(" ".join(page.extract_text() for page in pages))
    assert squeezed("Директор") in text and squeezed("приложении любого банка") not in text
