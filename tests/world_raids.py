"""Raids, filing packages, and what else is sent and walked, for `tests/world.py`."""

from casedesk.access.models import Organisation, User
from enforcement.models import Court, FilingPackage
from tests.factories import raids


def a_raid(creditor: Organisation, officer: User) -> dict:
    return {"pk": raids.raid(creditor).pk}


def a_raid_stop(creditor: Organisation, officer: User) -> dict:
    return {"pk": raids.raid(creditor).stops.get().pk}


def a_filing_package(creditor: Organisation, officer: User) -> dict:
    court = Court.objects.get_or_create(code="51MS0001", defaults={"kind": "magistrate", "name": "Участок № 1"})[0]
    return {"pk": FilingPackage.objects.create(creditor=creditor, court=court).pk}


RAID_OBJECTS = {"raids": a_raid, "raid-stops": a_raid_stop, "api/raids": a_raid, "filing": a_filing_package}
