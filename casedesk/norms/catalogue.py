"""The catalogue of norms: look a value up by name and day."""

import datetime as dt
from functools import cache

from casedesk.norms.loader import load
from casedesk.norms.norm import Norm, Value
from casedesk.norms.refusals import NormNotKnown, NoSuchNorm


class Catalogue:
    """Norms by name. Immutable: adding values makes a new catalogue, so that caches may be keyed by it."""

    def __init__(self, norms: dict[str, Norm]):
        self._norms = dict(norms)

    def __iter__(self):
        return iter(self._norms.values())

    def norm(self, name: str) -> Norm:
        """The norm with its whole history. Raises NoSuchNorm, naming what there is."""
        try:
            return self._norms[name]
        except KeyError:
            raise NoSuchNorm(f"no norm {name!r}; known: {', '.join(sorted(self._norms))}") from None

    def find(self, name: str, *, on: dt.date, asker: str) -> Value | None:
        """The value in force on the day.

        None when the rule is not there on that day (`outside = "nothing"`). Raises NormNotKnown when we do not know.
        """
        norm = self.norm(name)
        value = norm.at(on)
        if value is None and norm.outside == "error":
            raise NormNotKnown(norm=norm.about, day=on, asker=asker, why=_why(norm, on))
        return value


def _why(norm: Norm, day: dt.date) -> str:
    if day < norm.first_day:
        return f"первое известное значение действует с {norm.first_day:%d.%m.%Y}"
    return f"последнее известное значение действует по {norm.last_day:%d.%m.%Y}"


@cache
def shipped() -> Catalogue:
    """The norms that came with the program, checked when first read (at start: `NormsConfig.ready`)."""
    return Catalogue(load())
