"""Service restrictions for `tests/world.py`."""

from casedesk.access.models import Organisation, User
from tests.factories import restrictions


def a_restriction(creditor: Organisation, officer: User) -> dict:
    one = restrictions.started(restrictions.owing_case(creditor, "9020"), officer)
    return {"pk": one.pk, "step": "warn"}


RESTRICTION_OBJECTS = {"restrictions": a_restriction, "api/restrictions": a_restriction}
