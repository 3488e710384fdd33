"""Court orders against the town's stubborn debtors, and what became of them at the bailiffs'."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from casedesk.common import months
from casedesk.town.facts import Money, TownAccount
from casedesk.town.life import WITHHELD
from casedesk.town.plan import TownPlan

DEPARTMENT = "ОСП Озёрного района УФССП России по Мурманской области"
DEPARTMENT_CODE = "51034"
COURT = "Судебный участок № {} Озёрного судебного района"
BAILIFFS = ("Тихомиров Д.А.", "Ухтомская А.П.", "Сорокоумова Е.В.")
_STUBBORN = ("withheld", "never", "gave_up")
_ENDS = ("ст. 46 ч. 1 п. 3", "ст. 46 ч. 1 п. 4")


@dataclass(frozen=True, slots=True)
class TownWrit:
    """A court order: number, day, sums in kopecks, and the proceeding opened on it (`proceeding` empty: never opened)."""

    account: TownAccount
    number: str
    issued_on: dt.date
    court: str
    principal: int
    fee: int
    sent_on: dt.date
    proceeding: str
    opened_on: dt.date | None
    bailiff: str
    collected: int
    ended_on: dt.date | None
    ground: str

    @property
    def whole(self) -> int:
        return self.principal + self.fee

    @property
    def rest(self) -> int:
        return max(self.whole - self.collected, 0)


def writ_of(plan: TownPlan, account: TownAccount) -> TownWrit | None:
    """The order against a stubborn household of the heat supplier, if there is one."""
    at_home = account.category in ("owner", "social_tenant") and account.tenure in ("private", "social_rent")
    if account.creditor.code != "teplo" or account.habit not in _STUBBORN or not at_home or plan.months < 16:
        return None
    rng = Random(f"{plan.seed}:writ:{account.number}")
    serial = int(account.number[-6:])
    issued_on = months.first_day(plan.first + 12) + dt.timedelta(days=rng.randrange(0, 50))
    if account.habit != "withheld" and rng.random() < 0.35:
        return None
    principal = _debt_by(account, months.of(issued_on) - 2)
    if principal < 100000:
        return None
    opened = account.habit == "withheld" or rng.random() < 0.8
    opened_on = issued_on + dt.timedelta(days=rng.randrange(20, 45)) if opened else None
    ended_on = opened_on + dt.timedelta(days=rng.randrange(120, 300)) if opened and rng.random() < 0.35 else None
    ended_on = ended_on if account.habit != "withheld" else None
    return TownWrit(
        account=account,
        number=f"2-{1000 + serial}/{issued_on.year}",
        issued_on=issued_on,
        court=COURT.format(1 + serial % 3),
        principal=principal,
        fee=max(20000, principal * 2 // 100),
        sent_on=issued_on + dt.timedelta(days=14),
        proceeding=f"{20000 + serial}/{opened_on.year % 100}/{DEPARTMENT_CODE}-ИП" if opened_on else "",
        opened_on=opened_on,
        bailiff=BAILIFFS[serial % len(BAILIFFS)] if opened_on else "",
        collected=sum(paid.amount for paid in withheld_money(account)),
        ended_on=ended_on,
        ground=rng.choice(_ENDS) if ended_on else "",
    )


def _debt_by(account: TownAccount, month: int) -> int:
    billed = sum(bill.charged + bill.recalculated for bill in account.bills if bill.month <= month and bill.service != 90)
    paid = sum(paid.amount for paid in account.payments if months.of(paid.day) <= month)
    return sum(account.openings.values()) + billed - paid


def withheld_money(account: TownAccount) -> list[Money]:
    """What the bailiffs sent for the account."""
    return [paid for paid in account.payments if paid.means == WITHHELD]
