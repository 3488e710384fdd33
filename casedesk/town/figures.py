"""What one account weighs on one day: ageing by service, overdue, average bill. Pure, naive, kopecks."""

import datetime as dt
from dataclasses import dataclass, field

from casedesk.common import months
from casedesk.town.facts import Money, TownAccount
from casedesk.town.plan import PENALTY
from casedesk.town.replay import POOL, Line, Standing, newest_due

BUCKETS = ("1-3", "3-12", "12-24", "24-36", "36+")
PENALTIES = frozenset({PENALTY.id})


def bucket_of(age: int) -> str:
    """The bucket of the n-th month of delay."""
    for last, name in ((3, "1-3"), (12, "3-12"), (24, "12-24"), (36, "24-36")):
        if age <= last:
            return name
    return "36+"


@dataclass(slots=True)
class ServiceAge:
    """One service on one day."""

    not_yet_due: int = 0
    buckets: dict[str, int] = field(default_factory=dict)
    credit: int = 0

    @property
    def overdue(self) -> int:
        return sum(self.buckets.values())


def ages(standing: Standing, day: dt.date) -> dict[int, ServiceAge]:
    """Every service with anything on it, by age."""
    due, found = newest_due(day), {}
    waiting = sum(line.amount for line in standing.waiting)
    for service in {*standing.open, *standing.spare, *([POOL] if waiting else [])}:
        age = found[service] = ServiceAge(credit=standing.spare.get(service, 0) + (waiting if service == POOL else 0))
        for month, sum_ in standing.open.get(service, ()):
            if month > due:
                age.not_yet_due += sum_
            else:
                name = bucket_of(due - month + 1)
                age.buckets[name] = age.buckets.get(name, 0) + sum_
    return found


def oldest_overdue_age(standing: Standing, day: dt.date) -> int:
    """n of the oldest open principal month (1: the first month of delay); 0 when nothing is overdue."""
    fronts = [queue[0][0] for service, queue in standing.open.items() if queue and service not in PENALTIES]
    return max(newest_due(day) - min(fronts) + 1, 0) if fronts else 0


def bills_by_month(lines: list[Line], first_month: int) -> dict[int, int]:
    """Principal billed by month; openings (months before the first) are not bills."""
    found: dict[int, int] = {}
    for line in lines:
        if line.month is not None and line.service not in PENALTIES and line.month >= first_month:
            found[line.month] = found.get(line.month, 0) + line.amount
    return found


def average_bill(bills: dict[int, int], day: dt.date) -> int:
    """Half-up mean of the bills of the last twelve counted months, months without a bill left out. 0 when there is none."""
    newest = months.fully_counted(day)
    charged = [bills[month] for month in range(newest - 11, newest + 1) if bills.get(month)]
    return (2 * sum(charged) + len(charged)) // (2 * len(charged)) if charged else 0


def lines_of(account: TownAccount, *, late_known: bool, plain: bool = False) -> list[Line]:
    """The account's dated movements as they are known before the late files came, or after."""
    found = []
    for service, sum_ in account.openings.items():
        month = account.first_month - 1
        found.append(Line(months.last_day(month), service, abs(sum_), month if sum_ > 0 else None))
    for bill in account.bills:
        if bill.lost and not late_known:
            continue
        day = months.last_day(bill.month)
        if bill.owed:
            found.append(Line(day, bill.service, bill.owed, bill.month))
        if bill.credited:
            found.append(Line(day, bill.service, bill.credited))
    found += _money(account, late_known, plain)
    return found


def _money(account: TownAccount, late_known: bool, plain: bool) -> list[Line]:
    """Payments as they are known. A month's turnover names no month; the registers of some desks and banks do."""
    found = []
    for paid in account.payments:
        named = None if plain and account.creditor.code == "resurs" else named_month(account, paid)
        if paid.turnover and not (paid.late and late_known):
            found.append(Line(months.last_day(months.of(paid.day)), paid.service, paid.amount))
        elif paid.turnover or late_known or not (paid.late or paid.lost):
            found.append(Line(paid.day, paid.service if paid.service else POOL, paid.amount, named=named))
    return found


def named_month(account: TownAccount, paid: Money) -> int | None:
    """The month that the register of the payment names: nearly everybody pays for the month before. None: it names none."""
    if paid.names is not None or not account.creditor.names_months:
        return paid.names
    names = account.by_bank if account.creditor.code == "teplo" else not account.by_bank
    if account.creditor.code != "uyut" and not names or paid.service in PENALTIES:
        return None
    return months.of(paid.day) - 1
