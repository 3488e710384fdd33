"""Addresses as two papers print them: the same place, perhaps the same, or another."""

from debtors.rules.address import STREET_TYPES, Address, parse
from imports.matching.person import DIFFERENT, POSSIBLE, SAME

SHORTEST_CUT = 3
"""Letters of a cut word («Ген.») that are enough to take it for the whole one."""


def compare(ours: str, printed: str) -> str:
    """`same`, `possible` or `different`. A room more, a missing street type, a number in words are for a person to decide."""
    one, other = parse(ours), parse(printed)
    if one.locality and other.locality and one.locality != other.locality:
        return DIFFERENT
    if (one.house, one.building) != (other.house, other.building) or not one.house:
        return DIFFERENT
    streets, flats = _streets(one.street, other.street), _flats(one, other)
    if DIFFERENT in (streets, flats):
        return DIFFERENT
    return SAME if streets == flats == SAME else POSSIBLE


def _flats(one: Address, other: Address) -> str:
    if one.flat == other.flat:
        return SAME
    return POSSIBLE if one.flat.split("/")[0] == other.flat.split("/")[0] else DIFFERENT


def _streets(one: str, other: str) -> str:
    if one == other:
        return SAME
    (kind, name), (other_kind, other_name) = _street(one), _street(other)
    if kind and other_kind and kind != other_kind:
        return DIFFERENT
    if len(name) == len(other_name) and all(map(_cut, name, other_name)):
        return SAME if kind == other_kind else POSSIBLE
    return POSSIBLE if {word for word in name if len(word) > SHORTEST_CUT} & set(other_name) else DIFFERENT


def _street(street: str) -> tuple[str, list[str]]:
    words = street.split()
    return (words[0], words[1:]) if words and words[0] in STREET_TYPES else ("", words)


def _cut(word: str, other: str) -> bool:
    short, whole = sorted((word, other), key=len)
    return short == whole or (len(short) >= SHORTEST_CUT and whole.startswith(short))
