"""Whose money is a bailiff's payment that names no court act: pure."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Issued(Protocol):
    """A writ, by its number in the books and its day."""

    pk: int
    issued_on: dt.date | None


W = TypeVar("W", bound=Issued)


def writ_of(writs: Iterable[W], day: dt.date) -> W:
    """The newest writ of the account issued by the day; the oldest one when none was."""
    listed = sorted(writs, key=lambda writ: (writ.issued_on or dt.date.min, writ.pk))
    issued = [writ for writ in listed if (writ.issued_on or dt.date.min) <= day]
    return issued[-1] if issued else listed[0]
