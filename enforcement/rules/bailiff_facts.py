"""What a bailiffs' file says, in neutral form: the readers of `imports` make these, the actions of this room take them.

Amounts are kopecks, None where the file says nothing; `kind`, `status`, `ground` are the words of the models.
"""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(slots=True)
class ReplyHead:
    """A reply as a whole. `source`: `reply` or `data_bank`."""

    source: str
    as_of: dt.date | None = None
    department_name: str = ""
    department_code: str = ""


@dataclass(slots=True)
class ReplyLine:
    """What a reply says of one writ. `status` is empty when the cell says nothing that we know."""

    sheet: str
    row: int
    writ_kind: str = ""
    writ_number: str = ""
    other_writs: str = ""
    writ_issued_on: dt.date | None = None
    court: str = ""
    debtor_name: str = ""
    birth_date: dt.date | None = None
    address: str = ""
    claimed: int | None = None
    presented_on: dt.date | None = None
    proceeding: str = ""
    consolidated: str = ""
    opened_on: dt.date | None = None
    bailiff: str = ""
    collected: int | None = None
    remaining: int | None = None
    status: str = ""
    status_text: str = ""
    ended_on: dt.date | None = None
    ended_ground: str = ""
    sent_on: dt.date | None = None
    note: str = ""

    @property
    def latest_day(self) -> dt.date | None:
        """The latest day that the line mentions: it cannot have been written before."""
        days = (self.writ_issued_on, self.presented_on, self.opened_on, self.ended_on, self.sent_on)
        return max((day for day in days if day), default=None)


@dataclass(slots=True)
class RulingFacts:
    """One ruling of a bailiff. `kind` is a `BailiffRuling.Kind`; `data` keeps all elements of the document."""

    kind: str
    doc_type: str
    external_id: str
    made_on: dt.date
    title: str = ""
    number: str = ""
    proceeding: str = ""
    consolidated: str = ""
    opened_on: dt.date | None = None
    writ_number: str = ""
    writ_issued_on: dt.date | None = None
    debtor_name: str = ""
    birth_date: dt.date | None = None
    address: str = ""
    debt_sum: int | None = None
    remaining: int | None = None
    bailiff: str = ""
    department_name: str = ""
    to_department: str = ""
    ended_ground: str = ""
    creditor_name: str = ""
    data: dict = field(default_factory=dict)


RULING_KINDS = {
    "O_IP_ACT_END_END": "ended",
    "O_IP_ACT_END": "ended",
    "O_IP_ACT_STOP_END": "ended",
    "O_IP_ACT_RETURN": "returned",
    "O_IP_ACT_ENDRETURN": "returned",
    "O_IP_ACT_REOPEN": "resumed",
    "O_IP_ACT_SVOD_COL": "consolidated",
    "O_IP_ACT_SVOD_DBTR": "consolidated",
    "O_IP_ACT_TO_OTHER_OSP": "transferred",
}
"""Types of rulings that change what we know of a proceeding. Every other type is kept as it is: `other`."""
