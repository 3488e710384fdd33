"""The clock of a missed target."""

import datetime as dt

from casedesk.norms.catalogue import Catalogue
from casedesk.norms.working_days import working_calendar

ACT_WITHIN = 3
"""Working days in which a gap is to be acted on: plan row Z6d, not a term of law."""


def due_on(found_on: dt.date, norms: Catalogue | None = None) -> dt.date:
    """The last day to act on a target found missed on the day."""
    return working_calendar(norms).add(found_on, ACT_WITHIN)
