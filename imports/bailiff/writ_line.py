"""One line of a register of writs: what is presented to bailiffs, or what a court has issued."""

import datetime as dt
from dataclasses import dataclass


@dataclass(slots=True)
class WritLine:
    """Sums in kopecks. `account` when the register names it; else the debtor and the address say whose the writ is."""

    sheet: str
    row: int
    kind: str
    number: str
    issued_on: dt.date | None = None
    account: str = ""
    debtor_name: str = ""
    birth_date: dt.date | None = None
    address: str = ""
    court: str = ""
    principal: int = 0
    penalty: int = 0
    duty: int = 0
    total: int | None = None
    creditor_inn: str = ""

    @property
    def whole(self) -> int:
        return self.principal + self.penalty + self.duty
