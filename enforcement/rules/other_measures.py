"""Thresholds of measures beside court and bailiffs."""

import datetime as dt

from casedesk.norms.catalogue import Catalogue
from casedesk.norms.reading import Reading


def eviction_months(on: dt.date, norms: Catalogue) -> int:
    """A tenant may be evicted for more unpaid months than these (ЖК РФ ст. 90)."""
    return int(Reading(norms, "иск о выселении").value("other_measures.eviction_months", on))
