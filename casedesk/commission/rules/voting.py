"""Regulations of a commission as arithmetic: quorum, who presides, what a vote came to (plan row L-App3).

The values are data of the commission (`Regulations`), the defaults those of the Lensky district: half of the members make a
quorum, a simple majority of those present decides, the presiding person's vote decides a tie.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casedesk.commission.rules.words import Base, Choice, Outcome, Part, Presence

TAKES_PART = (Presence.PRESENT, Presence.REPRESENTED)


@dataclass(frozen=True)
class Here:
    """One seat at a meeting. Only seats with a vote make the quorum."""

    seat: int
    part: str
    presence: str
    has_vote: bool = True


@dataclass(frozen=True)
class Quorum:
    """`members` with a vote, of whom `present` take part; `needed` of them make a quorum."""

    members: int
    present: int
    needed: int

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed > 0


def quorum(here: Iterable[Here], *, num: int, den: int) -> Quorum:
    """At least num/den of the members with a vote, in person or through a representative, rounded up."""
    voting = [one for one in here if one.has_vote]
    present = sum(one.presence in TAKES_PART for one in voting)
    return Quorum(len(voting), present, -(-len(voting) * num // den))


def presiding(here: Iterable[Here]) -> int | None:
    """The seat that presides: the chair in person, else a deputy in person. A representative does not preside."""
    in_person = [one for one in here if one.presence == Presence.PRESENT]
    for part in (Part.CHAIR, Part.DEPUTY):
        found = next((one.seat for one in in_person if one.part == part), None)
        if found is not None:
            return found
    return None


@dataclass(frozen=True)
class Count:
    """Votes counted; `by_casting` says that the presiding person's vote decided a tie."""

    for_: int
    against: int
    abstained: int
    outcome: str
    by_casting: bool = False


def count(votes: Mapping[int, str], *, presiding_seat: int | None, base: str = Base.PRESENT, casting: bool = True) -> Count:
    """What the votes (seat -> choice) came to.

    Of those present: «за» must outnumber everybody else, so an abstention weighs as «не за». Of those voting: «за» against
    «против» alone. On a tie the presiding person's own vote decides when the regulations give it; else nothing is adopted.
    """
    said = list(votes.values())
    for_, against, abstained = (said.count(choice) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN))
    others = against + (abstained if base == Base.PRESENT else 0)
    tie = for_ == others and for_ > 0
    by_casting = tie and casting and votes.get(presiding_seat) in (Choice.FOR, Choice.AGAINST)
    adopted = for_ > others or (by_casting and votes.get(presiding_seat) == Choice.FOR)
    return Count(for_, against, abstained, Outcome.ADOPTED if adopted else Outcome.REJECTED, by_casting)
