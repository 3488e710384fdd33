"""The act of a reconciliation as PDF: a signed one is a numbered document, a draft is only shown."""

import datetime as dt

from casedesk.access.models import User
from casedesk.documents.actions.make import make, own_fields, template_for
from casedesk.documents.models import Document
from casedesk.documents.queries.files import pdf_of
from casedesk.documents.rules.fields import checked
from enforcement.documents.reconciliation_act import RECONCILIATION_ACT, compose
from enforcement.models import Reconciliation
from enforcement.queries.reconciliation_act import act_of

SUBJECT = "enforcement.reconciliation"


def act_document(*, reconciliation: Reconciliation, by: User, on: dt.date) -> Document:
    """The numbered document of a signed act: made the first time, the same one ever after."""
    known = Document.objects.filter(
        kind=RECONCILIATION_ACT.code, subject_kind=SUBJECT, subject_id=reconciliation.pk, creditor=reconciliation.creditor_id
    )
    found = known.first()
    if found:
        return found
    data = compose(reconciliation.act, reconciliation.sha256)
    subject = (SUBJECT, reconciliation.pk)
    return make(RECONCILIATION_ACT.code, creditor=reconciliation.creditor, data=data, subject=subject, by=by, on=on)


def draft_document(*, reconciliation: Reconciliation, by: User, on: dt.date) -> Document:
    """The act as it stands now, without a number and not kept."""
    one = reconciliation
    data = checked(RECONCILIATION_ACT.fields, compose(act_of(one))) | own_fields(one.creditor, by, on)
    data |= {"number": "проект", "day": on.isoformat()}
    template = template_for(RECONCILIATION_ACT, one.creditor)
    return Document(
        kind=RECONCILIATION_ACT.code, creditor=one.creditor, template=template, data=data, year=on.year, number=0, made_on=on
    )


def act_pdf(*, reconciliation: Reconciliation, by: User, on: dt.date) -> bytes:
    """The paper: of the kept document once both sides have signed, else of the draft."""
    made = act_document if reconciliation.is_signed else draft_document
    return pdf_of([made(reconciliation=reconciliation, by=by, on=on)])
