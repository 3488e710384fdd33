"""A whole column of cells -> kopecks.

The answers are those of `amount`; where all cells are alike they are not asked one by one.
"""

import re
from collections.abc import Sequence
from math import isfinite
from operator import sub

from imports.readers.amounts import amount

_LARGEST = 1e13
_CLOSE = 1e-3
"""How far a number may lie from a whole kopeck and still be one: `amount` draws the same line."""
_ENDS = re.compile(r"[.,][0-9][0-9]\n")


def amounts(cells: Sequence[object]) -> list[int | None]:
    """Kopecks of each cell, None where nothing is printed. Raises NotMoney at the first cell that is no amount."""
    kinds = set(map(type, cells))
    found = None
    if kinds == {str}:
        found = _of_texts(cells)
    elif kinds == {float}:
        found = _of_numbers(cells)
    return list(map(amount, cells)) if found is None else found


def _of_texts(cells: Sequence[str]) -> list[int] | None:
    """When every text is digits, one decimal sign and two digits, perhaps with a minus; None otherwise."""
    joined = "\n".join(cells) + "\n"
    count = len(cells)
    if joined.count("\n") != count or len(_ENDS.findall(joined)) != count or joined.count(",") + joined.count(".") != count:
        return None
    digits = joined.replace(",", "").replace(".", "")
    bare = digits.replace("\n", "")
    if "-" in bare:
        if ("\n" + joined).count("\n-") != bare.count("-") or "-," in joined or "-." in joined:
            return None
        bare = bare.replace("-", "")
    if not (bare.isdigit() and bare.isascii()) or max(map(len, cells)) > 16:
        return None
    return list(map(int, digits.split()))


def _of_numbers(cells: Sequence[float]) -> list[int] | None:
    """When every number is a whole kopeck but for the error of its notation; None otherwise."""
    scaled = [cell * 100 for cell in cells]
    if not isfinite(sum(scaled)) or min(scaled) <= -_LARGEST or max(scaled) >= _LARGEST:
        return None
    nearest = list(map(round, scaled))
    if max(map(abs, map(sub, scaled, nearest))) >= _CLOSE or list(map(bool, nearest)) != list(map(bool, cells)):
        return None
    return nearest
