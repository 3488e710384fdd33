"""The payment code of a slip, read back by a decoder from the very page that is printed."""

import io

import pytest
import zxingcpp
from PIL import Image

from casedesk.documents.kinds import find
from casedesk.documents.rendering.batch import Sheet, paper, source_of
from casedesk.documents.rendering.paper import docx_of
from casedesk.documents.rendering.pdf import compile_source
from casedesk.documents.rules.examples import CODE, example


@pytest.mark.parametrize("kind", ["payment_slip", "reminder"])
def test_the_printed_code_is_read_back(kind):
    template = docx_of(find(kind).source_text())
    source, pictures = source_of([Sheet(paper(kind, template, f"q-{kind}"), example(find(kind)), "d1", "№ 1")])
    page = Image.open(io.BytesIO(compile_source(source, pictures, form="png")))
    assert [one.text for one in zxingcpp.read_barcodes(page.convert("L"))] == [CODE]
