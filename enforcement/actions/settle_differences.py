"""Decisions about differences: assign, settle with a reason, explain, take back. Each is appended; none is edited."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from enforcement.actions.compare_sides import compare_sides
from enforcement.actions.reconciliation_locked import locked
from enforcement.models import (
    DifferenceDecision,
    LineJoin,
    Reconciliation,
    ReconciliationDifference,
    ReconciliationLine,
)
from enforcement.rules.reconciliation_words import FITTING, KIND_NAMES, RESOLUTION_NAMES, Resolution

Act = DifferenceDecision.Act
State = ReconciliationDifference.State


class NotAnAssignee(Refusal):
    """Somebody who does not work on this creditor's reconciliations."""

    code = "not_an_assignee"


class NotFitting(Refusal):
    """A settlement that does not fit the type of the difference."""

    code = "not_fitting"


class ReasonMissing(Refusal):
    """A settlement that says nothing by itself needs words."""

    code = "reason_missing"


class AlreadySettled(Refusal):
    """One settlement stands at a time."""

    code = "already_settled"


class NothingToTakeBack(Refusal):
    """No decision of a person stands."""

    code = "nothing_to_take_back"


class NotAPair(Refusal):
    """Lines are joined across the sides of one reconciliation only."""

    code = "not_a_pair"


@transaction.atomic
def assign(*, differences: Iterable[ReconciliationDifference], to: User, by: User, on: dt.date, at: dt.datetime) -> int:
    """Give open differences of one reconciliation to somebody; return how many. Raises NotAnAssignee, NotAllowed."""
    listed = [one for one in differences if one.is_open]
    if not listed:
        return 0
    one = locked(listed[0].reconciliation, "decide", on)
    scope = scope_of(to)
    if not scope.may(Right.RECONCILE) or not (scope.everything or one.creditor_id in scope.creditors):
        raise NotAnAssignee(f"{to.short_name} не ведёт сверки взыскателя «{one.creditor}»: выберите другого.", value=to.pk)
    DifferenceDecision.objects.bulk_create(
        DifferenceDecision(difference=each, act=Act.ASSIGN, assignee=to, decided_on=on, decided_at=at, decided_by=by)
        for each in listed
    )
    ids = [each.pk for each in listed]
    return ReconciliationDifference.objects.filter(pk__in=ids, reconciliation=one).update(assignee=to)


@transaction.atomic
def settle(
    *,
    difference: ReconciliationDifference,
    resolution: str,
    reason: str,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> ReconciliationDifference:
    """Settle a difference. Raises NotAllowed (signed), AlreadySettled, NotFitting, ReasonMissing."""
    locked(difference.reconciliation, "decide", on)
    difference = ReconciliationDifference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    _may_settle(difference, resolution, reason)
    DifferenceDecision.objects.create(
        difference=difference,
        act=Act.SETTLE,
        resolution=resolution,
        reason=reason,
        decided_on=on,
        decided_at=at,
        decided_by=by,
    )
    return _stand(difference, State.SETTLED, resolution, reason, on)


def _may_settle(difference: ReconciliationDifference, resolution: str, reason: str) -> None:
    if not difference.is_open:
        how = RESOLUTION_NAMES.get(difference.resolution, "")
        raise AlreadySettled(f"«{difference}» уже урегулировано: {how}. Чтобы решить иначе, верните прежнее решение.")
    if resolution not in FITTING[difference.kind]:
        fitting = ", ".join(RESOLUTION_NAMES[one] for one in FITTING[difference.kind])
        raise NotFitting(
            f"К расхождению «{KIND_NAMES[difference.kind]}» такое решение не подходит. Подходят: {fitting}.", value=resolution
        )
    if resolution == Resolution.OTHER and not reason.strip():
        raise ReasonMissing("Для решения «иное» напишите причину: без неё его не понять.", value=resolution)


@transaction.atomic
def explain(*, difference: ReconciliationDifference, text: str, by: User, on: dt.date, at: dt.datetime) -> DifferenceDecision:
    """Say something about a difference: either side may. Raises NotAllowed, ReasonMissing."""
    locked(difference.reconciliation, "decide", on)
    if not text.strip():
        raise ReasonMissing("Пояснение пустое: напишите, что выяснилось.")
    return DifferenceDecision.objects.create(
        difference=difference, act=Act.ANSWER, reason=text, decided_on=on, decided_at=at, decided_by=by
    )


@transaction.atomic
def take_back(*, difference: ReconciliationDifference, by: User, on: dt.date, at: dt.datetime) -> ReconciliationDifference:
    """Take the standing settlement back: the difference is open again. Raises NotAllowed, NothingToTakeBack."""
    locked(difference.reconciliation, "decide", on)
    difference = ReconciliationDifference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    settled = difference.decisions.standing().filter(act=Act.SETTLE, decided_by__isnull=False)
    last = settled.order_by("-decided_at", "-pk").first()
    if difference.is_open or last is None:
        raise NothingToTakeBack(f"У расхождения «{difference}» нет решения, которое можно вернуть.")
    last.taken_back_at, last.taken_back_by = at, by
    last.save(update_fields=["taken_back_at", "taken_back_by"])
    return _stand(difference, State.OPEN, "", "", None)


def _stand(difference: ReconciliationDifference, state: str, resolution: str, reason: str, on: dt.date | None):
    difference.state, difference.resolution, difference.reason, difference.settled_on = state, resolution, reason, on
    difference.save(update_fields=["state", "resolution", "reason", "settled_on"])
    return difference


@transaction.atomic
def join_lines(
    *, ours: ReconciliationLine, theirs: ReconciliationLine, reason: str, by: User, on: dt.date, at: dt.datetime
) -> LineJoin:
    """Say that two lone lines are one writ; both sides are compared again. Raises NotAllowed, NotAPair, ReasonMissing."""
    one = locked(ours.reconciliation, "decide", on)
    sides = (ours.side, theirs.side) == (ReconciliationLine.Side.OURS, ReconciliationLine.Side.THEIRS)
    if not sides or ours.reconciliation_id != theirs.reconciliation_id:
        raise NotAPair("Соединить можно строку взыскателя со строкой отдела в одной сверке.", value=[ours.pk, theirs.pk])
    if not reason.strip():
        raise ReasonMissing("Напишите, почему это один документ: номера у строк разные.")
    join = LineJoin.objects.create(
        reconciliation=one,
        ours=ours.fingerprint,
        theirs=theirs.fingerprint,
        reason=reason[:300],
        decided_at=at,
        decided_by=by,
    )
    compare_sides(reconciliation=one, on=on, at=at)
    return join


@transaction.atomic
def part_lines(*, join: LineJoin, by: User, on: dt.date, at: dt.datetime) -> Reconciliation:
    """Take a join back; both sides are compared again. Raises NotAllowed."""
    one = locked(join.reconciliation, "decide", on)
    LineJoin.objects.standing().filter(pk=join.pk).update(taken_back_at=at, taken_back_by=by)
    compare_sides(reconciliation=one, on=on, at=at)
    return one
