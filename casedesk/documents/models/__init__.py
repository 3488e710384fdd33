"""Papers and what they are made with. One notion per file; import models from here."""

from casedesk.documents.models.document import Document, NumberSeries
from casedesk.documents.models.letterhead import Letterhead
from casedesk.documents.models.name_forms import NameForms
from casedesk.documents.models.print_run import PrintPart, PrintRun, PrintRunDocument
from casedesk.documents.models.template import DocumentTemplate

__all__ = [
    "Document",
    "DocumentTemplate",
    "Letterhead",
    "NameForms",
    "NumberSeries",
    "PrintPart",
    "PrintRun",
    "PrintRunDocument",
]
