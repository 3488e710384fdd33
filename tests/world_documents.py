"""Papers among the things that have an address (see `tests/world.py`)."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.documents.actions.make import make
from casedesk.documents.actions.start_print_run import start_print_run
from casedesk.documents.models import Document, DocumentTemplate, NameForms
from enforcement.actions.complain import complain
from tests.factories import cases, claims, documents, writs

DAY = dt.date(2024, 3, 21)


def a_document(creditor: Organisation, officer: User) -> dict:
    data = documents.letter_data()
    made = make("test.letter", creditor=creditor, data=data, subject=("access.Organisation", 1), by=officer, on=DAY)
    return {"pk": made.pk}


def a_print_run(creditor: Organisation, officer: User) -> dict:
    document = Document.objects.get(pk=a_document(creditor, officer)["pk"])
    run = start_print_run(documents=[document], title="Письма", by=officer, at=timezone.now())
    return {"pk": run.pk, "what": "pdf"}


def a_kind_of_paper(creditor: Organisation, officer: User) -> dict:
    return {"pk": creditor.pk, "code": "reminder"}


def a_template(creditor: Organisation, officer: User) -> dict:
    made = DocumentTemplate(kind="test.letter", creditor=creditor, version=1, docx=b"", uploaded_at=timezone.now())
    made.save()
    return {"pk": made.pk}


def a_letterhead(creditor: Organisation, officer: User) -> dict:
    return {"pk": creditor.pk}


def a_name(creditor: Organisation, officer: User) -> dict:
    return {"pk": NameForms.objects.create(creditor=creditor, name="Ковач Иван", changed_by=officer).pk}


def a_claim_paper(creditor: Organisation, officer: User) -> dict:
    owed = cases.billed(creditor, "9601", on=DAY)
    claims.identified(owed)
    return {"pk": claims.claim_of(owed, officer, DAY).pk}


def a_complaint_paper(creditor: Organisation, officer: User) -> dict:
    running = writs.executing(creditor, account="9607")
    return {"pk": complain(writ=running, kind="proceeding", about="", by=officer, on=writs.RETURNED).pk}


DOCUMENT_OBJECTS: dict[str, Callable[[Organisation, User], dict]] = {
    "documents": a_document,
    "print-runs": a_print_run,
    "templates": a_kind_of_paper,
    "template-files": a_template,
    "letterheads": a_letterhead,
    "names": a_name,
    "claim-papers": a_claim_paper,
    "complaint-papers": a_complaint_paper,
    "api/documents": a_document,
}
