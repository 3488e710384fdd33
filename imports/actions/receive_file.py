"""Take a file from a person or a program and load it in the background: no request waits for a register."""

import datetime as dt
import uuid
from dataclasses import asdict
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from casedesk.access.models import Organisation, User
from casedesk.common.jobs.queue import enqueue
from casedesk.common.models import Job
from imports.actions.follow_up import cases_after
from imports.actions.load_file import import_file
from imports.actions.run_import import Options, Progress

KIND = "imports.load"


def receive_file(*, upload: UploadedFile, creditor: Organisation, by: User, options: Options, dry_run: bool = False) -> Job:
    """Keep the file aside and ask for a job that imports it. The name of the file never reaches the disk."""
    kept = default_storage.save(f"incoming/{uuid.uuid4().hex}", upload)
    return enqueue(
        KIND, by=by, creditor=creditor, kept=kept, name=upload.name, who=by.pk, dry_run=dry_run, options=asdict(options)
    )


def load_kept(
    *,
    kept: str,
    name: str,
    creditor: Organisation,
    by: User,
    at: dt.datetime,
    on: dt.date,
    options: Options,
    dry_run: bool,
    progress: Progress,
) -> dict:
    """Import a file that `receive_file` kept; return its frame. The cases follow when something was booked."""
    path = Path(default_storage.path(kept))
    answer = import_file(
        creditor=creditor,
        path=path,
        by=by,
        at=at,
        on=on,
        options=options,
        dry_run=dry_run,
        name=name,
        progress=progress,
    )
    if answer["status"] == "applied":
        progress(1, 1, "дела")
        cases_after(creditor=creditor, by=by, on=on)
    return answer
