"""The debtor acknowledged the debt: the limitation of the named months starts anew (ГК РФ ст. 203, 206)."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.events import record
from debtors.actions.moves import lock
from debtors.actions.replay_terms import lock_books, replay_terms
from debtors.models import CaseEvent, CaseFile


class WrongAcknowledgement(Refusal):
    """Days or months of the acknowledgement do not fit together."""

    code = "wrong_acknowledgement"


@transaction.atomic
def record_acknowledgement(
    *,
    case: CaseFile,
    acknowledged_on: dt.date,
    first_month: int,
    last_month: int,
    document: str,
    written: bool,
    by: User,
    on: dt.date,
) -> CaseEvent:
    """Record that the debtor acknowledged the months from `first_month` to `last_month`, and by what document.

    Payment of a part is not an acknowledgement of the rest (Пленум ВС № 43 п. 20). Raises NotAllowed, WrongAcknowledgement.
    """
    if not scope_of(by).may(Right.WORK_CASES):
        raise NotAllowed("Записывать признание долга может тот, кто ведёт дела.")
    if acknowledged_on > on:
        raise WrongAcknowledgement(f"Признание {acknowledged_on:%d.%m.%Y} ещё не наступило: запишите его в день подписания.")
    if last_month < first_month or last_month > months.of(acknowledged_on):
        raise WrongAcknowledgement(
            f"Месяцы с {months.short(first_month)} по {months.short(last_month)}: первый не позже последнего, "
            f"последний не позже месяца признания ({months.short(months.of(acknowledged_on))})."
        )
    lock_books(case)
    case = lock(case)
    event = record(
        "debt_acknowledged",
        case=case,
        on=acknowledged_on,
        by=by,
        document=document,
        first_month=months.iso(first_month),
        last_month=months.iso(last_month),
        written=written,
    )
    replay_terms(case_ids=[case.pk], by=by, on=on)
    return event
