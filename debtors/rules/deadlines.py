"""One running term: what ends on which day, how much money hangs on it, by which norm, and who answers for it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of term runs out."""

    STEP = "step"
    TERM = "term"
    HOLD = "hold"
    COURT = "court"
    LIMITATION = "limitation"
    PRESENTATION = "presentation"
    DIFFERENCE = "difference"
    AGREEMENT = "agreement"
    DIRECT_PAYMENT = "direct_payment"
    RESTRICTION = "restriction"
    PROMISE = "promise"


KIND_NAMES = {
    Kind.STEP: "следующий шаг",
    Kind.TERM: "срок на ответ",
    Kind.HOLD: "конец приостановки",
    Kind.COURT: "срок в суде",
    Kind.LIMITATION: "исковая давность",
    Kind.PRESENTATION: "предъявление документа",
    Kind.DIFFERENCE: "расхождение сверки",
    Kind.AGREEMENT: "соглашение",
    Kind.DIRECT_PAYMENT: "прямая оплата",
    Kind.RESTRICTION: "ограничение услуги",
    Kind.PROMISE: "обещание оплатить",
}


@dataclass(frozen=True)
class Deadline:
    """A line of the register. Kopecks; `officer_id` None: nobody is assigned.

    `url` is where the line is worked; empty: the case. A term may run on no case (`case_id` 0), then `debtor` says on what.
    """

    day: dt.date
    kind: Kind
    title: str
    norm: str
    kopecks: int
    case_id: int
    case_number: int
    debtor: str
    officer_id: int | None
    url: str = ""

    def days_left(self, on: dt.date) -> int:
        """Days until the end; 0 on the last day, negative when it is past."""
        return (self.day - on).days

    @property
    def uid(self) -> str:
        """What a calendar knows the term by: the same term keeps it when the day moves."""
        return f"{self.kind}-{self.case_id}-{self.url}{self.title}"
