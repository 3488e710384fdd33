"""Keep an uploaded reply and ask for it to be taken in the background; ask for our side to be taken again."""

import datetime as dt
import uuid

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casedesk.access.models import User
from casedesk.common.jobs.queue import enqueue
from casedesk.common.models import Job
from casedesk.common.refusals import Refusal
from enforcement.actions.reconciliation_locked import locked
from enforcement.models import Reconciliation

LARGEST = 20 * 2**20
"""Bytes: some 100 000 rows."""
TAKE, REFRESH = "reconciliation.take_reply", "reconciliation.refresh"


class ReplyTooLarge(Refusal):
    """The file is larger than a reply can be."""

    code = "too_large"


@transaction.atomic
def receive_reply(*, reconciliation: Reconciliation, upload: UploadedFile, reply_on: dt.date, by: User, on: dt.date) -> Job:
    """Store the file and queue its reading. Raises ReplyTooLarge, NotAllowed."""
    one = locked(reconciliation, "answer", on)
    if upload.size > LARGEST:
        raise ReplyTooLarge(f"Файл «{upload.name}» больше {LARGEST // 2**20} МБ: это не ответ одного отдела.", size=upload.size)
    kept = default_storage.save(f"replies/{uuid.uuid4().hex}", upload)
    return _queue(one, TAKE, by, kept=kept, name=upload.name[:150], reply_on=reply_on.isoformat())


@transaction.atomic
def request_refresh(*, reconciliation: Reconciliation, by: User, on: dt.date) -> Job:
    """Queue taking our side again. Raises NotAllowed."""
    return _queue(locked(reconciliation, "refresh", on), REFRESH, by)


def _queue(one: Reconciliation, kind: str, by: User, **args) -> Job:
    one.job = enqueue(kind, by=by, creditor=one.creditor, reconciliation=one.pk, **args)
    one.save(update_fields=["job"])
    return one.job
