"""What follows a change of the ledger: cases open, refresh and close, writs are tied to them."""

import datetime as dt

from casedesk.access.models import Organisation, User
from debtors.actions.open_cases import Passed, open_cases
from enforcement.actions.attach_writs import attach_writs


def cases_after(*, creditor: Organisation, by: User | None, on: dt.date) -> Passed:
    """Run the pass after a booking or an undoing. It stands apart from it: killed in between, the next pass does the same."""
    passed = open_cases(creditor=creditor, on=on, by=by)
    attach_writs(creditor=creditor, on=on, by=by)
    return passed
