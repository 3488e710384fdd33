"""Bring the open differences of the last signed act into the next month."""

from enforcement.models import Reconciliation, ReconciliationDifference

BATCH = 1_000


def carry_differences(*, into: Reconciliation) -> int:
    """Copy what the newest earlier act left open, with its first day, its term and who answers for it; return how many.

    Nothing is copied while that act is not signed: signing it carries them. One that is there already is tied to its origin.
    """
    pair = Reconciliation.objects.filter(creditor=into.creditor_id, department=into.department_id, month__lt=into.month)
    before = pair.order_by("-month").first()
    if before is None or not before.is_signed:
        return 0
    old = list(before.differences.filter(state=ReconciliationDifference.State.OPEN).order_by("pk"))
    known = {one.key: one for one in into.differences.all()}
    fresh = [_copy(one, into) for one in old if one.key not in known]
    tied = [_tie(known[one.key], one) for one in old if one.key in known]
    ReconciliationDifference.objects.bulk_create(fresh, BATCH)
    columns = ["carried_from", "root", "found_on", "found_at", "due_on", "assignee"]
    ReconciliationDifference.objects.bulk_update(tied, columns, BATCH)
    return len(old)


def _copy(old: ReconciliationDifference, into: Reconciliation) -> ReconciliationDifference:
    fresh = ReconciliationDifference(
        reconciliation=into, key=old.key, kind=old.kind, label=old.label, amount=old.amount, about=old.about
    )
    return _tie(fresh, old)


def _tie(fresh: ReconciliationDifference, old: ReconciliationDifference) -> ReconciliationDifference:
    fresh.carried_from, fresh.root = old, old.root or old
    fresh.found_on, fresh.found_at, fresh.due_on = old.found_on, old.found_at, old.due_on
    fresh.assignee = fresh.assignee or old.assignee
    return fresh
