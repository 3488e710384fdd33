"""Where the money of claims stands by component: asked, granted, presented, collected, written off.

Every row adds up: asked = granted + refused + not decided yet; granted = collected + written off + left; no more is
presented or collected than was granted. A claim whose act was set aside has nothing granted, whatever was collected before.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from debtors.queries import written_off
from debtors.queries.recovered import recovered
from debtors.rules.components import Components
from enforcement.models import Claim, Presentation, Writ
from enforcement.rules.claim_stages import FREED


@dataclass(frozen=True)
class ClaimSums:
    """Kopecks by component. `granted` None: no court act stands. `writs`: those the claim led to."""

    asked: Components
    granted: Components | None
    presented: Components = field(default_factory=Components)
    collected: Components = field(default_factory=Components)
    written_off: Components = field(default_factory=Components)
    is_over: bool = False
    """The claim came to nothing: nothing more is awaited of it."""

    @property
    def refused(self) -> Components:
        """Asked, and not given by an act that stands, or lost with a claim that came to nothing."""
        if self.granted is None:
            return self.asked if self.is_over else Components()
        return self.asked - self.granted

    @property
    def undecided(self) -> Components:
        return Components() if self.granted is not None or self.is_over else self.asked

    @property
    def left(self) -> Components:
        """Granted and neither collected nor written off."""
        return (self.granted or Components()) - self.collected - self.written_off

    def faults(self) -> list[str]:
        """What does not add up, in words; empty when all is well."""
        granted = self.granted or Components()
        rows = (
            ("просили = присуждено + отказано + не решено", self.asked, granted + self.refused + self.undecided),
            ("присуждено = взыскано + списано + осталось", granted, self.collected + self.written_off + self.left),
        )
        found = [words for words, left, right in rows if left != right]
        limits = (
            ("присуждено больше, чем просили", granted, self.asked),
            ("предъявлено больше, чем присуждено", self.presented, granted),
            ("взыскано больше, чем присуждено", self.collected + self.written_off, granted),
        )
        return found + [words for words, part, most in limits if not _within(part, most)]


def _within(part: Components, most: Components) -> bool:
    names = ("principal", "penalty", "duty")
    return all(0 <= getattr(part, name) <= getattr(most, name) for name in names)


def claim_sums(claims: Iterable[Claim], as_of: dt.date | None = None) -> dict[int, ClaimSums]:
    """Claim id -> its sums, by what was received and written off up to the day (None: all that is known). Eight queries."""
    listed = list(claims)
    writs: dict[int, list[Writ]] = {}
    for writ in Writ.objects.live().filter(claim__in=listed).order_by("pk"):
        writs.setdefault(writ.claim_id, []).append(writ)
    awards = {writ.award_id for found in writs.values() for writ in found if writ.award_id}
    money, gone = recovered(awards, as_of), written_off.by_award(awards, as_of)
    sent = set(Presentation.objects.filter(writ__claim__in=listed).values_list("writ__claim_id", flat=True))
    return {claim.pk: _of(claim, writs.get(claim.pk, []), money, gone, claim.pk in sent) for claim in listed}


Money = dict[int, Components]


def _of(claim: Claim, writs: list[Writ], money: Money, gone: Money, is_sent: bool) -> ClaimSums:
    asked = Components(claim.principal, claim.penalty, claim.duty)
    granted = None
    if claim.granted_principal is not None:
        granted = Components(claim.granted_principal, claim.granted_penalty, claim.granted_duty)
    collected, lost = Components(), Components()
    for award in {writ.award_id for writ in writs if writ.award_id}:
        collected += money.get(award, Components())
        lost += gone.get(award, Components())
    return ClaimSums(
        asked=asked,
        granted=granted,
        presented=granted if is_sent and granted else Components(),
        collected=collected if granted else Components(),
        written_off=lost if granted else Components(),
        is_over=claim.stage in FREED,
    )


def total(sums: Iterable[ClaimSums]) -> ClaimSums:
    """Many claims as one row; adds up because each does. Undecided claims stand as granted nothing yet."""
    asked, granted, presented, collected, written_off = (Components() for _ in range(5))
    for one in sums:
        asked += one.asked
        granted += one.granted or Components()
        presented += one.presented
        collected += one.collected
        written_off += one.written_off
    return ClaimSums(asked, granted, presented, collected, written_off)
