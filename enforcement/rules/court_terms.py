"""Which day is the last of the term that a court event starts (ГПК РФ ст. 107-109, 126-130, 133, 154, 237, 321, 332)."""

import datetime as dt

from casedesk.norms.calculators.procedural_terms import calculate
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.reading import Reading
from enforcement.rules.court_data import day_of
from enforcement.rules.court_event_kind import CourtEventKind

ASKER = "сроки по требованию"
ONE_DAY = dt.timedelta(days=1)


def term_until(kind: CourtEventKind, claim_kind: str, on: dt.date, data: dict, norms: Catalogue) -> dt.date | None:
    """The last day of the term, inclusive; None when the event starts none.

    A day set by the court goes before the norm's. A judgment's month runs from its final form; a default judgment's from
    the end of the defendant's own seven days (ГПК РФ ст. 237 ч. 2).
    """
    if kind.until and day_of(data, kind.until):
        return day_of(data, kind.until)
    name = kind.term_for(claim_kind)
    if not name:
        return None
    start = day_of(data, "final_on") or on
    if data.get("is_default"):
        start = last_day("default_review", start, norms)
    return last_day(name, start, norms)


def last_day(term: str, start: dt.date, norms: Catalogue) -> dt.date:
    """Last day of a named procedural term that starts the day after `start`."""
    return calculate({"term": term, "from": start.isoformat()}, Reading(norms, ASKER))["last_day"]


def objections_end(issued_on: dt.date, served_until: dt.date | None, norms: Catalogue) -> dt.date:
    """Last day for objections to an order: ten days from service; without it, from the end of the court's own five days."""
    return served_until or last_day("objections", last_day("order_copy", issued_on, norms), norms)
