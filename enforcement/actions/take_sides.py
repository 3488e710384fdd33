"""Write one side's lines of a reconciliation: what is there is updated, what is gone is dropped; a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable

from enforcement.models import Reconciliation, ReconciliationLine, Writ
from enforcement.queries.reconciliation_ours import lines_of_writs, our_lines
from enforcement.rules.reconciliation_keys import debtor_key, writ_key, writ_keys
from enforcement.rules.reconciliation_reply import ReplyRow, fingerprints

BATCH = 1_000
Side = ReconciliationLine.Side
KEY = ("reconciliation", "side", "fingerprint")
KEPT = {"id", "group", "matched_how", *KEY}
COLUMNS = [field.name for field in ReconciliationLine._meta.concrete_fields if field.name not in KEPT]


def write_our_side(one: Reconciliation, at: dt.datetime, by) -> int:
    """Take our side from the ledger as known at the moment; return how many writs are in the register."""
    lines = our_lines(one.creditor, one.department, one.month, at)
    _write(one, Side.OURS, lines, at, by)
    look_up(one, at, by)
    return len(lines)


def write_their_side(one: Reconciliation, rows: list[ReplyRow], source: str, at: dt.datetime, by) -> int:
    """Take the department's rows instead of what it said before; look up our writs that only they name."""
    names = fingerprints(rows)
    _write(one, Side.THEIRS, [their_line(row, name, source) for row, name in zip(rows, names, strict=True)], at, by)
    look_up(one, at, by)
    return len(rows)


def their_line(row: ReplyRow, fingerprint: str, source: str) -> ReconciliationLine:
    """A row of a reply as a line, not saved."""
    return ReconciliationLine(
        side=Side.THEIRS,
        source=source,
        source_row=row.row,
        fingerprint=fingerprint,
        debtor=row.debtor[:300],
        address=row.address[:400],
        writ_number=row.writ_number[:120],
        issued_on=row.issued_on,
        court=row.court[:200],
        amount=row.amount,
        presented_on=row.presented_on,
        proceeding_number=row.proceeding[:60],
        consolidated_number=row.consolidated[:60],
        opened_on=row.opened_on,
        bailiff=row.bailiff[:150],
        received_month=row.received_month,
        received=row.received,
        remainder=row.remainder,
        status=row.status,
        ended_on=row.ended_on,
        ended_ground=row.ground,
        transferred_to=row.transferred_to[:200],
        note=row.note[:500],
    )


def _write(one: Reconciliation, side: str, lines: Iterable[ReconciliationLine], at: dt.datetime, by) -> None:
    listed = list(lines)
    for position, line in enumerate(listed, start=1):
        line.reconciliation, line.position, line.entered_at, line.entered_by = one, position, at, by
    kept = [line.fingerprint for line in listed]
    known = dict(one.lines.filter(side=side).values_list("fingerprint", "pk"))
    dropped = [known[name] for name in known.keys() - set(kept)]
    for start in range(0, len(dropped), BATCH):
        one.lines.filter(pk__in=dropped[start : start + BATCH]).delete()
    ReconciliationLine.objects.bulk_create(listed, BATCH, update_conflicts=True, unique_fields=list(KEY), update_fields=COLUMNS)


def look_up(one: Reconciliation, at: dt.datetime, by) -> None:
    """Add our writs that are not in the month's register but that the department names by number and debtor."""
    here = set(one.lines.filter(side=Side.OURS).values_list("writ_id", flat=True))
    named = one.lines.filter(side=Side.THEIRS).values_list("writ_number", "debtor")
    asked = {(key, debtor_key(debtor)) for number, debtor in named for key in writ_keys(number)}
    if not asked:
        return
    ours = Writ.objects.live().filter(creditor=one.creditor)
    ids = [
        pk
        for pk, number, debtor, holder in ours.values_list("pk", "number", "debtor__name", "account__holder_name")
        if pk not in here and (writ_key(number), debtor_key(debtor or holder)) in asked
    ]
    lines = lines_of_writs(ids, one.department, one.month, at) if ids else []
    for position, line in enumerate(lines, start=len(here) + 1):
        line.reconciliation, line.position, line.entered_at, line.entered_by = one, position, at, by
    ReconciliationLine.objects.bulk_create(lines, BATCH)
