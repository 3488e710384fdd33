"""Bailiffs' and courts' files in the frame of an import: figures, faults with their place, what is taken into the books."""

import datetime as dt
from collections import Counter

from casedesk.access.models import User
from casedesk.common import money
from debtors.models import Booking
from enforcement.actions.take_reply import take_reply
from enforcement.actions.take_rulings import take_rulings
from imports.actions.answer import control_line
from imports.actions.take_writ_register import take_writ_register
from imports.bailiff.file import RULINGS, WRITS, BailiffFile, Line
from imports.models import ImportBatch
from imports.rows import Problem

_DOUBTS = {
    "unknown_writ": "такого исполнительного документа в системе нет; сведения сохранены и подойдут, когда он появится",
    "debtor_differs": "документ с этим номером есть, но должник другой: сравните фамилии и дату документа",
    "several_writs_fit": "под номер подходит несколько документов: укажите дату документа или номер производства",
}
_SUMS = ("claimed", "collected", "remaining")


def take_figures(batch: ImportBatch, file: BailiffFile) -> None:
    """Let the batch learn what is in the file, before anything is taken."""
    batch.kind, batch.format, batch.encoding = file.kind, file.format, file.encoding or ""
    batch.profile, batch.confidence, batch.columns = "auto", 1.0, file.columns
    batch.sheets = file.sheets
    _refuse_other_creditors(batch, file)
    batch.rows_read = len(file.lines)
    batch.rows_rejected = sum(not line.accepted for line in file.lines)
    batch.rows_accepted = batch.rows_read - batch.rows_rejected
    batch.skipped_why = {why: number for why, number in file.skipped.items() if number}
    batch.rows_skipped = sum(batch.skipped_why.values())
    batch.control_totals = [control_line(total) for total in file.control_totals]
    batch.bailiffs = _figures(file)
    sums = Counter(
        {name: sum(getattr(facts, name, None) or 0 for facts in file.accepted) for name in ("collected", "remaining")}
    )
    batch.totals = {"opening": 0, "charged": 0, "paid": sums["collected"], "closing": sums["remaining"]}
    return file


def take(batch: ImportBatch, file: BailiffFile, booking: Booking, *, by: User | None, on: dt.date) -> bool:
    """Take the file's accepted lines into the books under the booking; return whether nothing of it was new."""
    if file.layout == WRITS:
        return _take_writs(batch, file, booking)
    if file.layout == RULINGS:
        return _take_rulings(batch, file, booking, by=by, on=on)
    taken = take_reply(booking=booking, head=file.head, lines=file.accepted, given_on=batch.as_of, on=on, by=by)
    _known(batch, taken.known)
    if not (batch.as_of or file.head.as_of):
        said = f"В файле не сказано, на какой день сведения. Взят последний названный в нём день, {taken.as_of:%d.%m.%Y}."
        file.problems.append(Problem("no_reply_date", f"{said} Известен точный день — укажите его при загрузке.", fatal=False))
    for line in file.lines:
        if doubt := taken.doubts.get((line.sheet, line.row)):
            line.problems.append(_doubt(line, doubt, line.facts.writ_number or line.facts.proceeding))
    batch.bailiffs |= {
        "as_of": f"{taken.as_of:%Y-%m-%d}",
        "department": str(taken.department or file.head.department_name),
        "matched": taken.matched,
        "proceedings": {"opened": taken.stated.opened, "changed": taken.stated.changed},
    }
    return not taken.rows


def _take_rulings(batch: ImportBatch, file: BailiffFile, booking: Booking, *, by: User | None, on: dt.date) -> bool:
    taken = take_rulings(booking=booking, facts=file.accepted, on=on, by=by)
    _known(batch, batch.rows_read - batch.rows_rejected - taken.rulings)
    for line in file.lines:
        if line.facts is not None and (doubt := taken.doubts.get(line.facts.external_id)):
            line.problems.append(_doubt(line, doubt, line.facts.writ_number or line.facts.proceeding))
    batch.bailiffs |= {
        "matched": taken.matched,
        "proceedings": {"opened": taken.stated.opened, "changed": taken.stated.changed},
    }
    return not taken.rulings


def _take_writs(batch: ImportBatch, file: BailiffFile, booking: Booking) -> bool:
    taken = take_writ_register(booking=booking, lines=[line for line in file.lines if line.accepted])
    batch.rows_rejected = sum(not line.accepted for line in file.lines)
    batch.accounts_touched = taken.accounts
    _known(batch, taken.known)
    batch.bailiffs |= {"writs": taken.writs}
    return not taken.writs


def _known(batch: ImportBatch, known: int) -> None:
    batch.rows_known = known
    batch.rows_accepted = batch.rows_read - batch.rows_rejected - known


def _doubt(line: Line, code: str, value: str) -> Problem:
    return Problem(code, f"«{value}»: {_DOUBTS[code]}.", line.sheet, line.row, value=value, fatal=False)


def _refuse_other_creditors(batch: ImportBatch, file: BailiffFile) -> None:
    """A line about another creditor's writ is not this creditor's business."""
    own = batch.creditor.inn
    for line in file.lines:
        inn = getattr(line.facts, "creditor_inn", "")
        if inn and own and inn != own:
            said = f"Строка о взыскателе с ИНН {inn}, а загрузка для {batch.creditor.name} (ИНН {own}). Выберите взыскателя."
            line.problems.append(Problem("other_creditor", said, line.sheet, line.row, value=inn))


def _figures(file: BailiffFile) -> dict:
    """What the file holds, counted: amounts as text, for the frame and the page."""
    facts = file.accepted
    figures: dict = {"layout": file.layout, "rows": len(facts)}
    if file.layout == WRITS:
        parts = {
            name: money.text(sum(getattr(line, name) for line in facts)) for name in ("principal", "penalty", "duty", "whole")
        }
        return figures | {"total": parts.pop("whole"), **parts}
    if file.layout == RULINGS:
        return figures | {"types": dict(Counter(one.doc_type for one in facts))}
    figures |= {
        "with_proceeding": sum(bool(line.proceeding) for line in facts),
        "not_received": sum(line.status == "not_received" for line in facts),
        "ended": sum(line.status in ("finished", "terminated") for line in facts),
        "consolidated": sum(bool(line.consolidated) for line in facts),
    }
    return figures | {name: money.text(sum(getattr(line, name) or 0 for line in facts)) for name in _SUMS}
