"""The facts of an account: what was billed and paid, and which of it reached the creditor late or not at all at first."""

import datetime as dt
from dataclasses import dataclass, field

from casedesk.town.places import Place
from casedesk.town.plan import TownCreditor


@dataclass(slots=True)
class Bill:
    """One account's charge of one service and month. `lost` until corrected: its row in the month's register is faulty."""

    service: int
    month: int
    charged: int
    recalculated: int = 0
    lost: bool = False

    @property
    def owed(self) -> int:
        return self.charged + max(self.recalculated, 0)

    @property
    def credited(self) -> int:
        return max(-self.recalculated, 0)


@dataclass(slots=True)
class Money:
    """A payment. Service 0: not split by service. `late` ones come in the late files, `lost` ones with a fault first."""

    service: int
    day: dt.date
    amount: int
    document: str
    means: str
    late: bool = False
    lost: bool = False
    turnover: bool = False
    """Known at first only as the month's total of a turnover register."""
    names: int | None = None
    """The month that it is meant for, when it is no money of a register (a write-off)."""


@dataclass(slots=True)
class TownAccount:
    """An account as its creditor keeps it, with everything that ever happened on it."""

    creditor: TownCreditor
    number: str
    holder: str
    place: Place
    area_x100: int
    category: str
    tenure: str
    habit: str
    by_bank: bool
    first_month: int
    in_register: bool
    openings: dict[int, int] = field(default_factory=dict)
    bills: list[Bill] = field(default_factory=list)
    payments: list[Money] = field(default_factory=list)

    def bills_of(self, month: int) -> list[Bill]:
        return [bill for bill in self.bills if bill.month == month]

    @property
    def has_late_facts(self) -> bool:
        return any(bill.lost for bill in self.bills) or any(paid.late or paid.lost for paid in self.payments)
