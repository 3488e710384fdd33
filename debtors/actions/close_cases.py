"""Close cases: the paid ones in the pass, one by hand with a reason."""

import datetime as dt
import json

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.actions.events import literal_day, record_for_many
from debtors.actions.moves import check_step, lock
from debtors.models import CaseFile, CloseReason
from debtors.queries.dialect import execute
from debtors.rules.stages import Stage


@transaction.atomic
def close_cases(*, case_ids: list[int], reason: CloseReason, on: dt.date, by: User | None, why: str = "") -> int:
    """Close these open cases in four statements: the event, the links' ends, the file itself. Returns how many."""
    if not case_ids:
        return 0
    listed = ", ".join(str(int(pk)) for pk in case_ids)
    stated = json.dumps({"why": why or reason.label}, ensure_ascii=False)
    record_for_many("case_closed", where=f"c.is_open AND c.id IN ({listed})", data="%s", params=[stated], on=on, by=by)
    day = literal_day(on)
    execute(f"UPDATE debtors_caseaccount SET is_live = FALSE, valid_to = {day} WHERE case_id IN ({listed}) AND is_live")
    execute(f"UPDATE debtors_casedebtor SET valid_to = {day} WHERE case_id IN ({listed}) AND valid_to IS NULL")
    return execute(
        f"""
        UPDATE debtors_casefile SET is_open = FALSE, closed_on = {day}, close_reason = %s, stage = %s, stage_on = {day},
               stage_until = NULL, hold_kind = '', hold_on = NULL, hold_until = NULL, next_action = '', next_from = NULL,
               next_due_on = NULL, next_reason = '', next_norm = '', next_waits_for = ''
        WHERE id IN ({listed}) AND is_open
        """,
        [reason.value, str(Stage.CLOSED)],
    )


class CloseReasonMissing(Refusal):
    """A case closed by hand must say why."""

    code = "close_reason_missing"


@transaction.atomic
def close_case(*, case: CaseFile, why: str, by: User, on: dt.date) -> None:
    """Close one case by hand. Raises CloseReasonMissing, NotAllowed (right, closed before, a day too early)."""
    if not why.strip():
        raise CloseReasonMissing(f"Дело № {case.number}: напишите, почему оно закрывается.")
    case = lock(case)
    check_step(case, "close", by=by, on=on)
    close_cases(case_ids=[case.pk], reason=CloseReason.BY_HAND, on=on, by=by, why=why.strip())
