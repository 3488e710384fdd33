"""What follows a change of the ledger: cases open, refresh and close, writs are tied to them, boards are kept fresh."""

import datetime as dt

from casedesk.access.models import Organisation, User
from debtors.actions.derive_cells import keep_fresh
from debtors.actions.open_cases import Passed, open_cases
from enforcement.actions.attach_writs import attach_writs
from enforcement.actions.match_bailiff_words import match_bailiff_words


def cases_after(*, creditor: Organisation, by: User | None, on: dt.date) -> Passed:
    """Run the pass after a booking or an undoing. It stands apart from it: killed in between, the next pass does the same."""
    passed = open_cases(creditor=creditor, on=on, by=by)
    attach_writs(creditor=creditor, on=on, by=by)
    match_bailiff_words(creditor=creditor, on=on, by=by)
    keep_fresh(creditor=creditor, on=on)
    return passed
