"""Match both registers of a reconciliation and bring its differences up to what they show now."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from casedesk.norms.act_within import act_by
from casedesk.norms.queries.current import current
from enforcement.models import (
    DifferenceDecision,
    LineJoin,
    Reconciliation,
    ReconciliationDifference,
    ReconciliationLine,
)
from enforcement.rules.reconciliation_compare import Found, compare
from enforcement.rules.reconciliation_match import Group, match
from enforcement.rules.reconciliation_words import Resolution

BATCH = 1_000
Side = ReconciliationLine.Side


@dataclass(frozen=True)
class Compared:
    """What comparing did: groups that have both sides, differences that are new, and those that are gone."""

    matched: int
    found: int
    gone: int


@transaction.atomic
def compare_sides(*, reconciliation: Reconciliation, on: dt.date, at: dt.datetime) -> Compared:
    """Match the lines and book the differences. Repeating it without news changes nothing.

    A difference that is still there keeps its clock and its decisions; one that is gone is settled as such; one that comes
    back after it was gone is open again. Nothing is compared before the department has answered. Call it under the lock.
    """
    lines = list(reconciliation.lines.select_related("writ"))
    groups = _groups(reconciliation, lines)
    _number(lines, groups)
    if reconciliation.reply_on is None:
        return Compared(0, 0, 0)
    by_id = {line.pk: line for line in lines}
    found = [(number, one) for number, group in enumerate(groups, start=1) for one in _differences(group, by_id)]
    fresh, gone = _book(reconciliation, found, by_id, on, at)
    return Compared(sum(1 for group in groups if group.ours and group.theirs), fresh, gone)


def _groups(reconciliation: Reconciliation, lines: list[ReconciliationLine]) -> list[Group]:
    names = {(line.side, line.fingerprint): line.pk for line in lines}
    joins = LineJoin.objects.standing().filter(reconciliation=reconciliation).values_list("ours", "theirs")
    pairs = [(names.get((Side.OURS, ours)), names.get((Side.THEIRS, theirs))) for ours, theirs in joins]
    ours = [line.keys for line in lines if line.side == Side.OURS]
    theirs = [line.keys for line in lines if line.side == Side.THEIRS]
    return match(ours, theirs, [pair for pair in pairs if None not in pair])


def _number(lines: list[ReconciliationLine], groups: list[Group]) -> None:
    """Write the number of its group on every line that has another one."""
    place = {pk: (number, group.by) for number, group in enumerate(groups, start=1) for pk in (*group.ours, *group.theirs)}
    moved = []
    for line in lines:
        if (line.group, line.matched_how) != place[line.pk]:
            line.group, line.matched_how = place[line.pk]
            moved.append(line)
    ReconciliationLine.objects.bulk_update(moved, ["group", "matched_how"], BATCH)


def _differences(group: Group, by_id: dict[int, ReconciliationLine]) -> list[Found]:
    return compare([by_id[pk].facts for pk in group.ours], [by_id[pk].facts for pk in group.theirs])


def _book(
    reconciliation: Reconciliation,
    found: list[tuple[int, Found]],
    by_id: dict[int, ReconciliationLine],
    on: dt.date,
    at: dt.datetime,
) -> tuple[int, int]:
    """Insert new differences, refresh known ones, settle those that are gone; return how many were new and gone."""
    known = {one.key: one for one in reconciliation.differences.all()}
    term = act_by(on, current())
    fresh, still, seen = [], [], set()
    for number, one in found:
        key = _key(one, by_id)
        if key in seen:
            continue
        seen.add(key)
        difference = known.get(key)
        if difference is None:
            difference = ReconciliationDifference(
                reconciliation=reconciliation, key=key, kind=one.kind, found_on=on, found_at=at, due_on=term
            )
            fresh.append(difference)
        else:
            still.append(difference)
        _fill(difference, number, one, by_id)
    ReconciliationDifference.objects.bulk_create(fresh, BATCH)
    _open_again(still, at)
    columns = ["group", "ours", "theirs", "label", "amount", "about", "state", "resolution", "reason", "settled_on"]
    ReconciliationDifference.objects.bulk_update(still, columns, BATCH)
    gone = [one for key, one in known.items() if key not in seen and one.is_open]
    _settle_gone(gone, on, at)
    _forget_lines([one for key, one in known.items() if key not in seen])
    return len(fresh), len(gone)


def _key(one: Found, by_id: dict[int, ReconciliationLine]) -> str:
    """Type and line: the same over the months as long as the writ is the same."""
    line = by_id[one.ours] if one.ours else by_id[one.theirs]
    return f"{one.kind}:{line.side}:{line.fingerprint}"


def _fill(difference: ReconciliationDifference, number: int, one: Found, by_id: dict[int, ReconciliationLine]) -> None:
    line = by_id[one.ours] if one.ours else by_id[one.theirs]
    difference.group, difference.amount, difference.about = number, one.amount, one.about[:300]
    difference.ours_id, difference.theirs_id = one.ours, one.theirs
    difference.label = f"{line.writ_number}, {line.debtor}"[:430]


def _open_again(still: Iterable[ReconciliationDifference], at: dt.datetime) -> None:
    """What was settled as gone and is there again is open; that settlement stands no more."""
    back = [one for one in still if one.resolution == Resolution.GONE]
    for one in back:
        one.state, one.resolution, one.reason, one.settled_on = "open", "", "", None
    if back:
        gone = DifferenceDecision.objects.standing().filter(difference__in=back, resolution=Resolution.GONE)
        gone.update(taken_back_at=at)


def _settle_gone(gone: list[ReconciliationDifference], on: dt.date, at: dt.datetime) -> None:
    reason = "после обновления сторон расхождения нет"
    for one in gone:
        one.state, one.resolution, one.reason, one.settled_on = "settled", Resolution.GONE, reason, on
    ReconciliationDifference.objects.bulk_update(gone, ["state", "resolution", "reason", "settled_on"], BATCH)
    act = DifferenceDecision.Act.SETTLE
    DifferenceDecision.objects.bulk_create(
        (
            DifferenceDecision(difference=one, act=act, resolution=Resolution.GONE, reason=reason, decided_on=on, decided_at=at)
            for one in gone
        ),
        BATCH,
    )


def _forget_lines(old: list[ReconciliationDifference]) -> None:
    """A difference that is no longer found belongs to no group."""
    for one in old:
        one.group = 0
    ReconciliationDifference.objects.bulk_update(old, ["group"], BATCH)
