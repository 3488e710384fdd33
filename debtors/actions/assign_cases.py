"""Give cases to an officer."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import NotAllowed, Refusal
from debtors.actions.moves import check_step, hold_cases
from debtors.models import CaseEvent, CaseFile
from debtors.rules.case_events import EVENTS

BATCH = 2_000


class OfficerCannotWork(Refusal):
    """The person may not work on these cases: another creditor, or a role without the right."""

    code = "officer_cannot_work"


@dataclass(frozen=True)
class Assigned:
    """What a bulk assignment did: how many cases changed hands, how many had this officer already, which were refused."""

    changed: int
    unchanged: int
    refused: list[tuple[CaseFile, str]]


@transaction.atomic
def assign_cases(*, cases: Iterable[CaseFile], to: User, by: User, on: dt.date) -> Assigned:
    """Assign the cases to an officer, in a fixed number of statements per batch. Raises OfficerCannotWork for all of them."""
    listed = hold_cases(case.pk for case in cases)
    _check_officer(to, listed)
    changing, refused = [], []
    for case in listed:
        if case.officer_id == to.pk:
            continue
        try:
            check_step(case, "assign", by=by, on=max(on, case.stage_on))
        except NotAllowed as refusal:
            refused.append((case, refusal.message))
            continue
        case.officer = to
        changing.append(case)
    data = {"to": str(to)}
    EVENTS["assigned"].check(data)
    bulk_update_with_history(changing, CaseFile, ["officer"], batch_size=BATCH, default_user=by)
    CaseEvent.objects.bulk_create(
        [CaseEvent(case=case, code="assigned", happened_on=on, recorded_by=by, data=data) for case in changing], BATCH
    )
    return Assigned(len(changing), len(listed) - len(changing) - len(refused), refused)


def _check_officer(to: User, cases: list[CaseFile]) -> None:
    scope = scope_of(to)
    strange = {case.creditor_id for case in cases} - scope.creditors
    if not scope.may(Right.WORK_CASES) or (strange and not scope.everything):
        raise OfficerCannotWork(f"{to} не ведёт дела этого взыскателя: выберите юриста взыскателя или дайте роль.")
