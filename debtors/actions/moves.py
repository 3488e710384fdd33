"""Take a step on a case: the table of moves decides, the event is written, the stage follows. The one door for all steps."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import NotAllowed
from casedesk.common.states import Move
from debtors.actions.events import record
from debtors.actions.refresh_cases import refresh_steps
from debtors.models import CaseEvent, CaseFile
from debtors.states.case_file import CASE


class TooEarly(NotAllowed):
    """The day given for a step lies before what it follows from."""

    code = "too_early"


def lock(case: CaseFile) -> CaseFile:
    """The case as it stands now, held until the transaction ends. What only names the case may be written meanwhile."""
    return CaseFile.objects.select_for_update(of=("self",), no_key=True).select_related("creditor").get(pk=case.pk)


def hold_cases(ids: Iterable[int] | QuerySet) -> list[CaseFile]:
    """These cases as they stand now, held until the transaction ends; always in the order of their keys.

    The creditor's books are held before cases (`replay_terms.lock_books`), claims and writs after them.
    """
    wanted = ids if isinstance(ids, QuerySet) else list(ids)
    held = CaseFile.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=wanted)
    return list(held.select_related("creditor").order_by("pk"))


def check_may(by: User | None, right: str) -> None:
    """Raise NotAllowed when the person lacks the right. None is a job of the system itself."""
    if by is not None and not scope_of(by).may(right):
        raise NotAllowed(f"Нужно право «{Right(right).label}». Его даёт роль; обратитесь к администратору.", right=right)


def check_step(case: CaseFile, action: str, *, by: User | None, on: dt.date) -> Move:
    """The move that the action is from the case's stage. Raises NotAllowed: right, stage, guard, or a day too early."""
    move = CASE.check(case, action, on)
    check_may(by, move.right)
    if on < case.stage_on:
        raise TooEarly(
            f"«{move.label}» {on:%d.%m.%Y} нельзя: дело № {case.number} в нынешнем состоянии с {case.stage_on:%d.%m.%Y}. "
            "Укажите день не раньше.",
            action=action,
        )
    return move


def take_step(
    case: CaseFile,
    action: str,
    *,
    by: User | None,
    on: dt.date,
    subject=None,
    term_until: dt.date | None = None,
    **data: object,
) -> CaseEvent:
    """Check the step, write its event, set the stage and the next step. The case must be locked by the caller."""
    move = check_step(case, action, by=by, on=on)
    event = record(move.event, case=case, on=on, by=by, subject=subject, term_until=term_until, **data)
    if move.target:
        CaseFile.objects.filter(pk=case.pk).update(stage=move.target, stage_on=on, stage_until=term_until)
        case.stage, case.stage_on, case.stage_until = move.target, on, term_until
    refresh_steps(creditor=case.creditor, on=on, case_ids=[case.pk])
    return event
