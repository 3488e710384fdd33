"""A reconciliation and its difference, as `tests/world.py` keeps one of each thing."""

from casedesk.access.models import Organisation, User
from enforcement.models import ReconciliationDifference
from tests.factories import access, reconciliation


def a_reconciliation(creditor: Organisation, officer: User) -> dict:
    """A month sent to the department and answered without one writ, with its difference."""
    department = access.department("osp-9")
    reconciliation.with_bailiffs(creditor, department)
    one = reconciliation.sent(creditor, department)
    reconciliation.answered(one, reconciliation.agreeing(one)[1:])
    return {"pk": one.pk, "group": 1, "form": "xlsx"}


def a_difference(creditor: Organisation, officer: User) -> dict:
    return {"pk": ReconciliationDifference.objects.get(reconciliation=a_reconciliation(creditor, officer)["pk"]).pk}


RECONCILIATION_OBJECTS = {
    "reconciliations": a_reconciliation,
    "differences": a_difference,
    "api/reconciliations": a_reconciliation,
    "api/differences": a_difference,
}
