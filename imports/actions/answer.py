"""What a batch says of itself: the frame of `manage.py import_register` and of the API (docs/commands.md)."""

from casedesk.common import money
from imports.models import ImportBatch
from imports.rows import ControlTotal, Problem

SHOWN_PROBLEMS = 1_000
"""So many problems are listed in one answer; all of them are on the batch's page."""


def frame(batch: ImportBatch, problems: list[Problem], *, status: str | None = None) -> dict:
    """The batch as JSON-ready data. `status` overrides the stored one (a dry run stores nothing)."""
    totals = {key: money.text(batch.totals.get(key, 0)) for key in ("opening", "charged", "paid", "closing")}
    return {
        "file": batch.file_name,
        "sha256": batch.sha256,
        "format": batch.format or None,
        "encoding": batch.encoding or None,
        "kind": batch.kind,
        "profile": batch.profile or None,
        "confidence": round(batch.confidence, 2),
        "status": status or batch.status,
        "rows": {
            "read": batch.rows_read,
            "accepted": batch.rows_accepted,
            "known": batch.rows_known,
            "rejected": batch.rows_rejected,
            "skipped": batch.rows_skipped,
        },
        "skipped_why": batch.skipped_why,
        "totals": totals,
        "control_totals": batch.control_totals,
        "accounts": {"created": batch.accounts_created, "touched": batch.accounts_touched},
        "batch": batch.pk,
        **statement_sums(batch.statement),
        **({"bailiffs": batch.bailiffs} if batch.bailiffs else {}),
        "problems": [problem_line(problem) for problem in problems[:SHOWN_PROBLEMS]],
    }


def statement_sums(statement: dict) -> dict:
    """What a bank statement adds: `{"incoming": [n, "sum"], ...}` for documents, the same for decisions."""
    return {
        part: {name: [number, money.text(amount)] for name, (number, amount) in statement[part].items()}
        for part in ("documents", "decisions")
        if part in statement
    }


def problem_line(problem: Problem) -> dict:
    """One problem as JSON-ready data."""
    return {
        "sheet": problem.sheet or None,
        "row": problem.row,
        "column": problem.column or None,
        "value": problem.value or None,
        "code": problem.code,
        "message": problem.message,
    }


def control_line(total: ControlTotal) -> dict:
    """One control total as JSON-ready data: amounts as text, counts as numbers."""
    shown = money.text if total.money else int
    return {
        "where": total.where,
        "field": total.field,
        "file": shown(total.file),
        "rows": shown(total.rows),
        "agrees": total.agrees,
    }
