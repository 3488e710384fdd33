"""Pages of a long list that cost the same at its beginning and at its end.

A total is counted up to `COUNT_CAP` and then shown as "10 000+". Pages are numbered from the start (1, 2, ...) and, beyond
the cap, from the end (-1 is the last), where the reversed order is read: no page ever skips more than the cap.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNT_CAP = 10_000
REMEMBERED_S = 60


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
    """How many rows, at most COUNT_CAP, and whether there are more.

    That a list is longer than the cap is remembered for a minute, per process: it hardly ever stops being true, and finding
    it out again costs as much as all other queries of the page together. An exact count is always fresh.
    """
    asked = queryset.order_by()
    key = _remembered(asked)
    if key and cache.get(key):
        return COUNT_CAP, True
    found = asked[: COUNT_CAP + 1].count()
    if found > COUNT_CAP and key:
        cache.set(key, True, REMEMBERED_S)
    return min(found, COUNT_CAP), found > COUNT_CAP


def _remembered(queryset: QuerySet) -> str:
    """The question as a key; none where there is nothing to ask."""
    try:
        said = str(queryset.query)
    except EmptyResultSet:
        return ""
    about = f"{connection.settings_dict['NAME']} {COUNT_CAP} {said}"
    return "longer-than-cap:" + hashlib.sha256(about.encode()).hexdigest()


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


def page_of_list(items: Sequence[Any], wanted: str | None, size: int = 50) -> Page:
    """The wanted page of things that are already at hand; a number that makes no sense gives the nearest page."""
    last = max(1, -(-len(items) // size))
    try:
        number = int(wanted or 1)
    except ValueError:
        number = 1
    number = last if number < 0 else min(max(number, 1), last)
    return Page(list(items[(number - 1) * size : number * size]), number, size, len(items), capped=False)


def links(page: Page, address: Callable[[int | None], str]) -> dict[str, str | None]:
    """Addresses of the pager; None where there is nowhere to go. `address` takes a page number, None for the first."""
    at_end = page.number == page.last_number
    return {
        "first": None if page.number == 1 else address(None),
        "previous": address(page.previous) if page.previous else None,
        "next": address(page.next) if page.next else None,
        "last": None if at_end else address(page.last_number),
    }
