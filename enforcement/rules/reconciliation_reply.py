"""One row of a department's reply, whatever it came from: our exchange file, their own workbook, their screen."""

import datetime as dt
from dataclasses import dataclass

from enforcement.rules.printed import OPEN
from enforcement.rules.reconciliation_compare import Status
from enforcement.rules.reconciliation_keys import debtor_key, proceeding_key, writ_keys

_NOT_RECEIVED = ("не поступ", "не получ", "не найден", "отсутств")
_TRANSFERRED = ("передан", "направлен в друг", "друго")
_REFUSED = ("отказ",)


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What the department says of one writ. Kopecks; None where the reply is silent. `status` is a `Status`."""

    writ_number: str
    debtor: str
    address: str = ""
    issued_on: dt.date | None = None
    court: str = ""
    amount: int | None = None
    presented_on: dt.date | None = None
    proceeding: str = ""
    consolidated: str = ""
    opened_on: dt.date | None = None
    bailiff: str = ""
    received_month: int | None = None
    received: int | None = None
    remainder: int | None = None
    status: str = Status.UNSAID
    ended_on: dt.date | None = None
    ground: str = ""
    transferred_to: str = ""
    note: str = ""
    row: int | None = None


def fingerprints(rows: list[ReplyRow]) -> list[str]:
    """A name for each row that stays the same when the reply is taken again; repeats are numbered."""
    seen: dict[str, int] = {}
    names = []
    for row in rows:
        parts = ("+".join(writ_keys(row.writ_number)), debtor_key(row.debtor), proceeding_key(row.proceeding))
        base = "|".join(parts)[:280]
        seen[base] = seen.get(base, 0) + 1
        names.append(f"{base}|{seen[base]}")
    return names


def reply_status(text: str, *, opened: bool, ended: bool, printed: str) -> str:
    """The `Status` of a printed word; `printed` is what `enforcement.rules.printed.proceeding_status` makes of it."""
    words = text.casefold()
    for status, marks in ((Status.NOT_RECEIVED, _NOT_RECEIVED), (Status.TRANSFERRED, _TRANSFERRED), (Status.REFUSED, _REFUSED)):
        if any(mark in words for mark in marks):
            return status
    if words or opened or ended:
        return Status.OPEN if printed == OPEN else Status(printed)
    return Status.UNSAID
