"""Taking a reconciliation into one's hands: the row locked, the move allowed."""

import datetime as dt

from enforcement.models import Reconciliation
from enforcement.states.reconciliation import MOVES


def locked(reconciliation: Reconciliation, action: str, on: dt.date) -> Reconciliation:
    """The fresh row under a lock. Raises NotAllowed when its state does not let the action be done, signed above all."""
    one = Reconciliation.objects.select_for_update(of=("self",)).select_related("creditor", "department")
    one = one.get(pk=reconciliation.pk)
    MOVES.check(one, action, on)
    return one
