"""Close cases: the paid ones in the pass, one by hand with a reason."""

import datetime as dt
import json

from django.db import transaction

from casedesk.access.models import User
from debtors.actions.events import literal_day, record_for_many
from debtors.models import CloseReason
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
