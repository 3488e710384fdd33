"""A court approved a settlement: the claim's path says so, and the debtors' room keeps the schedule it approved.

ГПК РФ ст. 153.8-153.11, АПК РФ ст. 139-142. Plan rows P2.4, L7.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from casedesk.access.models import User
from casedesk.common.refusals import Refusal
from debtors.actions.sign_agreement import sign_agreement
from debtors.models import RepaymentAgreement
from debtors.rules.schedule import ScheduleKind
from enforcement.actions.hold_claim import hold_books, lock_claim
from enforcement.actions.record_court_event import record_court_event
from enforcement.models import Claim

EVENT = "settlement_approved"
COURT_CASE_LENGTH = 100


class NoCourtNamed(Refusal):
    """The claim does not say which court approved the settlement."""

    code = "no_court_named"


@dataclass(frozen=True)
class SettledSchedule:
    """The schedule that the court approved; the first payment is in kopecks."""

    parts: int
    pay_day: int
    kind: str = ScheduleKind.EQUAL
    first_payment: int = 0
    holiday: int = 0
    current_too: bool = True


@transaction.atomic
def settle_in_court(
    *, claim: Claim, approved_on: dt.date, granted: dict[str, object], schedule: SettledSchedule, by: User, on: dt.date
) -> RepaymentAgreement:
    """Record the court's approval on the claim and sign the agreement over its months, both or neither.

    `granted` is the data of the event `settlement_approved`, kopecks. The agreement covers the case's months up to the newest
    of the claim. Raises what `record_court_event` and `sign_agreement` raise, and NoCourtNamed.
    """
    hold_books(claim.creditor_id)  # agreements are numbered within it
    claim = lock_claim(claim)
    court = claim.court.name if claim.court_id else claim.court_name
    if not court:
        raise NoCourtNamed(f"Требование № {claim.number}: не указан суд. Впишите его, затем записывайте мировое соглашение.")
    record_court_event(claim=claim, code=EVENT, happened_on=approved_on, data=granted, by=by, on=on)
    number = str(granted.get("court_case") or claim.court_case)
    return sign_agreement(
        case=claim.case_file,
        covered_through=claim.period_to,
        by=by,
        on=on,
        court_ruling=f"{court}, определение"[:200],
        court_case=number[:COURT_CASE_LENGTH],
        approved_on=approved_on,
        **vars(schedule),
    )
