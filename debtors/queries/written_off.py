"""What is written off: by account, by act, by award; what of it stands; and where money came after it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet, Sum

from debtors.models import (
    COURT_COSTS,
    PENALTY_TO_CLAIM,
    UNSPLIT,
    Allocation,
    Award,
    AwardLine,
    Payment,
    ServiceState,
    WriteOffAct,
)
from debtors.queries.recovered import recovered
from debtors.rules.components import Components

LIVE = Q(booking__undone_at__isnull=True)


def written_off() -> QuerySet[Payment]:
    """The facts of write-offs that stand, reversals with them: their sum is what is written off."""
    return Payment.objects.filter(LIVE, channel=Payment.Channel.WRITE_OFF)


@dataclass(frozen=True)
class Standing:
    """One written-off month and what of it is not restored. Kopecks; `month` None: a penalty."""

    payment_id: int
    account_id: int
    service_id: int
    month: int | None
    on: dt.date
    left: int


def standing(facts: QuerySet[Payment]) -> list[Standing]:
    """What is left of these write-offs (positive facts), newest month first. Two queries."""
    taken: dict[int, int] = dict(
        written_off().filter(reverses__in=facts.values("pk")).values_list("reverses_id").annotate(Sum("amount")).order_by()
    )
    rows = facts.values_list("pk", "account_id", "service_id", "designated_month", "counts_on", "amount")
    found = [Standing(pk, *rest, amount + taken.get(pk, 0)) for pk, *rest, amount in rows]
    return sorted((one for one in found if one.left > 0), key=lambda one: (-(one.month or 0), one.service_id))


def of_act(act: WriteOffAct) -> QuerySet[Payment]:
    """The facts that the act booked."""
    return written_off().filter(booking=act.booking_id, amount__gt=0)


def watched(creditor_ids: Iterable[int], on: dt.date) -> QuerySet[Payment]:
    """The facts of acts of these creditors that are watched on the day."""
    acts = WriteOffAct.objects.filter(creditor__in=list(creditor_ids), state="posted", watched_until__gte=on)
    return written_off().filter(booking__in=acts.values("booking"), amount__gt=0)


def by_account(accounts: QuerySet) -> dict[int, int]:
    """Account -> kopecks written off and standing."""
    rows = written_off().filter(account__in=accounts.order_by().values("pk"))
    return {account: total for account, total in rows.values_list("account_id").annotate(Sum("amount")).order_by() if total}


@dataclass(frozen=True)
class Restorable:
    """A part of a write-off that money came for: restored on the day, it is paid at once. Kopecks."""

    payment_id: int
    account_id: int
    service_id: int
    month: int | None
    on: dt.date
    kopecks: int


def restorable(facts: QuerySet[Payment], on: dt.date) -> list[Restorable]:
    """Write-offs for which money came: named by the payer, taken on a writ, or left over on the account. Six queries."""
    lines = standing(facts)
    return _Matcher(lines, on).match() if lines else []


class _Matcher:
    """Lays money that found no debt on what was written off, each rouble once."""

    def __init__(self, lines: list[Standing], on: dt.date):
        self.lines, self.on = lines, on
        self.left = {line.payment_id: line.left for line in lines}
        self.accounts = sorted({line.account_id for line in lines})
        self.found: list[Restorable] = []
        states = ServiceState.objects.filter(account__in=self.accounts, balance__lt=0)
        self.free = {(a, s): -balance for a, s, balance in states.values_list("account_id", "service_id", "balance")}

    def match(self) -> list[Restorable]:
        self._named()
        self._on_writs()
        for line in self.lines:
            self._take(line, (line.account_id, line.service_id), self.on)
        for line in self.lines:
            if line.month is not None:
                self._take(line, (line.account_id, UNSPLIT), self.on)
        return self.found

    def _named(self) -> None:
        """Money that named a written-off month after it was written off and lies elsewhere."""
        by_month = defaultdict(list)
        for line in self.lines:
            if line.month is not None:
                by_month[line.account_id, line.month].append(line)
        paid = Payment.objects.filter(LIVE, account__in=self.accounts, designated_month__isnull=False, amount__gt=0)
        paid = paid.exclude(channel=Payment.Channel.WRITE_OFF).filter(reversals__isnull=True)
        rows = list(paid.values_list("pk", "account_id", "service_id", "designated_month", "counts_on", "amount"))
        laid = _laid_where_named([pk for pk, *_ in rows])
        for pk, account, service, month, day, amount in sorted(rows, key=lambda row: row[4]):
            amount -= laid.get(pk, 0)
            for line in by_month.get((account, month), ()):
                if line.on <= day and service in (UNSPLIT, line.service_id):
                    given = self._give(line, min(amount, self.left[line.payment_id]), day)
                    amount -= given
                    self._spend(account, service, line.service_id, given)

    def _on_writs(self) -> None:
        """Money of awards that found their months written off: held, or paid to a penalty that was written off as well.

        No other debt may take it. The principal comes before the penalty (Civil Code art. 319).
        """
        held = _held(self.accounts)
        lines = AwardLine.objects.filter(award__in={award for _, award in held}, account__in=self.accounts)
        months = defaultdict(set)
        for award, account, service, month in lines.values_list("award_id", "account_id", "service_id", "month"):
            months[account, award].add((service, month))
        for (account, award), (amount, day) in held.items():
            self.free[account, UNSPLIT] = max(0, self.free.get((account, UNSPLIT), 0) - amount)
            for line in self.lines:
                if line.account_id == account and (line.service_id, line.month) in months[account, award]:
                    beside = self.free.get((account, PENALTY_TO_CLAIM), 0)
                    given = self._give(line, min(amount + beside, self.left[line.payment_id]), day)
                    amount, over = max(0, amount - given), max(0, given - amount)
                    self._spend(account, PENALTY_TO_CLAIM, PENALTY_TO_CLAIM, over)

    def _spend(self, account: int, service: int, other: int, given: int) -> None:
        """What a named payment restores may be the very money that was left over: count it once."""
        for key in ((account, service), (account, other), (account, UNSPLIT)):
            taken = min(given, self.free.get(key, 0))
            if taken:
                self.free[key] -= taken
                given -= taken

    def _take(self, line: Standing, key: tuple[int, int], day: dt.date) -> None:
        self.free[key] = self.free.get(key, 0)
        self.free[key] -= self._give(line, min(self.free[key], self.left[line.payment_id]), day)

    def _give(self, line: Standing, kopecks: int, day: dt.date) -> int:
        if kopecks <= 0:
            return 0
        self.left[line.payment_id] -= kopecks
        part = Restorable(line.payment_id, line.account_id, line.service_id, line.month, max(day, line.on), kopecks)
        self.found.append(part)
        return kopecks


def _laid_where_named(payments: list[int]) -> dict[int, int]:
    rows = Allocation.objects.filter(payment__in=payments, withdrawn_at__isnull=True, why=Allocation.Why.DESIGNATED)
    return dict(rows.values_list("payment_id").annotate(Sum("amount")).order_by())


def _held(accounts: list[int]) -> dict[tuple[int, int], tuple[int, dt.date]]:
    """(account, award) -> money on the award's writ that covers nothing, and the day of the newest of it."""
    came = Payment.objects.filter(LIVE, account__in=accounts, award__isnull=False)
    sums: dict[tuple[int, int], int] = defaultdict(int)
    days: dict[tuple[int, int], dt.date] = {}
    rows = came.values_list("account_id", "award_id").annotate(Sum("amount"), Max("counts_on")).order_by()
    for account, award, amount, day in rows:
        sums[account, award] += amount
        days[account, award] = day
    laid = Allocation.objects.filter(account__in=accounts, award__in={award for _, award in sums}, withdrawn_at__isnull=True)
    for account, award, amount in laid.values_list("account_id", "award_id").annotate(Sum("amount")).order_by():
        if (account, award) in sums:
            sums[account, award] -= amount
    return {key: (max(0, amount), days[key]) for key, amount in sums.items()}


def by_award(award_ids: Iterable[int], as_of: dt.date | None = None) -> dict[int, Components]:
    """Award id -> what of it is written off by the day (None: all that is known), beyond no kopeck that is left of it.

    Five queries for any number of awards.
    """
    awards = list(Award.objects.filter(pk__in=list(award_ids)))
    came = recovered([award.pk for award in awards], as_of)
    lines = list(
        AwardLine.objects.filter(award__in=awards).values_list("award_id", "account_id", "service_id", "month", "amount")
    )
    accounts = {award.account_id for award in awards} | {line[1] for line in lines}
    gone = _gone(accounts, as_of)
    if not gone:
        return {award.pk: Components() for award in awards}
    paid = _paid_by_month([award.pk for award in awards], as_of)
    principal: dict[int, int] = defaultdict(int)
    for award, account, service, month, amount in lines:
        principal[award] += _cut(gone, (account, service, month), amount - paid.get((award, account, service, month), 0))
    with_lines = {line[0] for line in lines}
    found = {}
    for award in awards:
        if award.pk not in with_lines:
            principal[award.pk] = _unnamed(gone, award, award.principal - came[award.pk].principal)
        penalty = _cut_kind(gone, award.account_id, award.penalty - came[award.pk].penalty, costs=False)
        duty = _cut_kind(gone, award.account_id, award.duty - came[award.pk].duty, costs=True)
        found[award.pk] = Components(principal[award.pk], penalty, duty)
    return found


Gone = dict[tuple[int, int, int | None], int]


def _gone(accounts: set[int], as_of: dt.date | None) -> Gone:
    facts = written_off().filter(account__in=accounts)
    if as_of:
        facts = facts.filter(counts_on__lte=as_of)
    rows = facts.values_list("account_id", "service_id", "designated_month").annotate(Sum("amount")).order_by()
    return {(account, service, month): amount for account, service, month, amount in rows if amount}


def _paid_by_month(awards: list[int], as_of: dt.date | None) -> dict[tuple[int, int, int, int], int]:
    rows = Allocation.objects.filter(award__in=awards, withdrawn_at__isnull=True)
    if as_of:
        rows = rows.filter(counts_on__lte=as_of)
    rows = rows.values_list("award_id", "account_id", "service_id", "month").annotate(Sum("amount")).order_by()
    return {(award, account, service, month): amount for award, account, service, month, amount in rows}


def _cut(gone: Gone, key: tuple[int, int, int | None], most: int) -> int:
    """Take up to `most` out of what is written off under the key, so that two awards never count one kopeck."""
    taken = max(0, min(most, gone.get(key, 0)))
    if taken:
        gone[key] -= taken
    return taken


def _cut_kind(gone: Gone, account: int, most: int, *, costs: bool) -> int:
    taken = 0
    for key in [key for key in gone if key[0] == account and key[2] is None and (key[1] == COURT_COSTS) == costs]:
        taken += _cut(gone, key, most - taken)
    return taken


def _unnamed(gone: Gone, award: Award, most: int) -> int:
    taken = 0
    for key in sorted(key for key in gone if key[0] == award.account_id and key[2] is not None):
        taken += _cut(gone, key, most - taken)
    return taken
