"""Whether a composition is what the plan asks for (row Z3a): offices that must sit in it, and the parts that make it work."""

from collections.abc import Iterable
from dataclasses import dataclass

from casedesk.commission.rules.words import OFFICE_NAMES, PART_NAMES, Part

PARTS_NEEDED = (Part.CHAIR, Part.DEPUTY, Part.SECRETARY)


@dataclass(frozen=True)
class CompositionCheck:
    """`offices`: (office, its name, whether somebody sits for it); `parts` the same of chair, deputy and secretary."""

    offices: tuple[tuple[str, str, bool], ...]
    parts: tuple[tuple[str, str, bool], ...]

    @property
    def missing(self) -> list[str]:
        """Names of what is missing, offices first."""
        return [name for _, name, there in (*self.offices, *self.parts) if not there]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def check_composition(seats: Iterable[tuple[str, str]], required: Iterable[str]) -> CompositionCheck:
    """Check seats (part, office) against the offices required."""
    listed = list(seats)
    parts, offices = {part for part, _ in listed}, {office for _, office in listed}
    return CompositionCheck(
        tuple((office, OFFICE_NAMES.get(office, office), office in offices) for office in required),
        tuple((part, PART_NAMES[part], part in parts) for part in PARTS_NEEDED),
    )
