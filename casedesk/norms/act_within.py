"""The clock of what was found and is to be acted on: a difference with the bailiffs, a missed target of a plan."""

import datetime as dt

from casedesk.norms.catalogue import Catalogue
from casedesk.norms.working_days import working_calendar

ACT_WITHIN = 3
"""Working days: plan row Z6d, not a term of law."""


def act_by(found_on: dt.date, norms: Catalogue | None = None) -> dt.date:
    """The last day to act on what was found on the day."""
    return working_calendar(norms).add(found_on, ACT_WITHIN)
