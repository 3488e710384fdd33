"""Minutes on paper: the signed document, or the draft as it stands."""

import datetime as dt

from casedesk.access.models import User
from casedesk.commission.documents.compose import compose_minutes
from casedesk.commission.documents.kinds import MINUTES
from casedesk.commission.models import Meeting
from casedesk.documents.actions.make import own_fields, template_for
from casedesk.documents.models import Document
from casedesk.documents.queries.files import pdf_of
from casedesk.documents.rules.fields import checked


def minutes_pdf(meeting: Meeting, *, by: User, on: dt.date) -> bytes:
    """The paper of the meeting's minutes."""
    minutes = meeting.minutes
    if minutes.document_id:
        return pdf_of([Document.objects.get(pk=minutes.document_id)])
    hall = meeting.commission.municipality
    data = checked(MINUTES.fields, compose_minutes(minutes.content, sha256=minutes.sha256)) | own_fields(hall, by, on)
    data |= {"number": "проект", "day": on.isoformat()}
    template = template_for(MINUTES, hall)
    return pdf_of(
        [Document(kind=MINUTES.code, creditor=hall, template=template, data=data, year=on.year, number=0, made_on=on)]
    )
