"""The path of a claim as its page shows it: what happened, what stands now, what may come."""

import datetime as dt
from dataclasses import dataclass

from casedesk.common import months
from debtors.models import Service
from debtors.rules.stages import TURN_NAMES
from enforcement.models import Claim, ClaimLine, CourtEvent
from enforcement.models.court_event import TAKEN_BACK
from enforcement.rules.claim_stages import CLAIM_STAGE_NAMES, ORDERS, ClaimStage
from enforcement.rules.court_data import in_words
from enforcement.rules.court_events import BY_CODE

ORDER_WAY = (ClaimStage.PREPARED, ClaimStage.FILED, ClaimStage.ORDER_ISSUED, ClaimStage.IN_FORCE, ClaimStage.WRIT_ISSUED)
LAWSUIT_WAY = (
    ClaimStage.PREPARED,
    ClaimStage.FILED,
    ClaimStage.ACCEPTED,
    ClaimStage.JUDGED,
    ClaimStage.IN_FORCE,
    ClaimStage.WRIT_ISSUED,
)


@dataclass(frozen=True)
class PathStep:
    """A place on the way: `state` is done, current, ahead or off (the claim left the usual way there)."""

    name: str
    state: str
    on: dt.date | None = None


@dataclass(frozen=True)
class PathEvent:
    """A court event in words. `term`: what it started and until when; `is_last`: may be taken back."""

    event: CourtEvent
    title: str
    text: str
    term: str
    icon: str
    tone: str
    norm: str
    who: str
    taken_back: str = ""
    is_last: bool = False


def way_of(claim: Claim, events: list[CourtEvent]) -> list[PathStep]:
    """The usual way of such a claim with the days it passed, and where it stands now."""
    way = list(ORDER_WAY if claim.kind in ORDERS else LAWSUIT_WAY)
    reached = _days(claim, events)
    stands = claim.stage if claim.stage in way else None
    steps = [PathStep(CLAIM_STAGE_NAMES[stage], _state(stage, stands, reached), reached.get(stage)) for stage in way]
    if stands is None:
        place = max((at for at, stage in enumerate(way) if stage in reached), default=0)
        steps = [*steps[: place + 1], PathStep(CLAIM_STAGE_NAMES[claim.stage], "off", claim.stage_on), *steps[place + 1 :]]
    return steps


def _state(stage: str, stands: str | None, reached: dict) -> str:
    if stage == stands:
        return "current"
    return "done" if stage in reached else "ahead"


def _days(claim: Claim, events: list[CourtEvent]) -> dict[str, dt.date]:
    """Stage -> the day it was reached, by the standing events."""
    days: dict[str, dt.date] = {ClaimStage.PREPARED: claim.prepared_on}
    stage: str = ClaimStage.PREPARED
    for event in events:
        kind = BY_CODE.get(event.code)
        target = next((target for sources, target in kind.paths if stage in sources), None) if kind else None
        if target:
            stage = target
            days[target] = event.happened_on
    return days


def path_of(claim: Claim) -> tuple[list[PathStep], list[PathEvent]]:
    """The way of the claim and all its events, newest first. One query."""
    events = list(claim.events.select_related("recorded_by", "reverses", "reversed_by").order_by("happened_on", "pk"))
    standing = [event for event in events if event.code != TAKEN_BACK and not hasattr(event, "reversed_by")]
    last = standing[-1].pk if standing else None
    told = [_told(claim, event, event.pk == last) for event in events if event.code != TAKEN_BACK]
    return way_of(claim, standing), told[::-1]


def _told(claim: Claim, event: CourtEvent, is_last: bool) -> PathEvent:
    kind = BY_CODE[event.code]
    taking = getattr(event, "reversed_by", None)
    return PathEvent(
        event=event,
        title=kind.title,
        text=in_words(kind, event.data),
        term=f"{kind.runs} до {event.term_until:%d.%m.%Y}" if event.term_until else "",
        icon=kind.icon,
        tone="" if taking else kind.tone,
        norm=kind.norm(claim.kind),
        who=event.recorded_by.short_name if event.recorded_by else "система",
        taken_back=f"снято {taking.happened_on:%d.%m.%Y}: {taking.data['why']}" if taking else "",
        is_last=is_last,
    )


@dataclass
class MonthOfClaim:
    """One month of a claim: principal by service in the order of the columns, penalty, the sum."""

    month: int
    parts: list[int]
    penalty: int = 0
    at_least: bool = False

    @property
    def principal(self) -> int:
        return sum(self.parts)

    @property
    def named(self) -> str:
        return months.named(self.month)


def months_of(claim: Claim) -> tuple[list[Service], list[MonthOfClaim]]:
    """The claim's services and months, the oldest first. Two queries."""
    lines = list(ClaimLine.objects.filter(claim=claim).order_by("month"))
    services = list(Service.objects.filter(pk__in={line.service_id for line in lines}))
    place = {service.pk: at for at, service in enumerate(services)}
    rows: dict[int, MonthOfClaim] = {}
    for line in lines:
        row = rows.setdefault(line.month, MonthOfClaim(line.month, [0] * len(services)))
        row.parts[place[line.service_id]] += line.amount
        row.penalty += line.penalty
        row.at_least = row.at_least or line.at_least
    return services, list(rows.values())


def turn_name(claim: Claim) -> str:
    """Whose turn it is, in words; empty at the end."""
    return TURN_NAMES.get(claim.turn, "")


def with_parties(claims):
    """Claims with what lists print of them."""
    return claims.select_related("case_file", "creditor").prefetch_related("parties__debtor")
