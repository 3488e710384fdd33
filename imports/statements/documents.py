"""What any bank statement comes down to: documents, account sections, and which of our accounts each one touches."""

import datetime as dt
from dataclasses import dataclass, field

from imports.rows import Problem

BAILIFF_ACCOUNT = "03212"
"""A treasury account of a bailiff department begins so (Treasury order 17n of 2020; seen on every sample)."""


@dataclass
class Document:
    """One bank document. Kopecks; days; texts as printed. `line` is where it began in the file."""

    line: int
    kind: str = ""
    number: str = ""
    date: dt.date | None = None
    amount: int | None = None
    payer_account: str = ""
    payer_name: str = ""
    payer_inn: str = ""
    payee_account: str = ""
    payee_name: str = ""
    payee_inn: str = ""
    received_on: dt.date | None = None
    charged_on: dt.date | None = None
    code: str = ""
    purpose: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def accepted(self) -> bool:
        return not any(problem.fatal for problem in self.problems)

    @property
    def from_bailiffs(self) -> bool:
        return self.payer_account.startswith(BAILIFF_ACCOUNT)

    def direction(self, own: frozenset[str]) -> str:
        """`incoming`, `outgoing`, `internal` or `foreign`, by accounts alone: which date is filled decides nothing."""
        pays, gets = self.payer_account in own, self.payee_account in own
        if pays and gets:
            return "internal"
        return "incoming" if gets else "outgoing" if pays else "foreign"

    def key(self, own: frozenset[str]) -> tuple:
        """What makes the document unique: own account, direction, number, date, sum and the other side's account."""
        direction = self.direction(own)
        mine = self.payee_account if direction == "incoming" else self.payer_account
        other = self.payer_account if direction == "incoming" else self.payee_account
        return (direction, mine, other, self.number, self.date, self.amount)


@dataclass
class Section:
    """An account's section: its period, balances and turnovers as the file states them. Kopecks; None: not stated."""

    account: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    opening: int | None = None
    received: int | None = None
    spent: int | None = None
    closing: int | None = None


@dataclass
class Statement:
    """One statement file, read."""

    version: str = ""
    accounts: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    complete: bool = True

    def distinct(self, own: frozenset[str]) -> list[Document]:
        """Accepted documents, each once: a repeat inside the file and the second record of an internal transfer drop out."""
        seen: dict[tuple, Document] = {}
        for document in self.documents:
            if document.accepted:
                seen.setdefault(document.key(own), document)
        return list(seen.values())
