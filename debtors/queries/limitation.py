"""When the open months of accounts are lost to limitation: what stands behind the radar, the register and the case page.

Most months have no events of their own, so their last day depends on the month alone; only the accounts of cases where
something was filed or acknowledged are looked at one by one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from casedesk.common import months
from casedesk.norms.calculators.limitation import Event, state
from debtors.models import CaseAccount, CaseEvent
from debtors.queries.open_months import OpenMonth, open_months
from debtors.rules.limitation import EVENT_KINDS, VOIDED_BY, last_day_after, last_day_to_claim


@dataclass(frozen=True)
class Expiring:
    """An open month of an account's service and the last day to claim it. None: the term stands still."""

    account_id: int
    service_id: int
    month: int
    kopecks: int
    at_least: bool
    last_day: dt.date | None

    def state(self, on: dt.date) -> str:
        """stopped, in_time, under_6_months, under_30_days, expired."""
        return state(self.last_day, on)


@dataclass(frozen=True)
class MovesTerm:
    """An event of a case that moves terms, with the months it concerns (both ends; None: all)."""

    event: Event
    first: int | None
    last: int | None

    def concerns(self, month: int) -> bool:
        return (self.first is None or month >= self.first) and (self.last is None or month <= self.last)


def expiring(account_ids: Iterable[int], *, newest: int | None = None) -> Iterator[Expiring]:
    """Open months of the accounts up to the newest asked, oldest first, each with its last day. At most three queries."""
    ids = list(account_ids)
    moved = term_events(ids)
    for row in open_months(account_ids=ids, newest=newest):
        yield Expiring(
            row.account_id, row.service_id, row.month, row.kopecks, row.at_least, _last_day(row, moved.get(row.account_id, ()))
        )


def _last_day(row: OpenMonth, moved: Iterable[MovesTerm]) -> dt.date | None:
    events = tuple(item.event for item in moved if item.concerns(row.month))
    return last_day_after(row.month, events) if events else last_day_to_claim(row.month)


def term_events(account_ids: list[int]) -> dict[int, list[MovesTerm]]:
    """Events that move terms, by account of their case. Events that a later one corrects are out."""
    events = moving_events(CaseEvent.objects.filter(case__account_links__account__in=account_ids))
    by_case: dict[int, list[MovesTerm]] = defaultdict(list)
    for event in events:
        by_case[event.case_id].append(_as_moved(event))
    if not by_case:
        return {}
    links = CaseAccount.objects.filter(case__in=list(by_case), account__in=account_ids)
    found: dict[int, list[MovesTerm]] = defaultdict(list)
    for case, account in links.values_list("case_id", "account_id"):
        found[account] += by_case[case]
    return found


def moving_events(events: QuerySet) -> QuerySet:
    """Those of the events that stop or renew a limitation term and still stand: neither corrected nor returned by the court."""
    voided = CaseEvent.objects.filter(
        code__in=VOIDED_BY,
        corrected_by__isnull=True,
        subject_kind=OuterRef("subject_kind"),
        subject_id=OuterRef("subject_id"),
        pk__gt=OuterRef("pk"),
    )
    standing = events.filter(code__in=EVENT_KINDS, corrected_by__isnull=True)
    return standing.exclude(Q(subject_id__isnull=False) & Exists(voided)).distinct().order_by("happened_on", "pk")


def _as_moved(event: CaseEvent) -> MovesTerm:
    first, last = (event.data.get(name) for name in ("first_month", "last_month"))
    return MovesTerm(
        Event(EVENT_KINDS[event.code], event.happened_on, written=bool(event.data.get("written"))),
        months.parse(first) if first else None,
        months.parse(last) if last else None,
    )
