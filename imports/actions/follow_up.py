"""What follows a change of the ledger: the pass that opens, refreshes and closes cases."""

import datetime as dt

from casedesk.access.models import Organisation, User
from debtors.actions.open_cases import Passed, open_cases


def cases_after(*, creditor: Organisation, by: User | None, on: dt.date) -> Passed:
    """Run the pass after a booking or an undoing. It stands apart from it: killed in between, the next pass does the same."""
    return open_cases(creditor=creditor, on=on, by=by)
