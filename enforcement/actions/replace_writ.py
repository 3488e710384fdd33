"""What happens to the paper itself: lost, found, replaced by a duplicate, recalled by the court, paid in part."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from casedesk.access.models import User
from casedesk.common.refusals import NotAllowed
from enforcement.actions.refresh_writs import refresh_writs
from enforcement.actions.tell import News
from enforcement.actions.writ_steps import check, lock, settle
from enforcement.models import Presentation, Writ, WritFact
from enforcement.queries.writ_now import WritNow
from enforcement.rules.words import LOST


class DuplicateBeforeOriginal(NotAllowed):
    """A duplicate cannot be older than the paper it replaces."""

    code = "duplicate_before_original"


class NothingPaid(NotAllowed):
    """A part payment of nothing, or of more than remains."""

    code = "nothing_paid"


@dataclass(frozen=True)
class Duplicate:
    """The new paper: its number, if it has its own, and who issued it."""

    number: str = ""
    issuer: str = ""


@transaction.atomic
def record_loss(*, writ: Writ, note: str, by: User, on: dt.date) -> WritFact:
    """The paper is lost, here or at the addressee's: a duplicate is to be asked for (ГПК РФ ст. 430). Raises NotAllowed."""
    now = lock(writ)
    check(now, "lose", by=by, on=on)
    if now.running:
        Presentation.objects.filter(pk=now.running.pk).update(ended_on=on, ended_ground=LOST)
    return _mark(now, WritFact.Kind.LOST, "writ_lost", note, by, on)


@transaction.atomic
def record_found(*, writ: Writ, note: str, by: User, on: dt.date) -> WritFact:
    """The lost paper turned up. Raises NotAllowed."""
    now = lock(writ)
    check(now, "find", by=by, on=on)
    return _mark(now, WritFact.Kind.FOUND, "writ_found", note, by, on)


@transaction.atomic
def issue_duplicate(*, writ: Writ, paper: Duplicate, by: User, on: dt.date) -> Writ:
    """The court gave a duplicate on the day; return it. Its term runs on from the lost paper's. Raises NotAllowed."""
    now = lock(writ)
    check(now, "replace", by=by, on=on)
    old = now.writ
    if old.issued_on and on < old.issued_on:
        raise DuplicateBeforeOriginal(f"Дубликат от {on:%d.%m.%Y} старше самого документа ({old.issued_on:%d.%m.%Y}).")
    _fact(now, WritFact.Kind.REPLACED, "", by, on)
    copied = ("creditor", "account", "debtor", "case_file", "claim", "award", "kind", "in_force_on", "court_case")
    new = Writ.objects.create(
        **{name: getattr(old, name) for name in copied},
        number=paper.number or old.number,
        issuer=paper.issuer or old.issuer,
        issued_on=on,
        duplicate_of=old,
        principal=old.principal,
        penalty=old.penalty,
        duty=old.duty,
    )
    refresh_writs([new.pk])
    new.refresh_from_db()
    data = {"writ": str(new), "old": old.number}
    settle([News(old, "duplicate_issued", on, new, new.present_until, data)], by=by, on=on)
    return new


@transaction.atomic
def recall_writ(*, writ: Writ, note: str, by: User | None, on: dt.date) -> WritFact:
    """The court took the paper's force away: an order set aside, execution reversed. Ends the stay it is on.

    Called by court events of the claim, or by hand. Raises NotAllowed.
    """
    now = lock(writ)
    check(now, "recall", by=by, on=on)
    for proceeding in now.proceedings:
        proceeding.status, proceeding.ended_on, proceeding.ended_ground = proceeding.Status.TERMINATED, on, "47.1.4"
        proceeding.save(update_fields=["status", "ended_on", "ended_ground"])
    if now.running:
        Presentation.objects.filter(pk=now.running.pk).update(ended_on=on, ended_ground="47.1.4")
    return _mark(now, WritFact.Kind.RECALLED, "writ_recalled", note, by, on)


@transaction.atomic
def record_part_payment(*, writ: Writ, kopecks: int, note: str, by: User, on: dt.date) -> WritFact:
    """The debtor performed a part: the term starts anew (229-ФЗ ст. 22 ч. 1). Raises NotAllowed, NothingPaid.

    For money that the ledger does not show on the writ's award; what it shows counts by itself.
    """
    now = lock(writ)
    move = check(now, "part_paid", by=by, on=on)
    if not 0 < kopecks <= now.remaining:
        raise NothingPaid("Сумма частичной оплаты должна быть больше нуля и не больше остатка по документу.")
    fact = _fact(now, WritFact.Kind.PART_PAID, note, by, on, kopecks)
    refresh_writs([now.writ.pk])
    until = Writ.objects.values_list("present_until", flat=True).get(pk=now.writ.pk)
    settle([News(now.writ, move.event, on, fact, until, {"writ": str(now.writ), "amount_kopecks": kopecks})], by=by, on=on)
    return fact


def _mark(now: WritNow, kind: str, event: str, note: str, by: User | None, on: dt.date) -> WritFact:
    fact = _fact(now, kind, note, by, on)
    data = {"writ": str(now.writ), "note": note or "без пояснений"}
    settle([News(now.writ, event, on, fact, None, data)], by=by, on=on)
    return fact


def _fact(now: WritNow, kind: str, note: str, by: User | None, on: dt.date, kopecks: int = 0) -> WritFact:
    return WritFact.objects.create(
        writ=now.writ, kind=kind, happened_on=on, amount=kopecks, note=note, recorded_at=timezone.now(), recorded_by=by
    )
