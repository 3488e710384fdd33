"""The merged DOCX: the template of the lawyer with the data of one document in it."""

import io
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from casedesk.documents.kinds import DocumentKind
from casedesk.documents.rendering import qr
from casedesk.documents.rules.merge import Qr, environment, values


def merged(template: bytes, kind: DocumentKind, data: dict[str, Any]) -> bytes:
    """One document as DOCX. `template` and `data` have been checked."""
    opened = DocxTemplate(io.BytesIO(template))
    shown = values(kind.all_fields, data)
    for word, value in shown.items():
        if isinstance(value, Qr):
            shown[word] = InlineImage(opened, io.BytesIO(qr.png(value.text)), width=Mm(qr.SIDE_MM)) if value else ""
    env = environment(autoescape=True)
    opened.render(shown, jinja_env=env, autoescape=True)
    made = io.BytesIO()
    opened.save(made)
    return made.getvalue()
