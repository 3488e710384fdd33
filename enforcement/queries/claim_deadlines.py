"""Terms that run on claims: the court's answer, objections, appeals, defects, the lawsuit after a cancelled order."""

import datetime as dt

from debtors.rules.deadlines import Deadline, Kind
from enforcement.models import Claim, CourtEvent
from enforcement.rules.claim_stages import CLAIM_STAGE_NAMES, KIND_SHORT, UNDER_WAY, ClaimStage
from enforcement.rules.court_events import BY_CODE

AWAITED = UNDER_WAY | {ClaimStage.RETURNED, ClaimStage.REFUSED, ClaimStage.UNHEARD, ClaimStage.SET_ASIDE}
"""Stages in which somebody must act before a day."""


def claim_deadlines(cases, *, first: dt.date, last: dt.date) -> list[Deadline]:
    """Terms of claims of these open cases that end between the days (both inclusive). Two queries.

    A claim that failed and was followed by another has no term of its own left.
    """
    running = Claim.objects.filter(case_file__in=cases.live(), stage__in=AWAITED, stage_until__range=(first, last))
    followed = Claim.objects.exclude(stage=ClaimStage.DROPPED).filter(follows__isnull=False).values("follows_id")
    claims = list(running.exclude(pk__in=followed).select_related("case_file").order_by("stage_until", "pk"))
    started: dict[int, str] = {}
    for event in CourtEvent.objects.standing().filter(claim__in=claims, term_until__isnull=False).order_by("happened_on", "pk"):
        started[event.claim_id] = event.code
    return [_deadline(claim, started.get(claim.pk)) for claim in claims]


def _deadline(claim: Claim, code: str | None) -> Deadline:
    kind = BY_CODE.get(code or "")
    runs = kind.runs if kind and kind.runs else CLAIM_STAGE_NAMES[claim.stage].lower()
    case = claim.case_file
    return Deadline(
        claim.stage_until,
        Kind.COURT,
        f"Требование № {claim.number} ({KIND_SHORT[claim.kind]}): {runs}",
        kind.norm(claim.kind) if kind else "",
        claim.total,
        case.pk,
        case.number,
        case.debtor_names,
        case.officer_id,
    )
