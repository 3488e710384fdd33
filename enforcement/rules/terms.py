"""The terms that a writ and its proceeding start, by the norms of their day."""

import datetime as dt

from casedesk.common.refusals import Refusal
from casedesk.norms.calculators import procedural_terms
from casedesk.norms.catalogue import Catalogue, shipped
from casedesk.norms.reading import Reading
from casedesk.norms.terms import add_months, add_years

ASKER = "сроки исполнительного документа"


def presentation_ends(issued_on: dt.date | None) -> dt.date | None:
    """Last day to present (229-ФЗ ст. 21), counted from the day of issue: for a court's writ the safe, earlier side."""
    if issued_on is None:
        return None
    reading = Reading(shipped(), ASKER)
    return reading.on_or_after(add_years(issued_on, reading.value("enforcement.presentation_years", issued_on)))


def actions_end(opened_on: dt.date | None) -> dt.date | None:
    """End of the two months given for the bailiff's actions (229-ФЗ ст. 36 ч. 1)."""
    if opened_on is None:
        return None
    reading = Reading(shipped(), ASKER)
    return add_months(opened_on, reading.value("enforcement.proceeding_months", opened_on))


def earliest_repeat(ended_on: dt.date | None, ground: str) -> dt.date | None:
    """First day for presenting again after a return (229-ФЗ ст. 46 ч. 5); at once where the ground sets no wait."""
    if ended_on is None or ground not in ("46.1.2", "46.1.3", "46.1.4"):
        return ended_on
    reading = Reading(shipped(), ASKER)
    return add_months(ended_on, reading.value("enforcement.repeat_months", ended_on)["court_document"])


def last_day_of(term: str, since: dt.date, norms: Catalogue) -> dt.date | None:
    """Last day of a term of `procedural_terms` that starts the day after `since`; None where the norms do not reach back."""
    try:
        answer = procedural_terms.calculate({"term": term, "from": since.isoformat()}, Reading(norms, ASKER))
    except Refusal:
        return None
    return answer["last_day"]
