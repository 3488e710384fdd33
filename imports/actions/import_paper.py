"""Import a bailiffs' or a court's file: read whole, shown, booked in one transaction, read again when it is booked."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from django.core.files import File
from django.db import transaction

from casedesk.access.models import User
from debtors.actions.book import open_booking
from debtors.models import Booking
from imports.actions import bailiff_papers
from imports.actions.answer import frame
from imports.actions.run_import import NotBookable, Options, WrongState
from imports.actions.save_batch import save_batch
from imports.bailiff.file import BailiffFile
from imports.bailiff.recognise import OURS, recognise
from imports.models import ImportBatch
from imports.readers import Refused
from imports.rows import Problem

Status = ImportBatch.Status
KINDS = OURS


def paper_of(path: Path, *, kind: str, name: str) -> BailiffFile | None:
    """The file read, when it is one of ours. Raises NotBookable for one that is ours and cannot be read."""
    try:
        return recognise(path, kind=kind, name=name)
    except Refused as refusal:
        raise NotBookable(refusal.problem) from refusal


def import_paper(
    *,
    batch: ImportBatch,
    paper: BailiffFile,
    path: Path,
    by: User | None,
    at: dt.datetime,
    on: dt.date,
    options: Options,
    dry_run: bool,
) -> dict:
    """Book the file and return its frame. Nothing is kept of a dry run, or of a file in which nothing is new."""
    with transaction.atomic():
        bailiff_papers.take_figures(batch, paper)
        refuse_if(batch, paper, options)
        about = f"Файл {batch.file_name}"
        booking = open_booking(creditor=batch.creditor, kind=Booking.Kind.IMPORT, about=about, by=by, learnt_at=at)
        nothing_new = bailiff_papers.take(batch, paper, booking, by=by, on=on)
        if dry_run or nothing_new:
            transaction.set_rollback(True)
            batch.status = Status.NOTHING_NEW
            return frame(batch, paper.all_problems, status="dry_run" if dry_run else None)
        with path.open("rb") as content:
            batch.stored.save(batch.file_name, File(content), save=False)
        batch.status, batch.booking, batch.applied_at = Status.APPLIED, booking, at
        save_batch(batch, paper.all_problems)
        return frame(batch, paper.all_problems)


def refused(batch: ImportBatch, refusal: NotBookable) -> dict:
    """The frame of a file that was refused whole."""
    batch.pk = None
    return frame(batch, [refusal.problem, *getattr(refusal, "others", [])], status="refused")


@transaction.atomic
def preview_paper(*, batch: ImportBatch, paper: BailiffFile, at: dt.datetime, options: Options) -> ImportBatch:
    """Take the file and let go of it again: a person sees what it would change."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    batch.problems.all().delete()
    batch.read_at = at
    bailiff_papers.take_figures(batch, paper)
    try:
        refuse_if(batch, paper, options)
    except NotBookable as refusal:
        return refuse_preview(batch, refusal)
    with transaction.atomic():
        about = f"Просмотр {batch.file_name}"[:300]
        trial = Booking.objects.create(creditor=batch.creditor, kind=Booking.Kind.IMPORT, about=about, learnt_at=at)
        bailiff_papers.take(batch, paper, trial, by=None, on=at.date())
        transaction.set_rollback(True)
    batch.status = Status.PREVIEW
    save_batch(batch, paper.all_problems)
    return batch


def refuse_preview(batch: ImportBatch, refusal: NotBookable) -> ImportBatch:
    """Put down why nothing of the file will be booked."""
    batch.status = Status.REFUSED
    batch.problems.all().delete()
    save_batch(batch, [refusal.problem, *getattr(refusal, "others", [])])
    return batch


@transaction.atomic
def apply_paper(*, batch: ImportBatch, by: User | None, at: dt.datetime, on: dt.date, options: Options) -> ImportBatch:
    """Book a previewed file. Raises WrongState when it is not waiting for this."""
    about = f"Файл {batch.file_name}"
    booking = open_booking(creditor=batch.creditor, kind=Booking.Kind.IMPORT, about=about, by=by, learnt_at=at)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status not in (Status.PREVIEW, Status.APPLYING):
        said = f"Загрузка {batch} {batch.get_status_display()}: провести можно только просмотренную. Загрузите файл снова."
        raise WrongState(said)
    paper = paper_of(Path(batch.stored.path), kind=batch.kind, name=batch.file_name)
    bailiff_papers.take_figures(batch, paper)
    refuse_if(batch, paper, replace(options, accept_totals=options.accept_totals or batch.totals_confirmed))
    nothing_new = bailiff_papers.take(batch, paper, booking, by=by, on=on)
    batch.applied_at = at
    if nothing_new:
        batch.status = Status.NOTHING_NEW
        booking.delete()
    else:
        batch.status, batch.booking = Status.APPLIED, booking
    batch.problems.all().delete()
    save_batch(batch, paper.all_problems)
    return batch


def refuse_if(batch: ImportBatch, paper: BailiffFile, options: Options) -> None:
    """Raise NotBookable for what stops the whole file."""
    faults = [problem for problem in paper.all_problems if problem.fatal]
    fatal = None
    if not paper.lines:
        fatal = Problem("no_rows", f"В «{batch.file_name}» нет ни одной строки с данными. Проверьте, тот ли это файл.")
    elif faults and (options.strict or batch.rows_rejected == batch.rows_read):
        first = faults[0].message
        fatal = Problem("no_row_fits", f"Не подошло строк: {batch.rows_rejected} из {batch.rows_read}. Первая: {first}")
    elif not (batch.totals_agree or batch.rows_rejected or options.accept_totals):
        wrong = next(line for line in batch.control_totals if not line["agrees"])
        said = f"Итог файла ({wrong['where']}): {wrong['file']}, а сумма строк {wrong['rows']}. Файл неполный: запросите его"
        fatal = Problem("control_total_differs", f"{said} заново или подтвердите, что строки верны.", value=str(wrong["file"]))
    if fatal is not None:
        refusal = NotBookable(fatal)
        refusal.others = paper.all_problems
        raise refusal
