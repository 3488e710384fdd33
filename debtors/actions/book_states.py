"""After facts: allocation, running totals, states and the cube, for touched accounts only."""

import datetime as dt

from debtors.actions.derive_totals import TOUCHED, rebuild_totals, touch_facts_of
from debtors.models import Booking
from debtors.queries.dialect import rows


def refresh_derived(booking: Booking, *, on: dt.date) -> int:
    """Bring every derived figure of the accounts of a booking up to date; return their number."""
    touch_facts_of(booking)
    rebuild_totals(booking)
    return rows(f"SELECT COUNT(DISTINCT account_id) FROM {TOUCHED}")[0][0]
