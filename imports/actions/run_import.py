"""Read a file, hold it against the ledger, show it, book it: one transaction each, under the creditor's lock.

`import_file` does all of it at once (commands, the API); `preview` and `apply` do the two halves with a person between.
Killed at any moment, a half leaves nothing behind and can be run again; run twice, it books nothing twice.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File
from django.db import transaction

from casedesk.access.models import Organisation, User
from casedesk.common.refusals import Refusal
from debtors.actions.book import book, open_booking
from debtors.actions.judge_stage import judge
from debtors.actions.staging import Stage
from debtors.models import Booking
from imports.actions import doubts, keep_stage, make_accounts
from imports.actions.answer import control_line, frame
from imports.actions.feed import Feed
from imports.actions.hold_repeated import hold_repeated
from imports.actions.reversals import match_reversals
from imports.actions.save_batch import save_batch
from imports.actions.take_writs import take_writs
from imports.models import ColumnProfile, ImportBatch
from imports.profiles.saved import SavedProfile
from imports.queries.account_book import AccountBook
from imports.queries.file_columns import profile_chooser
from imports.queries.service_book import ServiceBook
from imports.queries.stage_verdicts import Contradiction, contradictions, known_and_doubtful
from imports.readers import Refused, read
from imports.rows import Problem, Reading

BOOKED_KINDS = frozenset({"accounts", "charges", "payments"})
Progress = Callable[[int, int, str], None]


class NotBookable(Refusal):
    """The file as a whole is not booked; `problem` says why and what to do."""

    code = "refused"

    def __init__(self, problem: Problem):
        super().__init__(problem.message)
        self.problem = problem


class WrongState(Refusal):
    """The batch is not where this step starts from."""

    code = "wrong_state"


@dataclass(frozen=True)
class Options:
    """How a file is to be read and booked. `period` is a month; accepted things were confirmed by a person."""

    kind: str = "auto"
    profile: str = ""
    period: int | None = None
    strict: bool = False
    accept_openings: bool = False
    accept_totals: bool = False
    as_of: dt.date | str | None = None
    """The day that a bailiffs' reply speaks of, when the file does not say."""

    def __post_init__(self):
        if isinstance(self.as_of, str):
            object.__setattr__(self, "as_of", dt.date.fromisoformat(self.as_of) if self.as_of else None)

    @property
    def accepted(self) -> frozenset[str]:
        return frozenset({"opening_differs"}) if self.accept_openings else frozenset()


@dataclass
class _Read:
    """A file that was streamed into the ledger's staging table."""

    batch: ImportBatch
    reading: Reading
    feed: Feed
    stage: Stage
    contradictions: list[Contradiction] = field(default_factory=list)

    @property
    def problems(self) -> list[Problem]:
        found = doubts.as_problems(self.contradictions, self.feed.places)
        return [*self.reading.problems, *self.feed.problems, *found]


def import_file(
    *,
    creditor: Organisation,
    path: Path,
    by: User | None,
    at: dt.datetime,
    on: dt.date,
    options: Options = Options(),
    dry_run: bool = False,
    name: str | None = None,
    progress: Progress | None = None,
) -> dict:
    """Read, check and book one file; return the frame of docs/commands.md with status applied, dry_run, refused or nothing_new.

    Nothing is kept of a refused file, of a dry run, or of a file in which nothing is new and nothing waits for a person.
    """
    batch = new_batch(creditor=creditor, path=path, name=name, by=by, at=at, options=options)
    try:
        with transaction.atomic():
            booking = open_booking(
                creditor=creditor, kind=Booking.Kind.IMPORT, about=f"Файл {batch.file_name}", by=by, learnt_at=at
            )
            done = _read(batch, path, options, progress)
            _refuse_if(done, options)
            if dry_run:
                _judge(done)
                transaction.set_rollback(True)
                return frame(batch, done.problems, status="dry_run")
            with path.open("rb") as content:
                batch.stored.save(batch.file_name, File(content), save=False)
            _book(done, booking, options, at=at, on=on)
            if batch.pk is None:
                transaction.set_rollback(True)
            return frame(batch, done.problems)
    except NotBookable as refusal:
        batch.pk = None
        return frame(batch, [refusal.problem, *getattr(refusal, "others", [])], status="refused")


def new_batch(
    *, creditor: Organisation, path: Path, name: str | None, by: User | None, at: dt.datetime, options: Options
) -> ImportBatch:
    """An unsaved batch that knows its file: name, size and hash."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return ImportBatch(
        creditor=creditor,
        file_name=(name or path.name)[:255],
        sha256=digest,
        size=path.stat().st_size,
        kind=options.kind,
        period=options.period,
        profile=options.profile,
        as_of=options.as_of,
        made_by=by,
        made_at=at,
    )


@transaction.atomic
def preview(*, batch: ImportBatch, at: dt.datetime, options: Options, progress: Progress | None = None) -> ImportBatch:
    """Read the batch's stored file and keep what a person should see before anything is booked."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    keep_stage.forget(batch)
    batch.problems.all().delete()
    batch.read_at = at
    try:
        with transaction.atomic():
            done = _read(batch, Path(batch.stored.path), options, progress)
            _refuse_if(done, options)
            _judge(done)
            keep_stage.keep(batch, done.feed)
    except NotBookable as refusal:
        batch.status = ImportBatch.Status.REFUSED
        save_batch(batch, [refusal.problem])
        return batch
    batch.status = ImportBatch.Status.PREVIEW
    save_batch(batch, done.problems)
    return batch


@transaction.atomic
def apply(*, batch: ImportBatch, by: User | None, at: dt.datetime, on: dt.date, options: Options) -> ImportBatch:
    """Book a previewed batch from its kept lines. Raises WrongState when it is not waiting for this.

    The ledger may have moved since the preview, so the lines are judged again.
    """
    booking = open_booking(
        creditor=batch.creditor, kind=Booking.Kind.IMPORT, about=f"Файл {batch.file_name}", by=by, learnt_at=at
    )
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status not in (ImportBatch.Status.PREVIEW, ImportBatch.Status.APPLYING):
        raise WrongState(
            f"Загрузка {batch} {batch.get_status_display()}: провести можно только просмотренную. Загрузите файл снова."
        )
    if not (batch.totals_agree or batch.totals_confirmed or options.accept_totals or not _totals_block(batch)):
        raise NotBookable(_totals_problem(batch))
    feed = keep_stage.feed_of(batch)
    done = _Read(batch, Reading(batch.format, batch.encoding, batch.kind, batch.profile, batch.confidence, ()), feed, Stage(0))
    feed.rejected, feed.read = batch.rows_rejected, batch.rows_read
    _book(done, booking, options, at=at, on=on, from_kept=True)
    keep_stage.forget(batch)
    return batch


# --- the steps ------------------------------------------------------------------------------------------------------
def _read(batch: ImportBatch, path: Path, options: Options, progress: Progress | None) -> _Read:
    """Stream the file into staging; the batch learns its figures. Raises NotBookable."""
    try:
        profile = saved_profile(batch.creditor, options.profile)
        choose = None if options.profile else profile_chooser(batch.creditor_id)  # `auto` asks not to use what was confirmed
        reading = read(path, kind=options.kind, profile=profile, choose=choose, period=options.period, name=batch.file_name)
    except Refused as refusal:
        raise NotBookable(refusal.problem) from refusal
    batch.kind, batch.format, batch.encoding = reading.kind, reading.format, reading.encoding or ""
    batch.profile, batch.confidence, batch.columns = reading.profile, reading.confidence, reading.columns
    if reading.kind not in BOOKED_KINDS:
        raise NotBookable(_not_a_register(batch))
    feed = Feed(AccountBook.of(batch.creditor_id), ServiceBook.of(batch.creditor_id), options.period, progress=progress)
    try:
        stage = feed.stage(reading)
    except Refused as refusal:
        raise NotBookable(refusal.problem) from refusal
    _take_figures(batch, reading, feed)
    return _Read(batch, reading, feed, stage)


def _take_figures(batch: ImportBatch, reading: Reading, feed: Feed) -> None:
    batch.rows_read, batch.rows_rejected = feed.read, feed.rejected
    batch.rows_accepted = feed.read - feed.rejected
    batch.skipped_why = {why: number for why, number in reading.skipped_why.items() if number}
    batch.rows_skipped = sum(batch.skipped_why.values())
    batch.totals = feed.totals.as_dict()
    batch.control_totals = [control_line(total) for total in reading.control_totals]
    batch.accounts_created, batch.accounts_touched = len(feed.new), len(feed.touched)
    batch.sheets = feed.places.sheets


def _refuse_if(done: _Read, options: Options) -> None:
    """Raise NotBookable for what stops a whole file."""
    fatal = next((problem for problem in done.reading.problems if problem.fatal), None)
    if fatal is None and options.strict and done.feed.rejected:
        first = next(problem for problem in done.feed.problems if problem.fatal)
        fatal = Problem("strict", f"Есть ошибочные строки ({done.feed.rejected}), а загрузка строгая. Первая: {first.message}")
    if fatal is None and done.feed.read and done.feed.rejected == done.feed.read:
        first = next(problem for problem in done.feed.problems if problem.fatal)
        fatal = Problem("no_row_fits", f"Ни одна из строк ({done.feed.read}) не подошла. Первая: {first.message}")
    if fatal is None and _totals_block(done.batch) and not options.accept_totals:
        fatal = _totals_problem(done.batch)
    if fatal is not None:
        refusal = NotBookable(fatal)
        refusal.others = [problem for problem in done.problems if problem is not fatal]
        raise refusal


def _totals_block(batch: ImportBatch) -> bool:
    """The file's own totals are not the sums of its rows, and no rejected row of a register explains it."""
    return not batch.totals_agree and (batch.kind == "payments" or not batch.rows_rejected)


def _judge(done: _Read) -> None:
    """Ask the ledger of every staged line and share the rows out."""
    judge(done.stage)
    if done.feed.storno:
        match_reversals()
    held = hold_repeated(done.batch.creditor_id) if done.batch.kind == "payments" else {}
    known, doubtful = known_and_doubtful() if done.stage.lines else (0, 0)
    batch = done.batch
    batch.rows_known, batch.rows_doubtful = known, doubtful
    batch.rows_accepted = batch.rows_read - batch.rows_rejected - known
    done.contradictions = list(contradictions(held)) if doubtful else []


def _book(done: _Read, booking: Booking, options: Options, *, at: dt.datetime, on: dt.date, from_kept: bool = False) -> None:
    """Open the new accounts, judge, book, and put down what waits for a person.

    The batch stays unsaved when there is nothing of it to keep.
    """
    batch, details = done.batch, done.feed.details
    made = make_accounts.make_accounts(creditor=batch.creditor, booking=booking, details=details)
    if from_kept:
        done.stage = keep_stage.restage(batch, {**made, **done.feed.settled})
    elif made:
        keep_stage.settle_accounts(made)
    filled = make_accounts.fill_accounts(creditor=batch.creditor, details=details)
    _judge(done)
    booked = book(booking=booking, stage=done.stage, on=on, accept=options.accepted)
    taken, bad_cells = take_writs(booking=booking, details=details, accounts={**made, **done.feed.settled})
    done.feed.problems.extend(bad_cells)
    batch.accounts_created = len(made)
    nothing_new = booked.nothing_new and not (made or filled or taken.writs or taken.proceedings)
    batch.status = ImportBatch.Status.NOTHING_NEW if nothing_new else ImportBatch.Status.APPLIED
    batch.applied_at = at
    if nothing_new:
        batch.rows_known = batch.rows_read - batch.rows_rejected - batch.rows_doubtful
        batch.rows_accepted = batch.rows_doubtful
        booking.delete()
    else:
        batch.booking = booking
    if not nothing_new or done.contradictions or from_kept:
        if from_kept:
            batch.problems.filter(code__in=doubts.CODES).delete()
        save_batch(batch, done.problems)
        doubts.put_down(batch=batch, found=done.contradictions, places=done.feed.places, accepted=options.accepted, at=at)


def saved_profile(creditor: Organisation, name: str) -> SavedProfile | None:
    """The creditor's confirmed columns by name. Raises NotBookable naming those there are."""
    if not name or name == "auto":
        return None
    profiles = ColumnProfile.objects.filter(creditor=creditor)
    found = profiles.filter(name=name).first()
    if found is None:
        there = ", ".join(profiles.values_list("name", flat=True)) or "пока нет ни одного"
        raise NotBookable(Problem("unknown_profile", f"Нет сохранённых колонок «{name}». Есть: {there}.", value=name))
    return SavedProfile.from_dict(found.saved)


def _totals_problem(batch: ImportBatch) -> Problem:
    wrong = next(line for line in batch.control_totals if not line["agrees"])
    return Problem(
        "control_total_differs",
        f"Итог файла ({wrong['where']}): {wrong['file']}, а сумма строк {wrong['rows']}. Файл неполный или испорчен: "
        "запросите его заново или подтвердите, что строки верны.",
        value=str(wrong["file"]),
    )


def _not_a_register(batch: ImportBatch) -> Problem:
    return Problem("not_a_register", f"«{batch.file_name}» — {batch.kind_name}: этот вид файла загружается на своей странице.")
