"""Holds: stop work on a case for a reason, to a day or until lifted."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.actions.keep_restriction import keep_next_of
from debtors.actions.moves import lock, take_step
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseFile, Hold


class HoldEndsTooEarly(Refusal):
    """The end of a hold does not lie after its start."""

    code = "hold_ends_too_early"


class HoldIsOver(Refusal):
    """The hold was lifted before, or has ended by itself."""

    code = "hold_is_over"


@transaction.atomic
def place_hold(*, case: CaseFile, kind: str, reason: str, by: User, on: dt.date, until: dt.date | None = None) -> Hold:
    """Stop the case from the day to `until` (the first day without the hold; None: until lifted).

    Several holds may stand side by side; the longest decides. Raises HoldEndsTooEarly, NotAllowed for a closed case.
    """
    if until is not None and until <= on:
        raise HoldEndsTooEarly(
            f"Приостановка с {on:%d.%m.%Y} не может кончиться {until:%d.%m.%Y}: укажите день позже начала или оставьте пустым."
        )
    case = lock(case)
    hold = Hold.objects.create(case=case, kind=kind, reason=reason, valid_from=on, valid_to=until, placed_by=by)
    take_step(case, "place_hold", by=by, on=on, subject=hold, term_until=until, kind=str(kind), reason=reason)
    _keep_hold(case, on)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, reason: str, by: User, on: dt.date) -> Hold:
    """End a hold before its time. Raises HoldIsOver."""
    case = lock(hold.case)
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    over = hold.lifted_on or (hold.valid_to if hold.valid_to and hold.valid_to <= on else None)
    if over:
        raise HoldIsOver(f"Приостановка дела № {case.number} кончилась {over:%d.%m.%Y}: снимать нечего.")
    take_step(case, "lift_hold", by=by, on=on, subject=hold, kind=hold.kind, reason=reason)
    hold.lifted_on, hold.lifted_by, hold.lift_reason = on, by, reason
    hold.save(update_fields=["lifted_on", "lifted_by", "lift_reason"])
    _keep_hold(case, on)
    return hold


@transaction.atomic
def end_hold(*, hold: Hold | None, on: dt.date) -> None:
    """Let a hold run out on the day because its ground is gone: nobody lifts it, the event that ended it says why."""
    if hold is None:
        return
    case = lock(hold.case)
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if hold.in_force(on):
        hold.valid_to = max(on, hold.valid_from + dt.timedelta(days=1))
        hold.save(update_fields=["valid_to"])
    _keep_hold(case, on)


def _keep_hold(case: CaseFile, on: dt.date) -> None:
    """The hold that decides, as columns of the case: one without an end, else the one that ends last."""
    holds = list(case.holds.not_lifted())
    endless = [hold for hold in holds if hold.valid_to is None]
    longest = endless[0] if endless else max(holds, key=lambda hold: hold.valid_to, default=None)
    CaseFile.objects.filter(pk=case.pk).update(
        hold_kind=longest.kind if longest else "",
        hold_on=longest.valid_from if longest else None,
        hold_until=longest.valid_to if longest else None,
    )
    refresh_steps(creditor=case.creditor, on=on, case_ids=[case.pk])
    keep_next_of(case, on=on)
