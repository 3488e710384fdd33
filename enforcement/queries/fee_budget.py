"""The queue of claims cut to the month's money for fees, by expected return, each place explained in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Sum

from casedesk.access.models import Organisation
from casedesk.common import months
from enforcement.models import Claim, FilingPolicy
from enforcement.queries.claim_draft import Draft
from enforcement.rules.claim_stages import ClaimStage
from enforcement.rules.expected_return import cut_to_budget, said_of_place


@dataclass(frozen=True)
class Place:
    """A draft in the queue. `fee`: what is left to pay; `why`: its expected return and its place in words."""

    draft: Draft
    fee: int
    expected: int
    why: str


@dataclass
class Queue:
    """Drafts sorted out: `taken` will be prepared, `left` has no room in the budget, `refused` cannot be prepared now."""

    drafts: list[Draft]
    taken: list[Place] = field(default_factory=list)
    left: list[Place] = field(default_factory=list)
    refused: list[Draft] = field(default_factory=list)
    budget: int | None = None
    spent: int = 0
    """Fees of claims prepared this month before."""

    @property
    def fees(self) -> int:
        return sum(place.fee for place in self.taken)

    @property
    def asked(self) -> int:
        return sum(place.draft.price for place in self.taken)

    @property
    def expected(self) -> int:
        return sum(place.expected for place in self.taken)


def queue_of(drafts: Iterable[Draft], *, on: dt.date, incomplete: bool, within_budget: bool) -> Queue:
    """Sort the drafts out by their gaps and the budget of their creditors. Two queries per creditor."""
    listed = list(drafts)
    queue = Queue(listed)
    may = [draft for draft in listed if not draft.stopped and (incomplete or not draft.missing)]
    queue.refused = [draft for draft in listed if draft.stopped or (draft.missing and not incomplete)]
    for creditor in {draft.case.creditor for draft in may}:
        own = [draft for draft in may if draft.case.creditor_id == creditor.pk]
        budget = FilingPolicy.objects.in_force(creditor=creditor, on=on).monthly_budget if within_budget else None
        spent = spent_in_month(creditor, on)
        room = None if budget is None else max(budget - spent, 0)
        taken, left = _cut(own, room)
        queue.taken += taken
        queue.left += left
        queue.spent += spent
        queue.budget = budget if queue.budget is None else queue.budget + (budget or 0)
    return queue


def spent_in_month(creditor: Organisation, on: dt.date) -> int:
    """Fees of the claims prepared in the month of the day and not dropped, kopecks."""
    first = months.first_day(months.of(on))
    claims = Claim.objects.filter(creditor=creditor, prepared_on__gte=first, prepared_on__lte=months.last_day(months.of(on)))
    fees = claims.exclude(stage=ClaimStage.DROPPED).aggregate(total=Sum(F("duty") - F("duty_credited")))
    return fees["total"] or 0


def _cut(drafts: list[Draft], room: int | None) -> tuple[list[Place], list[Place]]:
    rows = [(at, draft.duty.to_pay, draft.prospect.expected if draft.prospect else 0) for at, draft in enumerate(drafts)]
    whole = sum(fee for _, fee, _ in rows)
    taken, left = cut_to_budget(rows, whole if room is None else room)
    places = {key: (fee, expected) for key, fee, expected in rows}
    order = {at: place for place, at in enumerate(cut_to_budget(rows, whole)[0], start=1)}

    def place(at: int) -> Place:
        fee, expected = places[at]
        said = drafts[at].prospect.why if drafts[at].prospect else ""
        return Place(drafts[at], fee, expected, f"{said_of_place(order[at], fee, expected)}. {said}.")

    return [place(at) for at in taken], [place(at) for at in left]
