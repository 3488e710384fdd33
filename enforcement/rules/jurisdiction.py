"""Which kind of court a claim belongs to (подсудность), by its kind and its price."""

import datetime as dt

from casedesk.common import money
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.reading import Reading
from enforcement.rules.claim_stages import IN_ARBITRAZH, ClaimKind

MAGISTRATE, DISTRICT, ARBITRAZH = "magistrate", "district", "arbitrazh"
"""As `Court.Kind` names them."""
TO_WHOM = {MAGISTRATE: "мировому судье", DISTRICT: "районному суду", ARBITRAZH: "арбитражному суду"}
ASKER = "подсудность требования"


def court_kind(kind: str, price: int, filed: dt.date, norms: Catalogue) -> str:
    """The kind of court for a claim of `price` kopecks filed on the day.

    Orders: a magistrate whatever the sum (ГПК РФ ст. 23 ч. 1 п. 1, ст. 121, 123); a lawsuit over property up to the limit
    as well (п. 4), above it the district court (ст. 24); eviction: the district court; firms: arbitrazh (АПК РФ ст. 27).
    """
    if kind in IN_ARBITRAZH:
        return ARBITRAZH
    if kind == ClaimKind.ORDER:
        return MAGISTRATE
    limit = money.from_decimal(Reading(norms, ASKER).value("court_terms.magistrate_limit", filed))
    return DISTRICT if kind == ClaimKind.EVICTION or price > limit else MAGISTRATE
