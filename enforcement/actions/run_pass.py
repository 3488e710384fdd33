"""The daily pass over a creditor: states up to the day, cases opened and closed, writs tied to them.

Run after each import too.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import Organisation, User
from debtors.actions.open_cases import Passed, open_cases
from debtors.actions.refresh_states import refresh_states
from debtors.models import AccountState
from enforcement.actions.attach_writs import Attached, attach_writs


@dataclass(frozen=True)
class DayPassed:
    """What the pass did; `aged` counts account states brought up to it."""

    aged: int
    cases: Passed
    writs: Attached | None = None


@transaction.atomic
def run_pass(*, creditor: Organisation, on: dt.date, by: User | None, dry_run: bool = False) -> DayPassed:
    """Bring the creditor's states, cases and writs up to the day. Safe to repeat; a dry run keeps nothing."""
    aged = _age_states(creditor, on)
    cases = open_cases(creditor=creditor, on=on, by=by, dry_run=dry_run)
    if dry_run:
        transaction.set_rollback(True)
        return DayPassed(aged, cases)
    return DayPassed(aged, cases, attach_writs(creditor=creditor, on=on, by=by))


def _age_states(creditor: Organisation, on: dt.date) -> int:
    """A day moves what is overdue: states are rewritten unless all are of this day."""
    old = AccountState.objects.filter(account__creditor=creditor).exclude(as_of=on)
    return refresh_states(on=on, creditor=creditor) if old.exists() else 0
