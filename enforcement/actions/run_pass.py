"""The daily pass over a creditor: states up to the day, agreements and campaigns, cases opened and closed, writs tied to them,
money paid past the bailiffs found, the boards written.

Run after each import too.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import Organisation, User
from casedesk.common import months
from debtors.actions.check_agreements import check_agreements
from debtors.actions.check_restrictions import check_restrictions
from debtors.actions.derive_cells import keep_fresh
from debtors.actions.make_promise import check_promises
from debtors.actions.open_cases import Passed, open_cases
from debtors.actions.penalty_campaigns import run_campaigns
from debtors.actions.refresh_states import refresh_states
from debtors.models import AccountState
from enforcement.actions.attach_writs import Attached, attach_writs
from enforcement.actions.find_direct_payments import find_direct_payments
from enforcement.actions.keep_funnel import keep_funnel


@dataclass(frozen=True)
class DayPassed:
    """What the pass did; `aged` counts account states brought up to it, `direct` new payments to tell bailiffs of."""

    aged: int
    cases: Passed
    writs: Attached | None = None
    direct: int = 0


@transaction.atomic
def run_pass(*, creditor: Organisation, on: dt.date, by: User | None, dry_run: bool = False) -> DayPassed:
    """Bring the creditor's states, cases and writs up to the day. Safe to repeat; a dry run keeps nothing."""
    aged = _age_states(creditor, on)
    if not dry_run:
        check_agreements(creditor=creditor, on=on)
        check_restrictions(creditor=creditor, on=on)
        check_promises(creditor=creditor, on=on)
        run_campaigns(creditor=creditor, learnt_at=timezone.now(), on=on)
    cases = open_cases(creditor=creditor, on=on, by=by, dry_run=dry_run)
    if dry_run:
        transaction.set_rollback(True)
        return DayPassed(aged, cases)
    writs = attach_writs(creditor=creditor, on=on, by=by)
    keep_fresh(creditor=creditor, on=on)
    keep_funnel(creditors=[creditor.pk], month=months.of(on) - 1)
    return DayPassed(aged, cases, writs, find_direct_payments(creditor=creditor, on=on))


def _age_states(creditor: Organisation, on: dt.date) -> int:
    """A day moves what is overdue: states are rewritten unless all are of this day."""
    old = AccountState.objects.filter(account__creditor=creditor).exclude(as_of=on)
    return refresh_states(on=on, creditor=creditor) if old.exists() else 0
