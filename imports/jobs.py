"""Long work on files: reading, booking, undoing. Each may run twice; what is done is done once."""

from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.jobs.handle import JobHandle
from casedesk.common.jobs.registry import job
from imports.actions.follow_up import cases_after
from imports.actions.load_file import apply, preview
from imports.actions.receive_file import KIND, load_kept
from imports.actions.run_import import Options
from imports.actions.undo_import import undo_import
from imports.models import ImportBatch
from imports.rules.size_guess import rows_guessed

SURE = 0.8
"""Below this confidence a person looks at the columns first."""
Status = ImportBatch.Status


@job("imports.read", title="Чтение реестра", right=Right.SEE_IMPORTS)
def read_batch(handle: JobHandle, *, batch: int) -> dict:
    """Read a stored file and prepare its preview."""
    one = ImportBatch.objects.visible_to(handle.job.created_by).select_related("creditor").get(pk=batch)
    if one.status not in (Status.WAITING, Status.READING):
        return {"url": one.get_absolute_url()}
    path = Path(one.stored.path)
    whole = rows_guessed(path)

    def tell(done: int, total: int, message: str) -> None:
        handle.progress(done, max(whole, done + 1), message)

    options = Options(kind=one.kind, profile=one.profile, period=one.period, accept_totals=True, as_of=one.as_of)
    one = preview(batch=one, at=timezone.now(), options=options, progress=tell)
    if one.status == Status.PREVIEW and one.profile == "auto" and one.confidence < SURE:
        ImportBatch.objects.filter(pk=batch).update(status=Status.COLUMNS)
    return {"url": one.get_absolute_url()}


@job("imports.apply", title="Проведение реестра", right=Right.SEE_IMPORTS)
def apply_batch(handle: JobHandle, *, batch: int) -> dict:
    """Book a confirmed batch and run the pass over the creditor's cases."""
    one = ImportBatch.objects.visible_to(handle.job.created_by).select_related("creditor", "made_by").get(pk=batch)
    on = timezone.localdate()
    if one.status == Status.APPLYING:
        handle.progress(0, 2, "проводка")
        tell = handle.progress
        one = apply(batch=one, by=handle.job.created_by, at=timezone.now(), on=on, options=Options(), progress=tell)
    handle.progress(1, 2, "дела должников")
    cases_after(creditor=one.creditor, by=handle.job.created_by, on=on)
    return {"url": one.get_absolute_url()}


@job("imports.undo", title="Отмена загрузки", right=Right.SEE_IMPORTS)
def undo_batch(handle: JobHandle, *, batch: int, reason: str) -> dict:
    """Take a booked batch back and run the pass over the creditor's cases."""
    one = ImportBatch.objects.visible_to(handle.job.created_by).select_related("creditor").get(pk=batch)
    by: User | None = handle.job.created_by
    on = timezone.localdate()
    if one.status == Status.APPLIED:
        undo_import(batch=one, by=by, reason=reason, at=timezone.now(), on=on)
    cases_after(creditor=one.creditor, by=by, on=on)
    return {"url": one.get_absolute_url()}


@job(KIND, title="Загрузка реестра", right=Right.SEE_IMPORTS)
def load(handle: JobHandle, *, kept: str, name: str, who: int, dry_run: bool, options: dict) -> dict:
    """Import the kept file of a program at once; the result is the frame of docs/commands.md."""
    answer = load_kept(
        kept=kept,
        name=name,
        creditor=handle.job.creditor,
        by=User.objects.get(pk=who),
        at=timezone.now(),
        on=timezone.localdate(),
        options=Options(**options),
        dry_run=dry_run,
        progress=handle.progress,
    )
    default_storage.delete(kept)
    return answer
