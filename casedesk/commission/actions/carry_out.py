"""Report that a decision is carried out."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.commission.actions.locked import require
from casedesk.commission.models import Decision
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.events import record


class NothingSaid(Refusal):
    """A report says what was done."""

    code = "nothing_said"


@transaction.atomic
def carry_out(*, decision: Decision, note: str, by: User, on: dt.date) -> Decision:
    """The decision is carried out on the day. Raises NotAllowed (not in force, done, not theirs to do), NothingSaid."""
    require(by, Right.DO_DECISIONS)
    one = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("item__case", "item__meeting", "responsible")
        .get(pk=decision.pk)
    )
    if one.in_force_on is None:
        raise NotAllowed(f"«{one}» ещё не действует: протокол не подписан обоими. Исполнять нечего.")
    if one.due_on is None or one.done_on:
        raise NotAllowed(f"«{one}»: исполнять нечего" + (f", исполнено {one.done_on:%d.%m.%Y}." if one.done_on else "."))
    if not may_carry_out(by, one):
        raise NotAllowed(f"«{one}» исполняет {one.responsible}: отчитываются его люди или секретарь комиссии.")
    if not note.strip():
        raise NothingSaid("Напишите, что сделано: номер письма, соглашения, заявления.")
    one.done_on, one.done_by, one.done_note = on, by, note.strip()[:500]
    one.save(update_fields=["done_on", "done_by", "done_note"])
    case = one.item.case
    day = max(on, case.opened_on)
    record("commission_carried_out", case=case, on=day, by=by, subject=one, decision=one.words, note=one.done_note)
    return one


def may_carry_out(user: User, one: Decision) -> bool:
    """Whether the person reports on it: the responsible organisation's people, or the secretary."""
    scope = scope_of(user)
    if scope.everything or scope.may(Right.RUN_COMMISSION):
        return True
    return scope.may(Right.DO_DECISIONS) and one.responsible_id in scope.creditors
