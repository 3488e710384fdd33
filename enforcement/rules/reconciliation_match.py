"""Which lines of two registers speak of the same writ: one to one, one to many, many to one.

First by the number of the writ with its debtor, then, for what is still alone, by the number of the proceeding; what a person
joined by hand comes on top. Every line is looked up by its keys, so the time grows with the number of lines and not with
their product. A name alone never joins anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class By(StrEnum):
    """What joined a group."""

    WRIT = "writ"
    PROCEEDING = "proceeding"
    HAND = "hand"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """A line by what it is matched by. `id` is unique over both sides."""

    id: int
    writs: tuple[str, ...]
    debtor: str
    proceeding: str = ""


@dataclass(slots=True)
class Group:
    """Lines of both sides about the same writ, ids in the order of the registers; a lone line is a group too."""

    ours: list[int] = field(default_factory=list)
    theirs: list[int] = field(default_factory=list)
    by: By = By.NOTHING


class _Sets:
    """Disjoint sets of ids with path halving."""

    def __init__(self, ids: Iterable[int]):
        self.parent = {one: one for one in ids}

    def find(self, one: int) -> int:
        parent = self.parent
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(self, one: int, other: int) -> None:
        first, second = self.find(one), self.find(other)
        if first != second:
            self.parent[max(first, second)] = min(first, second)


def match(ours: Sequence[Keys], theirs: Sequence[Keys], by_hand: Iterable[tuple[int, int]] = ()) -> list[Group]:
    """Groups in the order of our register, then of theirs. `by_hand` are pairs of ids that a person joined."""
    sets = _Sets(line.id for line in (*ours, *theirs))
    _join_by_writ(sets, ours, theirs)
    left = _joined(sets, ours, theirs)
    by_proceeding = _join_by_proceeding(sets, ours, theirs, left)
    by_people = set()
    for one, other in by_hand:
        if one in sets.parent and other in sets.parent:
            sets.join(one, other)
            by_people |= {one, other}
    return _groups(sets, ours, theirs, by_proceeding, by_people)


def _join_by_writ(sets: _Sets, ours: Sequence[Keys], theirs: Sequence[Keys]) -> None:
    first: dict[tuple[str, str], int] = {}
    for line in (*ours, *theirs):
        for key in line.writs if line.debtor else ():
            sets.join(first.setdefault((key, line.debtor), line.id), line.id)


def _joined(sets: _Sets, ours: Sequence[Keys], theirs: Sequence[Keys]) -> set[int]:
    """Roots of the groups that have both sides by now."""
    return {sets.find(line.id) for line in ours} & {sets.find(line.id) for line in theirs}


def _join_by_proceeding(sets: _Sets, ours: Sequence[Keys], theirs: Sequence[Keys], both: set[int]) -> set[int]:
    """Join lines that are still alone to a line of the other side with their proceeding; return the ids that were joined."""
    pairs = []
    for lonely, others in ((theirs, ours), (ours, theirs)):
        known: dict[str, int] = {}
        for line in others:
            if line.proceeding:
                known.setdefault(line.proceeding, line.id)
        for line in lonely:
            if sets.find(line.id) not in both and line.proceeding in known:
                pairs.append((line.id, known[line.proceeding]))
    for one, other in pairs:
        sets.join(one, other)
    return {one for one, _ in pairs}


def _groups(sets: _Sets, ours, theirs, by_proceeding: set[int], by_people: set[int]) -> list[Group]:
    groups: dict[int, Group] = {}
    for line in ours:
        groups.setdefault(sets.find(line.id), Group()).ours.append(line.id)
    for line in theirs:
        groups.setdefault(sets.find(line.id), Group()).theirs.append(line.id)
    for group in groups.values():
        if not (group.ours and group.theirs):
            continue
        members = {*group.ours, *group.theirs}
        group.by = By.HAND if members & by_people else By.PROCEEDING if members & by_proceeding else By.WRIT
    return list(groups.values())
