"""Service restrictions on the page of a case."""

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from debtors.models import CaseFile
from debtors.web.restriction_forms import state_badge


def panel(case: CaseFile, user) -> dict | None:
    """The case's restrictions with what is next; None when there are none and the person may not start one."""
    found = list(case.restrictions.select_related("service").order_by("-number"))
    may_start = case.is_open and scope_of(user).may(Right.WORK_CASES)
    if not found and not may_start:
        return None
    return {
        "template": "debtors/restriction/_case.html",
        "case": case,
        "restrictions": [(one, state_badge(one)) for one in found],
        "may_start": may_start,
    }
