"""Take a court act into the ledger as an award: what was granted, for which months, and the costs and penalty it makes owed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Sum

from casedesk.access.models import Organisation, User
from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from debtors.actions.book import open_booking
from debtors.actions.book_states import refresh_derived
from debtors.models import COURT_COSTS, PENALTY, PENALTY_TO_CLAIM, Allocation, Award, AwardLine, Booking, Charge, ServiceState
from debtors.rules.components import Components

BATCH = 2_000


class AwardDoesNotAddUp(Refusal):
    """The lines of an award are not its principal, or it grants nothing."""

    code = "award_does_not_add_up"


@dataclass(frozen=True, slots=True)
class GrantedMonth:
    """The principal granted for one month of an account's service, in kopecks."""

    account_id: int
    service_id: int
    month: int
    amount: int


@dataclass(frozen=True, slots=True)
class Grant:
    """One award to be made. `account_id` owes the costs and the penalty; `lines` may be empty when the months are unknown."""

    account_id: int
    granted: Components
    granted_on: dt.date
    label: str
    lines: Sequence[GrantedMonth] = field(default_factory=tuple)


@transaction.atomic
def grant_award(
    *, creditor: Organisation, grant: Grant, by: User | None, learnt_at: dt.datetime, on: dt.date, about: str = ""
) -> Award:
    """Make one award with a booking of its own and bring the account's figures up to `on`.

    Raises AwardDoesNotAddUp, LearntOutOfOrder. Undoing the booking takes the award back.
    """
    booking = open_booking(
        creditor=creditor,
        kind=Booking.Kind.MANUAL,
        about=about or f"Присуждено: {grant.label}",
        by=by,
        learnt_at=learnt_at,
    )
    (award,) = grant_awards(booking=booking, grants=[grant])
    refresh_derived(booking, on=on)
    return award


def grant_awards(*, booking: Booking, grants: Iterable[Grant]) -> list[Award]:
    """Make awards in an open booking, in a fixed number of statements per batch; the caller refreshes what is derived.

    The costs are owed from the act on; of the penalty only what the account does not owe yet is added, so a penalty that was
    put on record for the claim is not owed twice. Raises AwardDoesNotAddUp.
    """
    listed = list(grants)
    for grant in listed:
        _check(grant)
    awards = [
        Award(
            creditor_id=booking.creditor_id,
            account_id=grant.account_id,
            label=grant.label[:200],
            granted_on=grant.granted_on,
            principal=grant.granted.principal,
            penalty=grant.granted.penalty,
            duty=grant.granted.duty,
            booking=booking,
        )
        for grant in listed
    ]
    charges = _charges(booking, listed)
    Award.objects.bulk_create(awards, BATCH)
    lines = [
        AwardLine(award=award, account_id=line.account_id, service_id=line.service_id, month=line.month, amount=line.amount)
        for award, grant in zip(awards, listed, strict=True)
        for line in grant.lines
    ]
    AwardLine.objects.bulk_create(lines, BATCH)
    Charge.objects.bulk_create(charges, BATCH)
    return awards


def _check(grant: Grant) -> None:
    named = sum(line.amount for line in grant.lines)
    if not grant.granted.total or (grant.lines and named != grant.granted.principal):
        raise AwardDoesNotAddUp(
            f"«{grant.label}»: присуждено основного долга {money.spaced(grant.granted.principal)} ₽, а по месяцам "
            f"{money.spaced(named)} ₽. Суммы по месяцам должны давать основной долг; проверьте расчёт требования.",
            principal=grant.granted.principal,
            lines=named,
        )


def _charges(booking: Booking, grants: list[Grant]) -> list[Charge]:
    """The costs in full and the penalty that is not owed yet. What registers charged as penalty is taken over by the award."""
    owed = _owed_penalty({grant.account_id for grant in grants if grant.granted.penalty})
    made = []
    for grant in grants:
        account = grant.account_id
        if grant.granted.duty:
            made.append(_charge(booking, grant, COURT_COSTS, charged=grant.granted.duty))
        missing = grant.granted.penalty - _take(owed, (account, PENALTY_TO_CLAIM), grant.granted.penalty)
        if missing:
            made.append(_charge(booking, grant, PENALTY_TO_CLAIM, charged=missing))
            taken_over = _take(owed, (account, PENALTY), missing)
            if taken_over:
                made.append(_charge(booking, grant, PENALTY, credited=taken_over))
    return made


def _owed_penalty(account_ids: set[int]) -> dict[tuple[int, int], int]:
    """(account, service) -> penalty that is owed and that no other award has claimed for itself."""
    states = ServiceState.objects.filter(account__in=account_ids, service__in=(PENALTY, PENALTY_TO_CLAIM), balance__gt=0)
    owed = {(account, service): balance for account, service, balance in states.values_list("account", "service", "balance")}
    if not owed:
        return owed
    awards = Award.objects.live().filter(account__in=account_ids)
    claimed = dict(awards.order_by().values_list("account").annotate(Sum("penalty")))
    paid = Allocation.objects.filter(award__in=awards, service=PENALTY_TO_CLAIM, withdrawn_at__isnull=True)
    for account, amount in paid.order_by().values_list("account").annotate(Sum("amount")):
        claimed[account] = claimed.get(account, 0) - amount
    for account, amount in claimed.items():
        _take(owed, (account, PENALTY_TO_CLAIM), amount)
    return owed


def _take(owed: dict[tuple[int, int], int], key: tuple[int, int], amount: int) -> int:
    taken = min(owed.get(key, 0), amount)
    if taken:
        owed[key] -= taken
    return taken


def _charge(booking: Booking, grant: Grant, service: int, *, charged: int = 0, credited: int = 0) -> Charge:
    month = months.of(grant.granted_on)
    return Charge(
        account_id=grant.account_id,
        service_id=service,
        month=month,
        kind=Charge.Kind.CORRECTION,
        charged=charged,
        credited=credited,
        counts_on=months.last_day(month),
        booking=booking,
    )
