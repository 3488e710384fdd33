"""Name the court of a claim that is not filed yet, or the number it got there."""

import datetime as dt

from django.db import transaction

from casedesk.access.models import User
from casedesk.access.rights import Right
from casedesk.common.refusals import NotAllowed
from debtors.actions.moves import check_may
from enforcement.actions.hold_claim import lock_claim
from enforcement.models import Claim, Court
from enforcement.rules.claim_stages import ClaimStage


class CourtIsFixed(NotAllowed):
    """After filing, only a transfer changes the court (ГПК РФ ст. 33)."""

    code = "court_is_fixed"


@transaction.atomic
def set_court(
    *, claim: Claim, court: Court | None = None, court_name: str = "", court_case: str = "", by: User, on: dt.date
) -> Claim:
    """Set the court, by the list or by its bare name, and the case number. Raises NotAllowed, CourtIsFixed."""
    check_may(by, Right.WORK_CASES)
    claim = lock_claim(claim)
    name = (court.name if court else court_name.strip())[:200]
    if claim.stage != ClaimStage.PREPARED and name != claim.court_name:
        raise CourtIsFixed(
            f"Требование № {claim.number} уже подано в «{claim.court_name}». Другой суд - это событие "
            "«Передано по подсудности» (ГПК РФ ст. 33): запишите его."
        )
    if court or name != claim.court_name:
        claim.court = court
    claim.court_name, claim.court_case = name, court_case.strip() or claim.court_case
    claim.save(update_fields=["court", "court_name", "court_case"])
    return claim
