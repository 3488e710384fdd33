"""A paper checks itself before it gets a number: its rows must give its totals, to the kopeck."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casedesk.common import money
from casedesk.common.refusals import Refusal


class TotalsDiffer(Refusal):
    """The rows of a document do not give its total: the paper must not leave the house."""

    code = "document_totals_differ"


@dataclass(frozen=True)
class SumOf:
    """The column of a table adds up to a field: `SumOf("lines", "amount", "total")`."""

    table: str
    column: str
    total: str

    def problem(self, data: Mapping[str, Any]) -> str:
        """What does not add up, in words; empty when it does."""
        found = sum(row[self.column] or 0 for row in data[self.table])
        return _differ(f"сумма строк «{self.table}»", found, self.total, data[self.total] or 0)


@dataclass(frozen=True)
class Adds:
    """Fields add up to a field: `Adds(("principal", "penalty", "duty"), "total")`. Absent ones count as nothing."""

    parts: tuple[str, ...]
    total: str

    def problem(self, data: Mapping[str, Any]) -> str:
        found = sum(data[part] or 0 for part in self.parts)
        return _differ(" + ".join(self.parts), found, self.total, data[self.total] or 0)


def _differ(what: str, found: int, total: str, stated: int) -> str:
    if found == stated:
        return ""
    return f"{what} = {money.text(found)}, а «{total}» = {money.text(stated)}, разница {money.text(found - stated)}"


Check = SumOf | Adds


def check_totals(checks: tuple[Check, ...], data: Mapping[str, Any], title: str) -> dict[str, int]:
    """The totals that were checked, in kopecks by field. Raises TotalsDiffer with every pair of numbers that differ."""
    problems = [problem for check in checks if (problem := check.problem(data))]
    if problems:
        raise TotalsDiffer(f"{title}: {'; '.join(problems)}. Проверьте расчёт и составьте документ снова.")
    return {check.total: data[check.total] or 0 for check in checks}
