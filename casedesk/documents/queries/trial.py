"""Test prints: a template, kept or just chosen, with the data of a real document or with made-up data. Nothing is written."""

import hashlib
import re
from typing import Any

from casedesk.access.models import Organisation
from casedesk.common.refusals import Refusal
from casedesk.documents.kinds import DocumentKind
from casedesk.documents.models import Document
from casedesk.documents.rendering.batch import Sheet, paper, source_of
from casedesk.documents.rendering.pdf import compile_source
from casedesk.documents.rules.examples import example

NUMBER = re.compile(r"^(\d+)/(\d{4})$")


class NoSuchDocument(Refusal):
    """There is no document of this kind with the number."""

    code = "no_such_document"


def trial_pdf(kind: DocumentKind, docx: bytes, data: dict[str, Any]) -> bytes:
    """One document as PDF. `docx` has been checked. Raises TypstFailed."""
    name = f"x{hashlib.sha256(docx).hexdigest()[:16]}"
    source, pictures = source_of([Sheet(paper(kind.code, docx, name), data, "trial", "Проба")])
    return compile_source(source, pictures)


def trial_data(kind: DocumentKind, creditor: Organisation, number: str = "") -> dict[str, Any]:
    """The data of the creditor's document with this number (`15/2024`), else of its newest, else made up.

    Fields that the kind has got since are empty. Raises NoSuchDocument.
    """
    found = Document.objects.filter(kind=kind.code, creditor=creditor)
    if number.strip():
        named = NUMBER.match(number.strip())
        one = found.filter(number=int(named[1]), year=int(named[2])).first() if named else None
        if one is None:
            raise NoSuchDocument(f"Документа «{kind.title}» № {number} нет. Номер пишется как на бумаге: 15/2024.")
        return _whole(kind, one.data)
    newest = found.order_by("-pk").first()
    return _whole(kind, newest.data) if newest else example(kind)


def _whole(kind: DocumentKind, data: dict[str, Any]) -> dict[str, Any]:
    return {field.name: None for field in kind.all_fields} | data
