"""The board of a reconciliation: one row per writ with both sides' lines, what differs, and who decided what.

The page takes a fixed number of queries. Which groups are on it is decided over the keys of all lines in memory, in one pass.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from casedesk.common.text import fold
from enforcement.models import (
    DifferenceDecision,
    LineJoin,
    Reconciliation,
    ReconciliationDifference,
    ReconciliationLine,
)
from enforcement.rules.reconciliation_keys import debtor_key, writ_keys
from enforcement.rules.reconciliation_words import KIND_NAMES

SIZE = 40
Side = ReconciliationLine.Side
SHOWN = ("open", "all", "agreed", "settled", "late", "mine", "unanswered")


@dataclass(slots=True)
class Row:
    """One writ on the board. `candidates` are lone lines of the other side that might be the same one."""

    group: int
    ours: list[ReconciliationLine] = field(default_factory=list)
    theirs: list[ReconciliationLine] = field(default_factory=list)
    differences: list[ReconciliationDifference] = field(default_factory=list)
    candidates: list[ReconciliationLine] = field(default_factory=list)
    joined: LineJoin | None = None

    @property
    def key(self) -> str:
        """The row's anchor; a carried difference without lines has a row of its own."""
        return f"g{self.group}" if self.group else f"d{self.differences[0].pk}"

    @property
    def current(self) -> ReconciliationDifference | None:
        """The difference that keys act on: the first open one, else the first."""
        return next((one for one in self.differences if one.is_open), self.differences[0] if self.differences else None)

    @property
    def how(self) -> str:
        line = (self.ours or self.theirs)[0] if self.ours or self.theirs else None
        return line.get_matched_how_display() if line and line.matched_how else ""

    @property
    def lonely(self) -> ReconciliationLine | None:
        """The line without a pair, when there is just one."""
        if bool(self.ours) == bool(self.theirs):
            return None
        lines = self.ours or self.theirs
        return lines[0] if len(lines) == 1 else None


@dataclass(frozen=True)
class Asked:
    """What of the board is wanted."""

    show: str = "all"
    kind: str = ""
    words: str = ""
    page: int = 1


@dataclass
class Board:
    """A page of rows and the counts over all of them."""

    rows: list[Row]
    found: int
    page: int
    pages: int
    counts: dict[str, int]
    kinds: dict[str, int]


def board(one: Reconciliation, asked: Asked, *, user, on: dt.date) -> Board:
    """The page that was asked for."""
    keys = _keys(one, asked, user, on)
    pages = max(1, -(-len(keys) // SIZE))
    page = min(max(asked.page, 1), pages)
    rows = rows_of(one, keys[(page - 1) * SIZE : page * SIZE])
    counts, kinds = _counts(one, user, on)
    return Board(rows, len(keys), page, pages, counts, kinds)


def rows_of(one: Reconciliation, keys: Iterable[tuple[int, int | None]]) -> list[Row]:
    """Rows by (group, difference of a row without lines)."""
    listed = list(keys)
    groups = {group: Row(group) for group, _ in listed if group}
    for line in one.lines.filter(group__in=groups).select_related("writ__case_file").order_by("side", "position"):
        (groups[line.group].ours if line.side == Side.OURS else groups[line.group].theirs).append(line)
    lone: dict[int, Row] = {}
    for difference in _differences(one, groups, [pk for group, pk in listed if not group]):
        row = groups.get(difference.group) if difference.group else lone.setdefault(difference.pk, Row(0))
        row.differences.append(difference)
    _suggest(one, list(groups.values()))
    _tell_joins(one, groups.values())
    return [groups[group] if group else lone[pk] for group, pk in listed if group or pk in lone]


def row_of(difference: ReconciliationDifference) -> Row | None:
    """The row that a difference stands in."""
    found = rows_of(difference.reconciliation, [(difference.group, None if difference.group else difference.pk)])
    return found[0] if found else None


def _differences(one: Reconciliation, groups, alone: list[int]):
    decisions = DifferenceDecision.objects.select_related("decided_by", "assignee").order_by("decided_at", "pk")
    found = one.differences.filter(Q(group__in=list(groups), group__gt=0) | Q(pk__in=alone))
    found = found.select_related("assignee", "root__reconciliation").prefetch_related(Prefetch("decisions", decisions))
    return found.order_by("group", "pk")


def _keys(one: Reconciliation, asked: Asked, user, on: dt.date) -> list[tuple[int, int | None]]:
    """Keys of all rows that fit, in the order of the board."""
    differences = _narrowed(one.differences.all(), asked, user, on)
    said = list(differences.order_by("group", "pk").values_list("group", "pk", "label"))
    everything = asked.show in ("all", "agreed", "unanswered") and not asked.kind
    groups = _groups(one, asked.show) if everything else {group for group, _, _ in said if group}
    alone = [] if asked.show in ("agreed", "unanswered") else [(pk, label) for group, pk, label in said if not group]
    if asked.words:
        groups &= _speaking_of(one, asked.words)
        alone = [(pk, label) for pk, label in alone if _says(label, fold(asked.words).split())]
    return [(group, None) for group in sorted(groups)] + [(0, pk) for pk, _ in alone]


def _narrowed(differences, asked: Asked, user, on: dt.date):
    if asked.kind:
        differences = differences.filter(kind=asked.kind)
    only = {
        "open": Q(state="open"),
        "late": Q(state="open", due_on__lt=on),
        "mine": Q(state="open", assignee=user),
        "settled": Q(state="settled"),
    }
    # One that is gone and stands on no line is past: it shows among the settled ones only.
    return differences.filter(only.get(asked.show, Q(group__gt=0) | Q(state="open")))


def _groups(one: Reconciliation, show: str) -> set[int]:
    lines = one.lines.order_by()
    if show == "unanswered":
        return set(lines.filter(side=Side.OURS).values_list("group", flat=True)) - set(
            lines.filter(side=Side.THEIRS).values_list("group", flat=True)
        )
    groups = set(lines.values_list("group", flat=True))
    if show == "agreed":
        groups -= set(one.differences.filter(state="open").values_list("group", flat=True))
    return groups


def _speaking_of(one: Reconciliation, words: str) -> set[int]:
    asked = fold(words).split()
    said = one.lines.order_by().values_list("group", "debtor", "writ_number", "proceeding_number", "address")
    return {group for group, *parts in said if _says(" ".join(parts), asked)}


def _says(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _counts(one: Reconciliation, user, on: dt.date) -> tuple[dict[str, int], dict[str, int]]:
    """How many rows each tab holds, and open differences by type. Four queries."""
    groups = _groups(one, "all")
    is_open = Q(state="open")
    counted = one.differences.aggregate(
        open=Count("pk", filter=is_open),
        late=Count("pk", filter=is_open & Q(due_on__lt=on)),
        mine=Count("pk", filter=is_open & Q(assignee=user)),
        settled=Count("pk", filter=~is_open),
    )
    with_open = set(one.differences.filter(is_open).values_list("group", flat=True)) - {0}
    counted["all"], counted["agreed"] = len(groups), len(groups - with_open)
    kinds = dict(one.differences.filter(is_open).order_by().values_list("kind").annotate(Count("pk")))
    return counted, {kind.value: kinds.get(kind.value, 0) for kind in KIND_NAMES}


def _suggest(one: Reconciliation, rows: list[Row]) -> None:
    """Lone lines of the other side with the same number or the same debtor: to be looked at, never joined by themselves."""
    lonely = [row for row in rows if row.lonely]
    if not lonely:
        return
    sides = one.lines.order_by().values_list("group", "side").distinct()
    both: dict[int, set[str]] = defaultdict(set)
    for group, side in sides:
        both[group].add(side)
    alone = [group for group, found in both.items() if len(found) == 1]
    by_word: dict[tuple[str, str], list[ReconciliationLine]] = defaultdict(list)
    for line in one.lines.filter(pk__in=_first_lines(one, alone)):
        for word in _words(line):
            by_word[line.side, word].append(line)
    for row in lonely:
        line = row.lonely
        other = Side.THEIRS if line.side == Side.OURS else Side.OURS
        found = {each.pk: each for word in _words(line) for each in by_word[other, word]}
        row.candidates = list(found.values())[:5]


def _first_lines(one: Reconciliation, groups: list[int]):
    return one.lines.filter(group__in=groups).values("pk")


def _words(line: ReconciliationLine) -> list[str]:
    return [word for word in (*writ_keys(line.writ_number), debtor_key(line.debtor)) if word]


def _tell_joins(one: Reconciliation, rows: Iterable[Row]) -> None:
    joins = {join.ours: join for join in LineJoin.objects.standing().filter(reconciliation=one)}
    for row in rows if joins else ():
        row.joined = next((joins[line.fingerprint] for line in row.ours if line.fingerprint in joins), None)
