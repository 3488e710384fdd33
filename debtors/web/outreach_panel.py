"""What was done for the people of a case: on its page."""

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from debtors.models import CaseFile
from debtors.queries.outreach import of_case
from debtors.rules.outreach_kinds import CAUSES


def panel(case: CaseFile, user) -> dict | None:
    """The newest receptions and the cause of the debt; None for a person who may not see them."""
    scope = scope_of(user)
    if not scope.may(Right.SEE_OUTREACH):
        return None
    events = of_case(case)
    cause = next((CAUSES[event.data["cause"]] for event in events if event.data.get("cause") in CAUSES), "")
    may_record = scope.may(Right.WORK_OUTREACH)
    if not events and not may_record:
        return None
    return {
        "template": "debtors/outreach/_case.html",
        "case": case,
        "events": events,
        "cause": cause,
        "may_record": may_record,
        "may_refer": may_record and scope.may(Right.WORK_CASES) and case.is_open,
    }
