"""Any file through its own door: bank statements and bailiffs' files are told by their content, the rest are registers."""

import datetime as dt
from pathlib import Path

from django.utils import timezone

from casedesk.access.models import Organisation, User
from imports.actions import import_paper, run_import, take_statement
from imports.actions.run_import import NotBookable, Options, Progress
from imports.actions.tie_registers import tie_registers
from imports.models import ImportBatch
from imports.statements.intake import is_statement

Status = ImportBatch.Status
PLAIN = Options()


def import_file(
    *,
    creditor: Organisation,
    path: Path,
    by: User | None,
    at: dt.datetime,
    on: dt.date,
    options: Options = PLAIN,
    dry_run: bool = False,
    name: str | None = None,
    progress: Progress | None = None,
) -> dict:
    """Read, check and book one file of any kind; return its frame. Registers and statement lines find each other after it."""
    batch = run_import.new_batch(creditor=creditor, path=path, name=name, by=by, at=at, options=options)
    if is_statement(path):
        answer = take_statement.import_statement(
            batch=batch, path=path, by=by, at=at, on=on, options=options, dry_run=dry_run, progress=progress
        )
    elif (answer := _paper(batch, path, by=by, at=at, on=on, options=options, dry_run=dry_run)) is None:
        answer = run_import.import_file(
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
    if answer["status"] == Status.APPLIED and answer["kind"] in ("payments", take_statement.KIND):
        tie_registers(creditor=creditor, at=at)
    return answer


def _paper(
    batch: ImportBatch, path: Path, *, by: User | None, at: dt.datetime, on: dt.date, options: Options, dry_run: bool
) -> dict | None:
    """The frame of a bailiffs' or a court's file; None for anything else."""
    try:
        paper = import_paper.paper_of(path, kind=options.kind, name=batch.file_name)
        if paper is None:
            return None
        return import_paper.import_paper(
            batch=batch, paper=paper, path=path, by=by, at=at, on=on, options=options, dry_run=dry_run
        )
    except NotBookable as refusal:
        return import_paper.refused(batch, refusal)


def preview(*, batch: ImportBatch, at: dt.datetime, options: Options, progress: Progress | None = None) -> ImportBatch:
    """Read a stored file of any kind and keep what a person should see before anything is booked."""
    if is_statement(Path(batch.stored.path)):
        return take_statement.preview_statement(batch=batch, at=at, progress=progress)
    try:
        paper = import_paper.paper_of(Path(batch.stored.path), kind=options.kind, name=batch.file_name)
    except NotBookable as refusal:
        return import_paper.refuse_preview(batch, refusal)
    if paper is not None:
        return import_paper.preview_paper(batch=batch, paper=paper, at=at, options=options)
    return run_import.preview(batch=batch, at=at, options=options, progress=progress)


def apply(
    *,
    batch: ImportBatch,
    by: User | None,
    at: dt.datetime,
    on: dt.date,
    options: Options,
    progress: Progress | None = None,
) -> ImportBatch:
    """Book a previewed batch of any kind."""
    if batch.kind == take_statement.KIND:
        batch = take_statement.apply_statement(batch=batch, by=by, at=at, on=on, options=options, progress=progress)
    elif batch.kind in import_paper.KINDS:
        batch = import_paper.apply_paper(batch=batch, by=by, at=at, on=on, options=options)
    else:
        batch = run_import.apply(batch=batch, by=by, at=at, on=on, options=options)
    if batch.status == Status.APPLIED and batch.kind in ("payments", take_statement.KIND):
        tie_registers(creditor=batch.creditor, at=max(at, timezone.now()))
    return batch
