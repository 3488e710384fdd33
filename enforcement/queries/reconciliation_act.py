"""Totals of both sides, and the whole of a reconciliation as data: what is signed, printed and frozen."""

from dataclasses import asdict, dataclass

from django.db.models import Count, Q, Sum

from casedesk.common import months
from enforcement.models import Reconciliation, ReconciliationLine
from enforcement.rules.reconciliation_act import digest

Side = ReconciliationLine.Side
FORMAT = "casedesk/reconciliation-act/1"


@dataclass(frozen=True, slots=True)
class SideTotals:
    """A side's register in figures: writs, and kopecks granted, received in the month and in all, left."""

    lines: int
    amount: int
    received_month: int
    received: int
    remainder: int


def totals_of(reconciliation: Reconciliation) -> dict[str, SideTotals]:
    """Side -> its totals; one query. Archived lines of ours are looked up for comparison only and are not counted."""
    rows = reconciliation.lines.filter(is_archived=False).order_by().values("side")
    found = {
        row["side"]: SideTotals(**{name: row[f"t_{name}"] or 0 for name in SideTotals.__dataclass_fields__})
        for row in rows.annotate(
            t_lines=Count("pk"),
            t_amount=Sum("amount"),
            t_received_month=Sum("received_month"),
            t_received=Sum("received"),
            t_remainder=Sum("remainder"),
        )
    }
    nothing = SideTotals(0, 0, 0, 0, 0)
    return {side: found.get(side, nothing) for side in (Side.OURS.value, Side.THEIRS.value)}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the settling is: differences, of them open, late, and nobody's."""

    all: int
    open: int
    late: int
    unassigned: int

    @property
    def settled(self) -> int:
        return self.all - self.open


def progress_of(reconciliation: Reconciliation, on) -> Progress:
    """Counts of the reconciliation's differences on the day; one query."""
    is_open = Q(state="open")
    counted = reconciliation.differences.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(due_on__lt=on)),
        unassigned=Count("pk", filter=is_open & Q(assignee__isnull=True)),
    )
    return Progress(**counted)


LINE_COLUMNS = ["side", "group", "matched_how", "position", "fingerprint", "debtor", "address", "writ_kind", "writ_number"]
LINE_COLUMNS += ["issued_on", "court", "amount", "presented_on", "proceeding_number", "consolidated_number", "opened_on"]
LINE_COLUMNS += ["bailiff", "received_month", "received", "paid_directly", "remainder", "status", "ended_on", "ended_ground"]
LINE_COLUMNS += ["transferred_to", "is_archived", "note"]
DIFFERENCE_COLUMNS = ["key", "kind", "group", "label", "amount", "about", "found_on", "due_on", "state", "resolution"]
DIFFERENCE_COLUMNS += ["reason", "settled_on", "carried_from_id"]


def act_of(reconciliation: Reconciliation) -> dict:
    """The act as plain data: JSON types only, kopecks as integers. A fixed number of queries."""
    one = reconciliation
    lines = one.lines.order_by("side", "position", "pk").values(*LINE_COLUMNS)
    differences = one.differences.order_by("key").values(*DIFFERENCE_COLUMNS, "assignee__username")
    return {
        "format": FORMAT,
        "creditor": {"code": one.creditor.code, "name": one.creditor.name, "inn": one.creditor.inn},
        "department": {"code": one.department.code, "name": one.department.name},
        "month": months.iso(one.month),
        "as_of": one.as_of.isoformat(),
        "known_at": one.known_at.isoformat(),
        "sent_on": _plain(one.sent_on),
        "reply_on": _plain(one.reply_on),
        "totals": {side: asdict(totals) for side, totals in totals_of(one).items()},
        "lines": [_plain_row(row) for row in lines],
        "differences": [_plain_row(row) for row in differences],
        "signatures": [
            _plain_row(row) for row in one.signatures.order_by("side").values("side", "name", "office", "signed_on")
        ],
    }


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


def _plain_row(row: dict) -> dict:
    return {name: _plain(value) for name, value in row.items()}


def is_intact(reconciliation: Reconciliation) -> bool:
    """Whether the signed act still has its hash, and the stored lines and differences are those it was signed with."""
    one = reconciliation
    if not one.act or digest(one.act) != one.sha256:
        return False
    now = act_of(one)
    return all(now[part] == one.act[part] for part in ("totals", "lines", "differences", "signatures"))
