"""The norms in force in this installation: those shipped, and the approved values of its database."""

import datetime as dt
from functools import lru_cache

from casedesk.norms.catalogue import Catalogue, shipped
from casedesk.norms.models import NormValue
from casedesk.norms.norm import Value
from casedesk.norms.overlay import laid_over
from casedesk.norms.typed import read

FIELDS = ("norm", "valid_from", "valid_to", "value", "act", "confidence", "checked_on", "note", "decided_at")


def current() -> Catalogue:
    """One query; the same rows give the same catalogue object."""
    return _catalogue(tuple(NormValue.objects.approved().order_by("decided_at", "pk").values_list(*FIELDS)))


@lru_cache(maxsize=4)
def _catalogue(rows: tuple[tuple, ...]) -> Catalogue:
    if not rows:
        return shipped()
    return laid_over(shipped(), [(row[0], _value(*row)) for row in rows])


def _value(
    norm: str,
    valid_from: dt.date,
    valid_to: dt.date | None,
    text: str,
    act: str,
    confidence: str,
    checked_on: dt.date,
    note: str,
    decided_at: dt.datetime,
) -> Value:
    return Value(
        valid_from=valid_from,
        valid_to=valid_to,
        value=read(shipped().norm(norm), text),
        act=act,
        confidence=confidence,
        checked_on=checked_on,
        note=note,
        added_on=decided_at.date(),
    )
