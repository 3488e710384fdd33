"""Take a department's reply or an extract of the data bank into the books: facts of their day, proceedings updated."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from casedesk.access.models import Organisation, User
from debtors.models import Booking
from enforcement.actions.departments import department_named
from enforcement.actions.state_proceedings import Stated, Word, state_proceedings
from enforcement.models import BailiffReply, BailiffReplyRow
from enforcement.queries.writ_book import WritBook
from enforcement.rules.bailiff_facts import ReplyHead, ReplyLine
from enforcement.rules.proceeding_numbers import department_of

BATCH = 2_000
KEPT = [one.name for one in fields(ReplyLine)]
SAME = [name for name in KEPT if name not in ("sheet", "row", "note", "status_text")]
"""What makes two rows of replies of one day say the same."""


@dataclass
class Taken:
    """What became of the lines: new rows, rows known word for word, and why some were not matched (row -> doubt)."""

    rows: int = 0
    known: int = 0
    matched: int = 0
    doubts: dict[tuple[str, int], str] = field(default_factory=dict)
    stated: Stated = Stated(0, 0)
    department: Organisation | None = None
    as_of: dt.date | None = None


def take_reply(
    *, booking: Booking, head: ReplyHead, lines: Iterable[ReplyLine], given_on: dt.date | None, on: dt.date, by: User | None
) -> Taken:
    """Keep the lines that are new and update the proceedings they speak of. Call it in the transaction of the booking.

    `given_on` is the day a person says the reply speaks of. When neither they nor the file say it, it is the latest day that
    the file mentions: so a reply of unknown age never wins over a dated later one.
    """
    listed = list(lines)
    stated_on = given_on or head.as_of
    as_of = stated_on or max((day for line in listed if (day := line.latest_day)), default=on)
    taken = Taken(department=department_named(head.department_code, head.department_name), as_of=as_of)
    known = _known(booking.creditor_id, head.source, as_of)
    fresh = [line for line in listed if _said(line) not in known]
    taken.known, taken.rows = len(listed) - len(fresh), len(fresh)
    if not fresh:
        return taken
    reply = BailiffReply.objects.create(
        creditor=booking.creditor,
        department=taken.department,
        department_text=head.department_name,
        source=head.source,
        as_of=as_of,
        as_of_stated=stated_on is not None,
        booking=booking,
    )
    rows = [BailiffReplyRow(reply=reply, **{name: getattr(line, name) for name in KEPT}) for line in fresh]
    taken.stated = match_rows(rows, on=on, by=by, doubts=taken.doubts)
    taken.matched = sum(row.writ_id is not None for row in rows)
    return taken


def match_rows(rows: list[BailiffReplyRow], *, on: dt.date, by: User | None, doubts: dict | None = None) -> Stated:
    """Match rows of one creditor (unsaved, or waiting ones) with its writs, save them, update the proceedings."""
    if not rows:
        return Stated(0, 0)
    numbers = [number for row in rows for number in (row.writ_number, *_others(row))]
    book = WritBook.of(rows[0].reply.creditor_id, numbers, [row.proceeding for row in rows])
    words = []
    for row in rows:
        found = book.find(row.writ_number, row.debtor_name, row.writ_issued_on, row.proceeding)
        row.writ = found.writ
        if found.doubt and doubts is not None:
            doubts[row.sheet, row.row] = found.doubt
        words.extend(_words(row, book))
    waiting = [row for row in rows if row.pk]
    BailiffReplyRow.objects.bulk_create([row for row in rows if not row.pk], BATCH)
    stated = state_proceedings(words, on=on, by=by)
    for word in words:
        if word.writ == word.reply_row.writ:
            word.reply_row.proceeding_known = word.proceeding
    told = [row for row in rows if row.proceeding_known_id or row in waiting]
    BailiffReplyRow.objects.bulk_update(told, ["writ", "proceeding_known"], BATCH)
    return stated


def _words(row: BailiffReplyRow, book: WritBook) -> Iterable[Word]:
    """The word of the row on each writ that its cell names; none where it names no proceeding."""
    if not row.proceeding:
        return
    others = (book.find(number, row.debtor_name, None, row.proceeding).writ for number in _others(row))
    for writ in filter(None, (row.writ, *others)):
        columns = {
            "consolidated_number": row.consolidated,
            "bailiff": row.bailiff,
            "opened_on": row.opened_on,
            "department_id": _department_of(row),
        }
        if row.status in (row.Status.OPEN, row.Status.FINISHED, row.Status.TERMINATED):
            columns |= {"status": row.status, "ended_on": row.ended_on, "ended_ground": row.ended_ground}
        yield Word(
            writ,
            row.proceeding,
            row.reply.source,
            row.reply.as_of,
            columns,
            row.reply.booking_id,
            book.proceeding_of(writ, row.proceeding),
            reply_row=row,
        )


def _department_of(row: BailiffReplyRow) -> int | None:
    """The reply's department, unless the number of the proceeding names another."""
    department = row.reply.department
    if department is None:
        return None
    code = department_of(row.proceeding)
    own = department_of_organisation(department)
    return department.pk if not code or not own or code == own else None


def department_of_organisation(department: Organisation) -> str:
    """The five digits of a department's code, empty when it has none."""
    return department.code if len(department.code) == 5 and department.code.isdigit() else ""


def _others(row: BailiffReplyRow) -> list[str]:
    return [part for part in row.other_writs.split("; ") if part]


def _known(creditor_id: int, source: str, as_of: dt.date) -> set[tuple]:
    """What live replies of this day and source already say."""
    rows = BailiffReplyRow.objects.live().filter(reply__creditor=creditor_id, reply__source=source, reply__as_of=as_of)
    return set(rows.values_list(*SAME))


def _said(line: ReplyLine) -> tuple:
    return tuple(getattr(line, name) for name in SAME)
