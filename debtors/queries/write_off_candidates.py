"""Debt that may be written off, ground by ground: months and sums with the day or paper that says so (rows P2.8, L8).

Set-based: each ground takes a fixed number of queries for any number of accounts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casedesk.access.models import Organisation
from casedesk.common import months
from debtors.models import (
    COURT_COSTS,
    AccountState,
    Award,
    AwardLine,
    CaseAccount,
    CaseEvent,
    CaseFlag,
    ServiceState,
    WriteOffAct,
    WriteOffLine,
)
from debtors.queries.limitation import expiring
from debtors.queries.open_months import open_months
from debtors.queries.recovered import recovered
from debtors.rules.limitation import newest_month_lost_by
from debtors.rules.stages import FlagKind, HoldKind, Stage
from debtors.rules.write_off import Ground

Key = tuple[int, int, int]
"""(account, service, month)."""


@dataclass(frozen=True, slots=True)
class Found:
    """A month of a service that may be written off. Kopecks. `why`: what says so."""

    account_id: int
    service_id: int
    month: int
    kopecks: int
    is_penalty: bool
    why: str

    @property
    def key(self) -> Key:
        return self.account_id, self.service_id, self.month


def found(ground: str, *, creditor: Organisation, on: dt.date, accounts: list[int] | None = None) -> Iterator[Found]:
    """What may be written off on the ground, of the creditor's accounts (or of those named), on the day.

    What stands in an act on its way is left out. An act of an authority is found by nobody: all open months are offered.
    """
    busy = _busy(creditor)
    for one in FINDERS[Ground(ground)](creditor, on, accounts):
        if one.key not in busy:
            yield one


def _busy(creditor: Organisation) -> set[Key]:
    lines = WriteOffLine.objects.filter(item__act__in=WriteOffAct.objects.live().filter(creditor=creditor))
    return set(lines.values_list("item__account_id", "service_id", "month"))


def _lost(creditor: Organisation, on: dt.date, accounts: list[int] | None) -> Iterator[Found]:
    """Months past their last day to claim, neither granted by a court nor under an agreement."""
    newest = newest_month_lost_by(on)
    states = AccountState.objects.filter(account__creditor=creditor, oldest_open_month__lte=newest, debt__gt=0)
    agreed = CaseAccount.objects.filter(is_live=True, case__hold_kind=HoldKind.AGREEMENT).values("account")
    states = states.exclude(account__in=agreed)
    if accounts is not None:
        states = states.filter(account__in=accounts)
    ids = list(states.values_list("account_id", flat=True))
    granted = _granted(ids)
    for row in expiring(ids, newest=newest):
        if row.last_day and row.last_day < on and (row.account_id, row.service_id, row.month) not in granted:
            why = f"иск о месяце можно было подать до {row.last_day:%d.%m.%Y}"
            yield Found(row.account_id, row.service_id, row.month, row.kopecks, False, why)


def _granted(ids: list[int]) -> set[Key]:
    lines = AwardLine.objects.filter(account__in=ids, award__booking__undone_at__isnull=True)
    return set(lines.values_list("account_id", "service_id", "month"))


def _returned(creditor: Organisation, on: dt.date, accounts: list[int] | None) -> Iterator[Found]:
    """What was granted and is left, where the bailiffs ended by 229-FZ art. 46 part 1 p. 3 or 4 and nothing followed."""
    why = _impossible(creditor, accounts)
    granted, without_months, owed = _awarded(list(why))
    for row in open_months(account_ids=why):
        key = (row.account_id, row.service_id, row.month)
        most = granted.get(key, row.kopecks if row.month <= without_months.get(row.account_id, 0) else 0)
        if most:
            yield Found(*key, min(most, row.kopecks), False, why[row.account_id])
    for one in _penalties(why):
        most = owed[one.account_id, one.service_id == COURT_COSTS]
        if most > 0:
            yield Found(*one.key, min(most, one.kopecks), True, one.why)


def _impossible(creditor: Organisation, accounts: list[int] | None) -> dict[int, str]:
    """Account -> what the bailiffs' ruling says, for cases where it is the last word."""
    links = CaseAccount.objects.filter(is_live=True, case__creditor=creditor, case__stage=Stage.RETURNED)
    if accounts is not None:
        links = links.filter(account__in=accounts)
    pairs = list(links.values_list("case_id", "account_id"))
    events = CaseEvent.objects.filter(case__in={case for case, _ in pairs}, code="writ_returned", corrected_by__isnull=True)
    last = {event.case_id: event for event in events.order_by("happened_on", "pk")}
    found: dict[int, str] = {}
    for case, account in pairs:
        ground = str(last[case].data.get("ground", "")) if case in last else ""
        if "п. 3" in ground or "п. 4" in ground:
            found[account] = f"{last[case].happened_on:%d.%m.%Y} возвращено: {ground}"
    return found


def _awarded(ids: list[int]) -> tuple[dict[Key, int], dict[int, int], dict[tuple[int, bool], int]]:
    """Granted by month; the last month of awards that name none, by account; penalties and costs left, by account and kind."""
    awards = list(Award.objects.live().filter(account__in=ids))
    lines = AwardLine.objects.filter(award__booking__undone_at__isnull=True, account__in=ids)
    granted: dict[Key, int] = defaultdict(int)
    named = set()
    for award, account, service, month, amount in lines.values_list("award_id", "account_id", "service_id", "month", "amount"):
        granted[account, service, month] += amount
        named.add(award)
    without, owed, came = {}, defaultdict(int), recovered([award.pk for award in awards])
    for award in awards:
        if award.pk not in named and award.principal:
            without[award.account_id] = max(without.get(award.account_id, 0), months.of(award.granted_on))
        owed[award.account_id, True] += award.duty - came[award.pk].duty
        owed[award.account_id, False] += award.penalty - came[award.pk].penalty
    return granted, without, owed


def _flagged(kind: str, said: str) -> Callable:
    """Finder of everything open up to the month in which a case was marked so."""

    def finder(creditor: Organisation, on: dt.date, accounts: list[int] | None) -> Iterator[Found]:
        flags = CaseFlag.objects.in_force().filter(kind=kind, case__creditor=creditor, case__is_open=True)
        since = dict(flags.values_list("case_id", "valid_from"))
        links = CaseAccount.objects.filter(is_live=True, case__in=since)
        if accounts is not None:
            links = links.filter(account__in=accounts)
        days = {account: since[case] for case, account in links.values_list("case_id", "account_id")}
        why = {account: f"{said} с {day:%d.%m.%Y}" for account, day in days.items()}
        for row in open_months(account_ids=days):
            if row.month <= months.of(days[row.account_id]):
                yield Found(row.account_id, row.service_id, row.month, row.kopecks, False, why[row.account_id])
        yield from _penalties(why)

    return finder


def _everything(creditor: Organisation, on: dt.date, accounts: list[int] | None) -> Iterator[Found]:
    why = dict.fromkeys(accounts or (), "по акту органа власти")
    for row in open_months(account_ids=why, overdue_on=on):
        yield Found(row.account_id, row.service_id, row.month, row.kopecks, False, why[row.account_id])
    yield from _penalties(why)


def _penalties(why: dict[int, str]) -> Iterator[Found]:
    """Booked penalties and costs that are owed."""
    states = ServiceState.objects.filter(account__in=list(why), service__is_penalty=True, balance__gt=0)
    for account, service, month, balance in states.values_list("account_id", "service_id", "oldest_open_month", "balance"):
        yield Found(account, service, month, balance, True, why[account])


FINDERS: dict[Ground, Callable] = {
    Ground.LIMITATION: _lost,
    Ground.IMPOSSIBILITY: _returned,
    Ground.DEATH: _flagged(FlagKind.DECEASED, "должник умер, отметка на деле"),
    Ground.LIQUIDATION: _flagged(FlagKind.LIQUIDATED, "организация ликвидирована, отметка на деле"),
    Ground.BANKRUPTCY: _flagged(FlagKind.BANKRUPT, "банкротство, отметка на деле"),
    Ground.AUTHORITY_ACT: _everything,
}
SEARCHED = tuple(ground for ground in FINDERS if ground != Ground.AUTHORITY_ACT)
"""The grounds that the program looks for by itself."""
