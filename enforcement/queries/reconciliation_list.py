"""Reconciliations with their shares and lights, and the months that nobody has opened yet."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casedesk.access.models import Organisation
from casedesk.access.scope import scope_of
from casedesk.common import months
from enforcement.models import (
    EnforcementProceeding,
    Presentation,
    Reconciliation,
    ReconciliationDifference,
    ReconciliationLine,
)


def with_shares(found: QuerySet, on: dt.date) -> QuerySet:
    """Adds `writs`, `answered` (writs with a line of theirs), `all_differences`, `open_differences`, `late_differences`."""
    ours = ReconciliationLine.objects.filter(reconciliation=OuterRef("pk"), side="ours", is_archived=False)
    theirs = ReconciliationLine.objects.filter(
        reconciliation=OuterRef("reconciliation"), side="theirs", group=OuterRef("group")
    )
    differences = ReconciliationDifference.objects.filter(reconciliation=OuterRef("pk"))
    is_open = differences.filter(state="open")
    return found.annotate(
        writs=_count(ours, "reconciliation"),
        answered=_count(ours.filter(Exists(theirs)), "reconciliation"),
        all_differences=_count(differences, "reconciliation"),
        open_differences=_count(is_open, "reconciliation"),
        late_differences=_count(is_open.filter(due_on__lt=on), "reconciliation"),
    )


def _count(rows: QuerySet, by: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


@dataclass(frozen=True)
class Waiting:
    """A creditor with writs in a department and no reconciliation for the month that is over."""

    creditor: Organisation
    department: Organisation
    month: int
    writs: int

    @property
    def iso(self) -> str:
        return months.iso(self.month)


def waiting(user, on: dt.date) -> list[Waiting]:
    """What this person may open for the last month that is over. Three queries."""
    month = months.of(on) - 1
    last = months.last_day(month)
    scope = scope_of(user)
    mine = Q() if scope.everything else Q(writ__creditor__in=scope.creditors)
    sent = Presentation.objects.filter(mine, department__isnull=False, sent_on__lte=last)
    sent = sent.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=last))
    opened = EnforcementProceeding.objects.live().filter(mine, department__isnull=False, status="open", opened_on__lte=last)
    writs: dict[tuple[int, int], set[int]] = {}
    for rows in (sent, opened):
        for creditor, department, writ in rows.order_by().values_list("writ__creditor", "department", "writ"):
            writs.setdefault((creditor, department), set()).add(writ)
    there = Reconciliation.objects.filter(month__gte=month).values_list("creditor", "department")
    left = {pair: len(found) for pair, found in writs.items() if pair not in set(there)}
    names = Organisation.objects.in_bulk({pk for pair in left for pk in pair}) if left else {}
    found = [Waiting(names[creditor], names[department], month, count) for (creditor, department), count in left.items()]
    return sorted(found, key=lambda one: (one.creditor.name, one.department.name))
