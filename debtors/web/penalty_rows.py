"""Penalty lines as pages show them: months with their services, and the explanation of one of them."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from casedesk.common import money
from casedesk.norms.calculators.registry import calculate
from casedesk.norms.queries.current import current
from debtors.queries.penalties import MonthPenalty, PenaltyReport


@dataclass
class MonthRow:
    """A billing month of the case: sums over its services. Kopecks."""

    month: int
    due_on: dt.date
    lines: list[MonthPenalty] = field(default_factory=list)

    @property
    def charged(self) -> int:
        return sum(line.charged for line in self.lines)

    @property
    def open(self) -> int:
        return sum(line.open for line in self.lines)

    @property
    def penalty(self) -> int:
        return sum(line.penalty for line in self.lines)

    @property
    def at_least(self) -> bool:
        return any(line.at_least for line in self.lines)


def months_of(report: PenaltyReport) -> list[MonthRow]:
    """Months that bear a penalty or are still open, newest first."""
    shown = [line for line in report.months if line.penalty or line.open]
    ordered = sorted(shown, key=lambda line: (-line.month, line.service.position))
    grouped = groupby(ordered, key=lambda line: line.month)
    return [_row(month, list(lines)) for month, lines in grouped]


def _row(month: int, lines: list[MonthPenalty]) -> MonthRow:
    return MonthRow(month, lines[0].due_on, lines)


def explain(line: MonthPenalty, through: dt.date) -> dict[str, Any]:
    """The line and the calculator's full answer for it: runs of days, sources, warnings. Equal to the line to the kopeck."""
    asked = {
        "principal": money.text(line.charged),
        "due_date": line.due_on.isoformat(),
        "through": through.isoformat(),
        "ladder": line.ladder,
        "payments": [{"date": day.isoformat(), "amount": money.text(amount)} for day, amount in line.money],
    }
    answer = calculate("penalty", asked, current())
    runs = [
        {
            "first": dt.date.fromisoformat(run["from"]),
            "last": dt.date.fromisoformat(run["to"]),
            "days": run["days"],
            "formula": run["formula"],
            "kopecks": money.kopecks(run["amount"]),
        }
        for run in answer["lines"]
        if "from" in run
    ]
    return {"line": line, "runs": runs, "sources": answer["sources"], "warnings": answer["warnings"]}
