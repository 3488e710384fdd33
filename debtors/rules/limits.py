"""Until when the debt of a month may be claimed in court, nothing having stopped or interrupted the term."""

import datetime as dt
from functools import cache

from casedesk.norms.calculators.limitation import follow
from casedesk.norms.catalogue import shipped
from casedesk.norms.due_dates import due_on
from casedesk.norms.reading import Reading


@cache
def last_day_to_claim(month: int) -> dt.date:
    """The last day to go to court for the month's bill (ГК РФ ст. 196, 200 п. 2, 193)."""
    reading = Reading(shipped(), "исковая давность дела")
    return reading.on_or_after(follow(due_on(month), [], reading).end)
