"""What open work a change of coverage touches: cases, claims not yet filed, proceedings of houses that moved."""

from collections.abc import Iterable

from debtors.models import CaseFile, House
from enforcement.models import Claim, Court, CoverageChange, DepartmentCard


def affected_cases(change: CoverageChange, user):
    """Open cases on accounts in the houses that moved, as far as the person sees them."""
    houses = [house for house, _, _ in change.houses]
    seen = CaseFile.objects.visible_to(user).filter(is_open=True, account__premises__house__in=houses)
    return seen.select_related("creditor", "account__premises__house")


def affected_claims(change: CoverageChange, user):
    """Live claims of those cases that stand in another court than the change gives. None for departments."""
    if change.of == CoverageChange.Of.DEPARTMENT:
        return Claim.objects.none()
    houses = [house for house, _, _ in change.houses]
    seen = Claim.objects.visible_to(user).filter(is_live=True, case_file__account__premises__house__in=houses)
    return seen.filter(court__kind=change.of)


def moves(change: CoverageChange) -> list[dict]:
    """The houses that moved, from whom to whom, in words. Two queries."""
    houses = House.objects.in_bulk([house for house, _, _ in change.houses])
    names = _names(change, {one for _, before, after in change.houses for one in (before, after) if one})
    rows = [
        {"house": houses[house], "before": names.get(before), "after": names.get(after)}
        for house, before, after in change.houses
        if house in houses
    ]
    return sorted(rows, key=lambda row: row["house"].address)


def _names(change: CoverageChange, ids: Iterable[int]) -> dict[int, object]:
    if change.of == CoverageChange.Of.DEPARTMENT:
        return DepartmentCard.objects.select_related("organisation").in_bulk(ids)
    return Court.objects.in_bulk(ids)
