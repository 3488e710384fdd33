"""Ask for a print run: which documents, in which order."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import Draft, make_many
from casedesk.documents.models import Document, PrintRun, PrintRunDocument

MOST = 20_000
JOB = "documents.print"


class NothingToPrint(Refusal):
    """No documents, too many, or those of several creditors: a run belongs to one."""

    code = "nothing_to_print"


@transaction.atomic
def start_print_run(
    *, documents: Sequence[Document], title: str, by: User, at: dt.datetime, both_sides: bool = False
) -> PrintRun:
    """A run over the documents in the given order; its job starts when the transaction commits. Raises NothingToPrint."""
    run = lay_out_run(documents=documents, title=title, by=by, at=at, both_sides=both_sides)
    run.job = enqueue(JOB, by=by, creditor=run.creditor, run=run.pk)
    run.save(update_fields=["job"])
    return run


@transaction.atomic
def lay_out_run(*, documents: Sequence[Document], title: str, by: User, at: dt.datetime, both_sides: bool = False) -> PrintRun:
    """A run that nobody prints yet: for a job that sets it itself (`print_parts`). Raises NothingToPrint."""
    creditors = {document.creditor_id for document in documents}
    if len(creditors) != 1 or len(documents) > MOST:
        raise NothingToPrint(
            f"В пачке {len(documents)} документов, взыскателей: {len(creditors)}. "
            f"Нужно от 1 до {MOST} документов одного взыскателя: сузьте список."
        )
    run = PrintRun.objects.create(
        creditor_id=creditors.pop(), title=title[:200], count=len(documents), both_sides=both_sides, made_by=by, made_at=at
    )
    lines = (PrintRunDocument(run=run, document=document, position=place) for place, document in enumerate(documents))
    PrintRunDocument.objects.bulk_create(lines, 1_000)
    return run


@transaction.atomic
def make_and_print(
    kind_code: str,
    *,
    creditor: Organisation,
    drafts: Iterable[Draft],
    title: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
    both_sides: bool = False,
) -> PrintRun:
    """Make the documents and ask for their run in one transaction: numbers are never spent on a run that is not there."""
    made = make_many(kind_code, creditor=creditor, drafts=drafts, by=by, on=on)
    return start_print_run(documents=made, title=title, by=by, at=at, both_sides=both_sides)
