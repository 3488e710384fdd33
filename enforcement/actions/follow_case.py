"""Let a case follow its claims: the event on its timeline, the stage that all its events give, the next step."""

import datetime as dt

from casedesk.access.models import User
from casedesk.common import months
from casedesk.common.bulk import insert_all
from debtors.models import CaseEvent, CaseFile
from debtors.rules.case_events import EVENTS
from debtors.rules.stages import COURT, STAGE_NAMES, Stage
from debtors.states.case_file import replay
from enforcement.actions.settle_cases import settle_cases, told_of
from enforcement.models import Claim
from enforcement.rules.claim_stages import FREED, ClaimStage
from enforcement.states.claim_moves import CASE_STAGE, LEADING, TAKEN_BACK, WITH_MONTHS, leading_code

ONE_DAY = dt.timedelta(days=1)


def mirrored(
    code: str, *, claim: Claim, said: str, on: dt.date, by: User | None, term_until: dt.date | None = None
) -> CaseEvent:
    """The event of the case (not saved): what happened to its claim, in words. `term_until`: last day of the term."""
    data = {"said": f"№ {claim.number}: {said}" if said else f"№ {claim.number}"}
    if EVENTS[code].fields == WITH_MONTHS:
        data |= {"first_month": months.iso(claim.period_from), "last_month": months.iso(claim.period_to)}
    EVENTS[code].check(data)
    return CaseEvent(
        case_id=claim.case_file_id,
        code=code,
        happened_on=on,
        recorded_by=by,
        data=data,
        term_until=term_until + ONE_DAY if term_until else None,
        subject_kind="claim",
        subject_id=claim.pk,
    )


def corrected(event: CaseEvent, *, claim: Claim, said: str, on: dt.date, by: User | None) -> CaseEvent:
    """The event that takes an earlier one of the case back (not saved)."""
    taking = mirrored(TAKEN_BACK, claim=claim, said=said, on=on, by=by)
    taking.corrects = event
    return taking


def follow(case_ids: list[int], *, on: dt.date, by: User | None) -> None:
    """Set these cases' stages to what their events give, and their next steps. A fixed number of statements."""
    cases = {case.pk: case for case in CaseFile.objects.filter(pk__in=case_ids, is_open=True).select_related("creditor")}
    if not cases:
        return
    told = told_of(cases.values())
    _tell_who_leads(cases, told, on, by)
    settle_cases(cases.values(), told, on=on)


def _tell_who_leads(cases: dict, told: dict[int, list[CaseEvent]], on: dt.date, by: User | None) -> None:
    """Where another claim of a case waits for us more than the one just told of, say so on the timeline."""
    claims: dict[int, list[Claim]] = {}
    followed = set()
    for claim in Claim.objects.filter(case_file__in=cases).exclude(stage=ClaimStage.DROPPED).order_by("pk"):
        followed.add(claim.follows_id)
        if claim.stage in CASE_STAGE:
            claims.setdefault(claim.case_file_id, []).append(claim)
    events = []
    for pk, own in claims.items():
        stands = replay(told[pk]).stage
        leader = _leader(own, followed)
        if stands in COURT and leader and CASE_STAGE[leader.stage] != stands:
            stage = CASE_STAGE[leader.stage]
            said = STAGE_NAMES[stage].lower()
            events.append(mirrored(leading_code(stage), claim=leader, said=said, on=on, by=by, term_until=leader.stage_until))
            told[pk].append(events[-1])
    insert_all(events)


def _leader(claims: list[Claim], followed: set[int | None]) -> Claim | None:
    """The claim that waits for us first. One that failed and was followed by another waits no more, wherever that stands."""
    waiting = [claim for claim in claims if not (claim.stage in FREED and claim.pk in followed)]
    places = {stage: place for place, stage in enumerate(LEADING)}
    return min(
        waiting, key=lambda claim: (places[Stage(CASE_STAGE[claim.stage])], claim.stage_until or dt.date.max), default=None
    )
