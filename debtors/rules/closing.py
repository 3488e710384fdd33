"""What is asked before a month is closed. A higher room adds the dotted names of its questions when it starts.

A guard takes the creditor and the month (keyword `creditor`, `month`) and raises a Refusal, or lets it pass. A remark takes the
same and yields what is missing: the month may be closed over it, but only with a word why.
"""

from dataclasses import dataclass

GUARDS: list[str] = []
REMARKS: list[str] = ["debtors.queries.month_remarks.bills_missing"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a closed month should have and has not: in words, and where to see to it."""

    code: str
    said: str
    url: str = ""


def ask(names: list[str], more: str) -> None:
    """Add a question once."""
    if more not in names:
        names.append(more)
