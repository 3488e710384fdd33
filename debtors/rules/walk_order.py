"""The order of a walk: house by house along a street, flats as the stairs go."""

import re

from casedesk.common.text import fold
from debtors.rules.address import parse

_PARTS = re.compile(r"\d+|\D+")


def walk_key(house: str, flat: str) -> tuple:
    """What doors are sorted by: street, number of the house, flat. Numbers are compared as numbers: 2 before 10."""
    address = parse(house)
    return (address.street or fold(house), natural(f"{address.house} {address.building}"), natural(flat))


def natural(text: str) -> tuple:
    """`10а` -> numbers as numbers, letters as letters."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in _PARTS.findall(fold(text)))
