"""Added values laid over the shipped ones: a new catalogue, the shipped one untouched."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from casedesk.norms.catalogue import Catalogue
from casedesk.norms.norm import Norm, Value

ONE_DAY = dt.timedelta(days=1)


def laid_over(norms: Catalogue, added: Iterable[tuple[str, Value]]) -> Catalogue:
    """The catalogue with the added values; of two for the same first day the later one in the list wins."""
    changed = {norm.name: norm for norm in norms}
    for name, value in added:
        changed[name] = with_value(changed[name], value)
    return Catalogue(changed)


def with_value(norm: Norm, value: Value) -> Norm:
    """The norm with one more value: it ends what ran into it, and itself ends before a value that already follows."""
    before = [_ended(old, value.valid_from - ONE_DAY) for old in norm.values if old.valid_from < value.valid_from]
    after = [old for old in norm.values if old.valid_from > value.valid_from]
    if after:
        value = _ended(value, after[0].valid_from - ONE_DAY)
    verified = norm.verified_through and max(norm.verified_through, value.checked_on)
    return replace(norm, values=(*before, value, *after), verified_through=verified)


def _ended(value: Value, last: dt.date) -> Value:
    return value if value.valid_to and value.valid_to <= last else replace(value, valid_to=last)
