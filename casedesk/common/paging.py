"""Pages of a long list that cost the same at its beginning and at its end.

A total is counted up to `COUNT_CAP` and then shown as "10 000+". Pages are numbered from the start (1, 2, ...) and, beyond
the cap, from the end (-1 is the last), where the reversed order is read: no page ever skips more than the cap.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

COUNT_CAP = 10_000


@dataclass(frozen=True)
class Page:
    """Some rows of a list and where they stand. `count` is exact unless `capped`."""

    rows: list[Any]
    number: int
    size: int
    count: int
    capped: bool

    @property
    def last_number(self) -> int:
        """The number of the last page; -1 when nobody knows how many there are."""
        return -1 if self.capped else max(1, -(-self.count // self.size))

    @property
    def first_shown(self) -> int | None:
        """Position of the first row, counted from the start; None on pages counted from the end."""
        return (self.number - 1) * self.size + 1 if self.number > 0 else None

    @property
    def last_shown(self) -> int | None:
        return self.first_shown + len(self.rows) - 1 if self.first_shown else None

    @property
    def from_end(self) -> int:
        """How many pages from the end this one is: 1 for the last."""
        return -self.number

    @property
    def previous(self) -> int | None:
        if self.number > 0:
            return self.number - 1 or None
        return self.number - 1 if -self.number * self.size < COUNT_CAP else None

    @property
    def next(self) -> int | None:
        if self.number < 0:
            return self.number + 1 or None
        if self.capped:
            return self.number + 1 if self.number * self.size < COUNT_CAP else None
        return self.number + 1 if self.number < self.last_number else None


def capped_count(queryset: QuerySet) -> tuple[int, bool]:
    """How many rows, at most COUNT_CAP, and whether there are more."""
    found = queryset.order_by()[: COUNT_CAP + 1].count()
    return min(found, COUNT_CAP), found > COUNT_CAP


def page(queryset: QuerySet, wanted: str | None, size: int = 50) -> Page:
    """The wanted page of an ordered queryset. A number that makes no sense gives the nearest page that exists."""
    count, capped = capped_count(queryset)
    most = COUNT_CAP // size
    try:
        number = int(wanted or 1) or 1
    except ValueError:
        number = 1
    if not capped:
        last = max(1, -(-count // size))
        number = last if number < 0 else min(number, last)
    else:
        number = max(-most, min(number, most))
    if number > 0:
        rows = list(queryset[(number - 1) * size : number * size])
    else:
        rows = list(queryset.reverse()[(-number - 1) * size : -number * size])[::-1]
    return Page(rows, number, size, count, capped)
