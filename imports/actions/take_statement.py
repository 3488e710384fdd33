"""A bank statement through the same frame as any register: read, judged, shown, booked in one transaction, undone.

Documents are known by their natural key, so overlapping and repeated files are harmless. What the ladder is sure of is
booked; what it is not waits in suspense. A file whose own totals are broken, or that is not complete, books nothing until
a person says so.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files import File
from django.db import transaction

from casedesk.access.models import SettlementAccount, User
from debtors.actions.book import book, open_booking
from debtors.actions.judge_stage import judge
from debtors.actions.staging import STAGE, PartState, Stage, StagedFact, stage_facts
from debtors.models import UNSPLIT, Booking, BookingBasis
from debtors.queries.dialect import execute, rows
from enforcement.models import Writ
from imports.actions.answer import control_line, frame
from imports.actions.judge_documents import Asked, Progress, day_of, designated, judge_documents
from imports.actions.keep_documents import Taken, forget_drafts, keep_documents
from imports.actions.run_import import NotBookable, Options, WrongState
from imports.actions.save_batch import save_batch
from imports.models import BankDocument, ImportBatch
from imports.queries.booked_elsewhere import booked_by_registers
from imports.readers.errors import Refused
from imports.rows import ControlTotal, Problem
from imports.statements.documents import Document
from imports.statements.intake import FORMAT, Opened, open_statements

KIND = "bank_statement"
TO_BOOK, KNOWN, DIFFERS = (state.value for state in PartState)
WAYS = ("incoming", "outgoing", "internal")
MANY = 5_000
"""With more writs than this it is quicker to ask for all of them."""
INSIDE_OPENING = "деньги этого дня уже внутри входящего сальдо счёта"


@dataclass
class _Read:
    """A statement file, read and judged, before anything of it is kept."""

    batch: ImportBatch
    opened: Opened
    fresh: list[Taken]
    problems: list[Problem] = field(default_factory=list)
    stage: Stage = field(default_factory=lambda: Stage(0))
    stands_on: set[int] = field(default_factory=set)
    """Bookings of the files that brought the documents we know already."""


def import_statement(
    *,
    batch: ImportBatch,
    path: Path,
    by: User | None,
    at: dt.datetime,
    on: dt.date,
    options: Options,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> dict:
    """Read, judge and book one statement file at once; return the frame. Nothing is kept of a refused file or a dry run."""
    try:
        with transaction.atomic():
            booking = _open(batch, by, at)
            done = _read(batch, path, progress)
            _hold_known_money(done)
            _refuse_if(done, options)
            if dry_run:
                transaction.set_rollback(True)
                return frame(batch, done.problems, status="dry_run")
            with path.open("rb") as content:
                batch.stored.save(batch.file_name, File(content), save=False)
            _book(done, booking, at=at, on=on)
            if batch.pk is None:
                transaction.set_rollback(True)
            return frame(batch, done.problems)
    except NotBookable as refusal:
        batch.pk = None
        return frame(batch, [refusal.problem, *getattr(refusal, "others", [])], status="refused")


@transaction.atomic
def preview_statement(*, batch: ImportBatch, at: dt.datetime, progress: Progress | None = None) -> ImportBatch:
    """Read the batch's stored statement and keep its documents as drafts for a person to look at."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    forget_drafts(batch)
    batch.problems.all().delete()
    batch.read_at = at
    try:
        with transaction.atomic():
            done = _read(batch, Path(batch.stored.path), progress)
            _hold_known_money(done)
            _refuse_if(done, Options(accept_totals=True))
            keep_documents(batch=batch, taken=done.fresh, at=at, draft=True)
    except NotBookable as refusal:
        batch.status = ImportBatch.Status.REFUSED
        save_batch(batch, [refusal.problem])
        return batch
    batch.status = ImportBatch.Status.PREVIEW
    save_batch(batch, done.problems)
    return batch


@transaction.atomic
def apply_statement(
    *, batch: ImportBatch, by: User | None, at: dt.datetime, on: dt.date, options: Options, progress: Progress | None = None
) -> ImportBatch:
    """Book a previewed statement. It is read and judged again, for the books may have moved. Raises WrongState, NotBookable."""
    booking = _open(batch, by, at)
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.status not in (ImportBatch.Status.PREVIEW, ImportBatch.Status.APPLYING):
        raise WrongState(
            f"Загрузка {batch} {batch.get_status_display()}: провести можно только просмотренную. Загрузите файл снова."
        )
    forget_drafts(batch)
    batch.problems.all().delete()
    done = _read(batch, Path(batch.stored.path), progress)
    _hold_known_money(done)
    _refuse_if(done, Options(accept_totals=options.accept_totals or batch.totals_confirmed))
    _book(done, booking, at=at, on=on, keep=True)
    return batch


# --- reading --------------------------------------------------------------------------------------------------------
def _open(batch: ImportBatch, by: User | None, at: dt.datetime) -> Booking:
    about = f"Выписка {batch.file_name}"
    return open_booking(creditor=batch.creditor, kind=Booking.Kind.IMPORT, about=about, by=by, learnt_at=at)


def _read(batch: ImportBatch, path: Path, progress: Progress | None) -> _Read:
    try:
        opened = open_statements(path, batch.file_name)
    except Refused as refusal:
        raise NotBookable(refusal.problem) from refusal
    own = own_accounts(batch)
    done = _Read(batch, opened, [], [*opened.problems])
    done.problems += [problem for document in opened.documents for problem in document.problems]
    listed = _ours(opened.distinct(own), own, done.problems)
    if not listed:
        raise NotBookable(_no_own_account(batch, opened))
    known = _known(batch, listed, done)
    done.fresh = [one for one in listed if _key(one) not in known]
    _judge(done, progress)
    _figures(done, listed, own)
    return done


def own_accounts(batch: ImportBatch) -> frozenset[str]:
    """The creditor's settlement accounts. Raises NotBookable when none is written down."""
    numbers = SettlementAccount.objects.filter(organisation_id=batch.creditor_id).values_list("number", flat=True)
    if not numbers:
        said = f"У взыскателя «{batch.creditor}» не записан ни один расчётный счёт: нельзя отличить поступления от списаний."
        raise NotBookable(Problem("no_own_accounts", f"{said} Впишите счета командой add_creditor --own-account."))
    return frozenset(numbers)


def _ours(documents: list[Document], own: frozenset[str], problems: list[Problem]) -> list[Taken]:
    """Documents that touch an own account; the others, and those without a positive sum, become problems."""
    taken = []
    for document in documents:
        way = document.direction(own)
        if way == "foreign" or (document.amount or 0) <= 0:
            why = "ни плательщик, ни получатель не ваш счёт" if way == "foreign" else "сумма не больше нуля"
            message = f"Документ № {document.number or 'без номера'}: {why}. Документ не принят."
            problems.append(Problem("foreign_document" if way == "foreign" else "no_sum", message, row=document.line))
            document.problems.append(problems[-1])
            continue
        mine, other = (document.payee_account, document.payer_account)
        if way != "incoming":
            mine, other = other, mine
        day = day_of(document.received_on if way == "incoming" else document.charged_on, None, document.date)
        taken.append(Taken(document, way, mine, other, day))
    return taken


def _no_own_account(batch: ImportBatch, opened: Opened) -> Problem:
    named = ", ".join(opened.accounts[:3]) or "ни одного"
    said = f"Ни один документ файла не касается счетов «{batch.creditor}»; в файле названы счета: {named}."
    return Problem("no_own_account", f"{said} Это чужая выписка: проверьте файл или впишите счёт взыскателю.", value=named)


def _key(one: Taken) -> tuple:
    document = one.document
    return (
        one.direction,
        one.own_account[:30],
        one.other_account[:30],
        document.number[:40],
        document.date,
        document.amount,
    )


def _known(batch: ImportBatch, listed: list[Taken], done: _Read) -> set[tuple]:
    """Natural keys of the standing documents of the file's days; notes the bookings that brought those the file repeats."""
    days = [one.document.date for one in listed]
    there = BankDocument.objects.standing().filter(creditor_id=batch.creditor_id, dated_on__range=(min(days), max(days)))
    names = ("direction", "own_account", "other_account", "number", "dated_on", "amount")
    known = {tuple(found[:6]): found[6] for found in there.values_list(*names, "batch__booking_id")}
    done.stands_on = {known[key] for one in listed if (key := _key(one)) in known and known[key]}
    return set(known)


def _judge(done: _Read, progress: Progress | None) -> None:
    incoming = [one for one in done.fresh if one.direction == "incoming"]
    asked = [Asked(one.document.purpose, one.other_account, one.document.payer_name) for one in incoming]
    answers = judge_documents(creditor_id=done.batch.creditor_id, documents=asked, progress=progress)
    for one, answer in zip(incoming, answers, strict=True):
        one.judged = answer


def _figures(done: _Read, listed: list[Taken], own: frozenset[str]) -> None:
    batch, opened = done.batch, done.opened
    batch.kind, batch.format, batch.encoding, batch.confidence = KIND, FORMAT, opened.encoding, 1.0
    batch.rows_read = len(opened.documents)
    batch.rows_rejected = sum(1 for document in opened.documents if not document.accepted)
    batch.rows_known = batch.rows_read - batch.rows_rejected - len(done.fresh)
    batch.rows_accepted = len(done.fresh)
    documents = {way: _sum([one for one in listed if one.direction == way]) for way in WAYS}
    batch.totals = {"opening": 0, "charged": 0, "paid": documents["incoming"][1], "closing": 0}
    batch.control_totals = [control_line(total) for total in _controls(done, listed)]
    batch.statement = {"documents": documents}
    batch.accounts_touched = 0
    _decisions(done)


def _decisions(done: _Read) -> None:
    """Count the answers; again after some were held."""
    verdicts = {verdict: _sum([one for one in done.fresh if one.verdict == verdict]) for verdict in BankDocument.Verdict.values}
    done.batch.statement = {**done.batch.statement, "decisions": verdicts}
    chosen = {one.judged.answer.chosen.account_id for one in done.fresh if one.verdict == BankDocument.Verdict.AUTO}
    done.batch.accounts_touched = len(chosen)
    done.batch.rows_doubtful = sum(1 for one in done.fresh if one.state == BankDocument.State.WAITING)


def _sum(found: list[Taken]) -> list[int]:
    return [len(found), sum(one.document.amount for one in found)]


def _controls(done: _Read, listed: list[Taken]) -> list[ControlTotal]:
    """Turnovers and balances that the sections state, held against the documents; and whether the file has its end."""
    came, went, sections = Counter(), Counter(), done.opened.sections
    for one in listed:
        came[one.document.payee_account] += one.document.amount
        went[one.document.payer_account] += one.document.amount
    totals = []
    for account in dict.fromkeys(section.account for section in sections):
        parts = [section for section in sections if section.account == account]
        for name, real in (("received", came), ("spent", went)):
            stated = [value for part in parts if (value := getattr(part, name)) is not None]
            if stated:
                totals.append(ControlTotal(f"счёт {account}", name, sum(stated), real[account]))
        whole = [part for part in parts if None not in (part.opening, part.received, part.spent, part.closing)]
        totals += [
            ControlTotal(f"счёт {account}", "closing", part.closing, part.opening + part.received - part.spent)
            for part in whole
        ]
    if not done.opened.complete:
        totals.append(ControlTotal("конец файла", "end", 1, 0, money=False))
    return totals


def _refuse_if(done: _Read, options: Options) -> None:
    batch = done.batch
    problem = None
    if options.strict and batch.rows_rejected:
        problem = Problem("strict", f"Есть ошибочные документы ({batch.rows_rejected}), а загрузка строгая.")
    elif not batch.totals_agree and not options.accept_totals:
        problem = _totals_problem(batch)
    if problem is not None:
        refusal = NotBookable(problem)
        refusal.others = done.problems
        raise refusal


def _totals_problem(batch: ImportBatch) -> Problem:
    wrong = next(line for line in batch.control_totals if not line["agrees"])
    if wrong["field"] == "end":
        said = "В файле нет строки КонецФайла: выписка неполная"
        return Problem("incomplete_file", f"{said}. Выгрузите её заново или подтвердите, что документы верны.")
    name = {"received": "поступило", "spent": "списано", "closing": "остаток"}[wrong["field"]]
    said = (
        f"Выписка сама с собой не сходится ({wrong['where']}, {name}): заявлено {wrong['file']}, по документам {wrong['rows']}"
    )
    remedy = "Файл неполный или отобран не весь: выгрузите его заново или подтвердите, что документы верны."
    return Problem("control_total_differs", f"{said}. {remedy}", value=str(wrong["file"]))


# --- booking --------------------------------------------------------------------------------------------------------
def _hold_known_money(done: _Read) -> None:
    """Stage the exact matches; what the ledger may hold already is left for a person.

    That is a day inside an opening balance, and the same sum that another file has booked to the account on these days.
    """
    exact = {one.document.line: one for one in done.fresh if one.verdict == BankDocument.Verdict.AUTO}
    # A list: while lines stream into PostgreSQL the connection can answer nothing else.
    stage = stage_facts(list(_facts(exact.values())))
    judge(stage)
    execute(f"UPDATE {STAGE} SET payment_state = {TO_BOOK} WHERE payment_state = {KNOWN}")
    for (row,) in rows(f"SELECT row_no FROM {STAGE} WHERE payment_state = {DIFFERS}"):
        exact[row].held = (INSIDE_OPENING,)
    for row, one in booked_by_registers().items():
        exact[row].held = exact[row].held or (str(one.booked),)
        execute(f"UPDATE {STAGE} SET payment_state = {DIFFERS} WHERE row_no = %s", [row])
    done.stage = stage
    _decisions(done)


def _facts(exact: Iterable[Taken]) -> Iterator[StagedFact]:
    exact = list(exact)
    awards = awards_of({one.judged.answer.chosen.writ_id for one in exact})
    for one in exact:
        yield payment_fact(
            row=one.document.line,
            account_id=one.judged.answer.chosen.account_id,
            amount=one.document.amount,
            paid_on=one.counts_on,
            channel=one.judged.channel,
            number=one.document.number,
            month=designated(one.judged),
            award_id=awards.get(one.judged.answer.chosen.writ_id),
        )


def awards_of(writ_ids: set[int | None]) -> dict[int, int]:
    """What the writs granted, by writ: money that came on a writ goes to its award only."""
    found = Writ.objects.filter(award__isnull=False, award__booking__undone_at__isnull=True)
    if len(writ_ids) < MANY:
        found = found.filter(pk__in=[pk for pk in writ_ids if pk])
    return dict(found.values_list("pk", "award_id"))


def payment_fact(
    *,
    row: int,
    account_id: int,
    amount: int,
    paid_on: dt.date,
    channel: str,
    number: str,
    month: int | None,
    award_id: int | None = None,
) -> StagedFact:
    """A placed document, or a part of it, as the ledger's payment. The row ties the two."""
    return StagedFact(
        row_no=row,
        account_id=account_id,
        service_id=UNSPLIT,
        amount=amount,
        paid_on=paid_on,
        channel=channel,
        document=f"п/п {number}"[:60],
        designated_month=month,
        source_row=row,
        award_id=award_id,
    )


def _book(done: _Read, booking: Booking, *, at: dt.datetime, on: dt.date, keep: bool = False) -> None:
    """Book the exact matches and keep every new document. The batch stays unsaved when there is nothing of it to keep."""
    batch = done.batch
    batch.applied_at = at
    if not done.fresh:
        batch.status = ImportBatch.Status.NOTHING_NEW
        booking.delete()
        if keep:
            save_batch(batch, done.problems)
        return
    book(booking=booking, stage=done.stage, on=on)
    batch.status, batch.booking = ImportBatch.Status.APPLIED, booking
    save_batch(batch, done.problems)
    keep_documents(batch=batch, taken=done.fresh, at=at)
    known = BookingBasis.Why.KNOWN
    BookingBasis.objects.bulk_create(
        [BookingBasis(booking=booking, stands_on_id=pk, why=known) for pk in sorted(done.stands_on)], ignore_conflicts=True
    )
