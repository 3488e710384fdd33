"""Limitation radar: how much money is lost to limitation in each coming week or month if nobody goes to court.

Filing stops the term for all open months of an account, so the fee is asked once per account: half of the duty on a claim
of everything that is overdue there (НК РФ ст. 333.19 п. 1 пп. 2), or the whole duty where an order is not given.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet

from debtors.models import AccountState, CaseAccount
from debtors.queries.limitation import Expiring, expiring
from debtors.rules.court_fee import fee_to_file
from debtors.rules.limitation import newest_month_lost_by

WEEK = dt.timedelta(days=7)


@dataclass
class Slot:
    """A week or month ahead, or what is lost already. Kopecks; `fee` is what filing for its accounts costs."""

    first: dt.date
    last: dt.date
    kopecks: int = 0
    at_least: int = 0
    accounts: set[int] = field(default_factory=set)
    fee: int = 0


@dataclass
class Radar:
    """The answer. `lost`: past its last day on the day asked; `stopped`: old money whose term stands still or was renewed."""

    on: dt.date
    slots: list[Slot]
    lost: Slot
    stopped: int = 0
    fee: int = 0
    """What filing for all accounts of all slots costs, each account once."""
    groups: dict[object, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    """Kopecks by group (an officer's or a creditor's id, None: nobody) and slot number."""


def weeks_ahead(on: dt.date, count: int = 13) -> list[Slot]:
    """Slots of seven days, the first from the day itself."""
    return [Slot(on + WEEK * number, on + WEEK * (number + 1) - dt.timedelta(days=1)) for number in range(count)]


def months_ahead(on: dt.date, count: int = 12) -> list[Slot]:
    """Calendar months, the first from the day to the month's end."""
    slots, first = [], on
    for _ in range(count):
        following = (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        slots.append(Slot(first, following - dt.timedelta(days=1)))
        first = following
    return slots


def radar(accounts: QuerySet, *, on: dt.date, slots: list[Slot], by: str = "officer") -> Radar:
    """Spread the open months of these accounts over the slots by their last day to claim.

    `by`: `officer` (of the live case) or `creditor`. A fixed number of queries.
    """
    ids = list(accounts.order_by().values_list("pk", flat=True))
    answer = Radar(on, slots, Slot(dt.date.min, on - dt.timedelta(days=1)))
    group_of = _groups(accounts, ids, by)
    for row in expiring(ids, newest=newest_month_lost_by(slots[-1].last)):
        _place(answer, row, group_of.get(row.account_id))
    _price(answer, ids)
    return answer


def rows_of(accounts: QuerySet, slot: Slot) -> list[Expiring]:
    """The open months that fall into a slot: what its figure opens. Their sum is the slot's."""
    ids = list(accounts.order_by().values_list("pk", flat=True))
    rows = expiring(ids, newest=newest_month_lost_by(slot.last))
    return [row for row in rows if row.last_day and slot.first <= row.last_day <= slot.last]


def _groups(accounts: QuerySet, ids: list[int], by: str) -> dict[int, object]:
    if by == "creditor":
        return dict(accounts.order_by().values_list("pk", "creditor_id"))
    return dict(CaseAccount.objects.filter(account__in=ids, is_live=True).values_list("account_id", "case__officer_id"))


def _place(answer: Radar, row: Expiring, group: object) -> None:
    if row.last_day is None or row.last_day > answer.slots[-1].last:
        answer.stopped += row.kopecks
    elif row.last_day < answer.on:
        _add(answer.lost, row)
    else:
        number = next(place for place, slot in enumerate(answer.slots) if row.last_day <= slot.last)
        _add(answer.slots[number], row)
        answer.groups[group][number] += row.kopecks


def _add(slot: Slot, row: Expiring) -> None:
    slot.kopecks += row.kopecks
    slot.at_least += row.kopecks if row.at_least else 0
    slot.accounts.add(row.account_id)


def _price(answer: Radar, ids: list[int]) -> None:
    overdue = dict(AccountState.objects.filter(account__in=ids, overdue__gt=0).values_list("account_id", "overdue"))
    everybody = set().union(*(slot.accounts for slot in answer.slots))
    answer.fee = sum(fee_to_file(overdue[account], answer.on) for account in everybody if account in overdue)
    for slot in answer.slots:
        slot.fee = sum(fee_to_file(overdue[account], answer.on) for account in slot.accounts if account in overdue)
