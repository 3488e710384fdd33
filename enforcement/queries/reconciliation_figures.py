"""Facts behind the plan's figures on reconciliations, as known at a moment: writs reconciled, differences settled in time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from casedesk.common import months
from enforcement.models import (
    DifferenceDecision,
    EnforcementProceeding,
    Presentation,
    ReconciliationDifference,
    ReconciliationLine,
)
from enforcement.queries.reconciliation_money import known
from enforcement.rules.reconciliation_words import Resolution


@dataclass(frozen=True, slots=True)
class WritFact:
    """A writ with a department at a month's end, and whether a signed act of the month holds it."""

    writ: int
    account: int
    number: str
    department: str
    reconciled: bool


def reconciled_writs(accounts, month: int, known_at: dt.datetime) -> list[WritFact]:
    """Writs with bailiffs at the month's end. `accounts`: a queryset, None for all. Three queries."""
    last = months.last_day(month)
    still = Q(ended_on__isnull=True) | Q(ended_on__gt=last)
    sent = Presentation.objects.filter(still, department__isnull=False, sent_on__lte=last, recorded_at__lte=known_at)
    opened = EnforcementProceeding.objects.filter(
        known("booking__", known_at),
        Q(ended_on__isnull=True) | Q(ended_on__gt=last),
        department__isnull=False,
        opened_on__lte=last,
    )
    lines = ReconciliationLine.objects.filter(
        side="ours",
        is_archived=False,
        reconciliation__month=month,
        reconciliation__state="signed",
        reconciliation__signed_at__lte=known_at,
    )
    names = ("writ", "writ__account", "writ__number")
    found: dict[tuple[int, str], WritFact] = {}
    for rows, department, reconciled in (
        (sent, "department__name", False),
        (opened, "department__name", False),
        (lines, "reconciliation__department__name", True),
    ):
        rows = rows if accounts is None else rows.filter(writ__account__in=accounts)
        for writ, account, number, name in rows.order_by().values_list(*names, department):
            if not reconciled or (writ, name) in found:  # an act also holds writs that came back during its month
                found[writ, name] = WritFact(writ, account, number, name, reconciled)
    return sorted(found.values(), key=lambda fact: (fact.department, fact.number, fact.writ))


@dataclass(frozen=True, slots=True)
class DifferenceFact:
    """A difference once over all the months it was carried through: its term, its first settlement, whether it was acted on."""

    difference: ReconciliationDifference
    account: int | None
    settled_on: dt.date | None
    acted_on: dt.date | None

    @property
    def in_time(self) -> bool:
        return self.settled_on is not None and self.settled_on <= self.difference.due_on


def differences_due(creditors, month: int, known_at: dt.datetime) -> list[DifferenceFact]:
    """Differences whose term of three working days ended in the month. Two queries."""
    return _facts(Q(due_on__range=_days(month)), creditors, known_at)


def differences_found(creditors, month: int, known_at: dt.datetime) -> list[DifferenceFact]:
    """Differences found in the month. Two queries."""
    return _facts(Q(found_on__range=_days(month)), creditors, known_at)


def _days(month: int) -> tuple[dt.date, dt.date]:
    return months.first_day(month), months.last_day(month)


def _facts(which: Q, creditors, known_at: dt.datetime) -> list[DifferenceFact]:
    roots = ReconciliationDifference.objects.filter(which, root__isnull=True, found_at__lte=known_at)
    if creditors is not None:
        roots = roots.filter(reconciliation__creditor__in=creditors)
    roots = list(roots.select_related("reconciliation__department", "ours__writ").order_by("due_on", "pk"))
    settled, acted = _decided([one.pk for one in roots], known_at)
    return [
        DifferenceFact(
            one, one.ours.writ.account_id if one.ours and one.ours.writ else None, settled.get(one.pk), acted.get(one.pk)
        )
        for one in roots
    ]


def _decided(roots: list[int], known_at: dt.datetime) -> tuple[dict[int, dt.date], dict[int, dt.date]]:
    """Root -> first day of a settlement that stands, and of anything that a person did about it."""
    settled: dict[int, dt.date] = {}
    acted: dict[int, dt.date] = {}
    for pk, root, act, resolution, by, day in _decisions(roots, known_at):
        first = root or pk
        if act == DifferenceDecision.Act.SETTLE:
            settled.setdefault(first, day)
        if by is not None and resolution != Resolution.GONE and act != DifferenceDecision.Act.ASSIGN:
            acted.setdefault(first, day)
    return settled, acted


def _decisions(roots: list[int], known_at: dt.datetime) -> Iterable[tuple]:
    standing = Q(taken_back_at__isnull=True) | Q(taken_back_at__gt=known_at)
    for start in range(0, len(roots), 500):
        some = roots[start : start + 500]
        of_them = Q(difference__in=some) | Q(difference__root__in=some)
        found = DifferenceDecision.objects.filter(of_them, standing, decided_at__lte=known_at).order_by("decided_on", "pk")
        names = ("difference", "difference__root", "act", "resolution", "decided_by", "decided_on")
        yield from found.values_list(*names)
