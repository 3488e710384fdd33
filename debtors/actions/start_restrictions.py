"""Start restrictions: weigh, number, prepare the warnings, print them as one run."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from simple_history.utils import bulk_create_with_history

from casedesk.access.models import Organisation, User
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.documents.actions.make import make_many
from casedesk.documents.actions.start_print_run import start_print_run
from casedesk.documents.models import PrintRun
from debtors.actions.keep_restriction import keep_next
from debtors.actions.moves import check_may
from debtors.documents.compose_restriction import warning_drafts
from debtors.models import CaseEvent, Service, ServiceRestriction
from debtors.queries.restrictions import Candidate, preview_start
from debtors.rules.case_events import EVENTS

WARNING = "restriction_warning"
EVENT = "restriction_prepared"


class NothingToRestrict(Refusal):
    """None of the chosen may be restricted."""

    code = "nothing_to_restrict"


@transaction.atomic
def start_restrictions(
    *,
    cases: Sequence[int],
    service: Service,
    by: User,
    on: dt.date,
    at: dt.datetime,
    monthly: int | None = None,
    can_be_limited: bool = True,
    heats: bool = False,
) -> tuple[list[ServiceRestriction], PrintRun]:
    """Restrictions with their warnings for those whom the preview allows, of one creditor. A fixed number of queries.

    The accounts' creditor stays locked, so that a service is not taken twice. Raises NothingToRestrict, NotAllowed.
    """
    check_may(by, Right.WORK_CASES)
    found = preview_start(cases=cases, service=service, on=on, monthly=monthly, heats=heats)
    creditors = {candidate.case.creditor_id for candidate in found.candidates}
    if len(creditors) != 1:
        why = found.refused[0][1] if found.refused else "Таких дел нет."
        raise NothingToRestrict(f"Ограничивать нечего. {why}")
    creditor = Organisation.objects.select_for_update().get(pk=creditors.pop())
    found = preview_start(cases=cases, service=service, on=on, monthly=monthly, heats=heats)  # as it is under the lock
    made = _made(creditor, found.candidates, by, on, can_be_limited, heats)
    _tell(made, by, on)
    drafts = warning_drafts(made, {one.account.pk: one for one in found.candidates}, on)
    documents = make_many(WARNING, creditor=creditor, drafts=drafts, by=by, on=on)
    run = start_print_run(documents=documents, title=f"Предупреждения, {service.name.lower()}, {len(made)} шт.", by=by, at=at)
    keep_next(made, on=on)
    return made, run


def _made(
    creditor: Organisation, candidates: Sequence[Candidate], by: User, on: dt.date, can_be_limited: bool, heats: bool
) -> list[ServiceRestriction]:
    last = ServiceRestriction.objects.filter(creditor=creditor).aggregate(last=Max("number"))["last"] or 0
    fresh = [
        ServiceRestriction(
            creditor=creditor,
            case=candidate.case,
            account=candidate.account,
            service=candidate.service,
            number=number,
            debt=candidate.debt,
            warned_debt=candidate.debt,
            monthly=candidate.monthly,
            can_be_limited=can_be_limited,
            heats=heats,
            started_on=on,
            started_by=by,
        )
        for number, candidate in enumerate(candidates, last + 1)
    ]
    return bulk_create_with_history(fresh, ServiceRestriction, default_user=by)


def _tell(made: Sequence[ServiceRestriction], by: User, on: dt.date) -> None:
    """A line on every case, in one statement."""
    events = []
    for one in made:
        data = {"service": one.service.name, "debt_kopecks": one.debt}
        EVENTS[EVENT].check(data)
        about = {"subject_kind": "servicerestriction", "subject_id": one.pk}
        events.append(CaseEvent(case=one.case, code=EVENT, happened_on=on, recorded_by=by, data=data, **about))
    CaseEvent.objects.bulk_create(events)
