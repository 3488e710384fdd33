"""Terms of three working days that run on differences of reconciliations, for the deadline register."""

import datetime as dt

from debtors.rules.deadlines import Deadline, Kind
from enforcement.models import ReconciliationDifference
from enforcement.rules.reconciliation_words import KIND_NAMES

NORM = "план Z6d: три рабочих дня"


def difference_deadlines(user, *, first: dt.date, last: dt.date) -> list[Deadline]:
    """Open differences this person sees whose term ends between the days. One query."""
    found = ReconciliationDifference.objects.visible_to(user).open().filter(due_on__range=(first, last))
    found = found.select_related("ours__writ__case_file", "reconciliation__department")
    return [_deadline(one) for one in found]


def _deadline(one: ReconciliationDifference) -> Deadline:
    case = one.ours.writ.case_file if one.ours and one.ours.writ else None
    title = f"Расхождение сверки, {KIND_NAMES[one.kind]}: {one.label}"
    owner = (case.pk, case.number, case.debtor_names) if case else (0, 0, one.label)
    return Deadline(one.due_on, Kind.DIFFERENCE, title, NORM, abs(one.amount), *owner, one.assignee_id, one.get_absolute_url())
