"""Documents as files: DOCX by the merged template, PDF by typst, from the kept data."""

from collections.abc import Iterable, Sequence

from casedesk.documents.kinds import find
from casedesk.documents.models import Document, DocumentTemplate
from casedesk.documents.rendering.batch import Sheet, paper, source_of
from casedesk.documents.rendering.docx_file import merged
from casedesk.documents.rendering.pdf import compile_source


def docx_of(document: Document) -> bytes:
    """The document as its template's DOCX."""
    return merged(bytes(document.template.docx), find(document.kind), document.data)


def pdf_of(documents: Sequence[Document], *, both_sides: bool = False) -> bytes:
    """The documents as one PDF, each on a new sheet with a bookmark. One query for the templates."""
    source, pictures = typst_of(documents, both_sides=both_sides)
    return compile_source(source, pictures)


def typst_of(documents: Sequence[Document], *, both_sides: bool = False) -> tuple[str, dict[str, bytes]]:
    """The typst source of the documents and the pictures beside it."""
    return source_of(sheets(documents), both_sides=both_sides)


def sheets(documents: Iterable[Document]) -> list[Sheet]:
    """Documents with their templates, ready for paper."""
    listed = list(documents)
    templates = DocumentTemplate.objects.in_bulk({one.template_id for one in listed})
    papers = {key: paper(one.kind, bytes(one.docx), one.paper_key) for key, one in templates.items()}
    return [Sheet(papers[one.template_id], one.data, f"d{one.pk}", bookmark(one)) for one in listed]


def bookmark(document: Document) -> str:
    """How a document is called in the list of bookmarks of a PDF."""
    return f"№ {document.full_number} {document.addressee}".strip()
