"""Which prepared claims go to a court: those that name it, and those whose address is the court's."""

import datetime as dt

from django.db.models import Count, Q, Sum

from casedesk.norms.queries.current import current
from enforcement.models import Claim, Court, FilingItem, FilingPolicy
from enforcement.queries.coverage import courts_for_cases
from enforcement.rules.claim_stages import ClaimStage
from enforcement.rules.jurisdiction import court_kind


def ready_claims(court: Court, creditor, on: dt.date) -> list[Claim]:
    """Prepared claims of the creditor for the court, without those that wait in a package. Six queries at most.

    A claim that names another court than this or the one of the filing policy was sent elsewhere by a person.
    """
    waiting = FilingItem.objects.filter(answer="").values("claim")
    found = Claim.objects.filter(creditor=creditor, stage=ClaimStage.PREPARED).exclude(pk__in=waiting)
    named = list(found.filter(court=court).select_related("case_file").order_by("number"))
    unsaid = ["", court.name[:200], FilingPolicy.objects.in_force(creditor=creditor, on=on).court_name]
    nameless = found.filter(court=None, court_name__in=unsaid).select_related("case_file").order_by("number")
    norms = current()
    silent = [claim for claim in nameless if court_kind(claim.kind, claim.price, on, norms) == court.kind]
    courts = courts_for_cases([claim.case_file_id for claim in silent], on, court.kind)
    by_address = [claim for claim in silent if courts.get(claim.case_file_id) == court]
    return sorted([*named, *by_address], key=lambda claim: claim.number)


def with_counts(packages):
    """Packages with the number of claims, their sum, and the answers."""
    return packages.annotate(
        claims=Count("items"),
        asked=Sum("items__claim__principal", default=0),
        accepted=Count("items", filter=Q(items__answer="accepted")),
        turned_down=Count("items", filter=Q(items__answer__in=["returned", "refused"])),
        waiting=Count("items", filter=Q(items__answer="")),
    )
