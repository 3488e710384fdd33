"""The commission on the page of a case."""

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.commission.models import AgendaItem, Commission
from debtors.models import CaseFile


def heard(case: CaseFile, user) -> dict | None:
    """When the commission heard the case and what it decided; None when it did not and the person may not ask it to."""
    scope = scope_of(user)
    if not scope.may(Right.SEE_COMMISSION):
        return None
    found = AgendaItem.objects.visible_to(user).filter(case=case).select_related("meeting").prefetch_related("decisions")
    items = list(found.order_by("-meeting__planned_on", "-pk"))
    may = case.is_open and scope.may(Right.DO_DECISIONS) and Commission.objects.visible_to(user).exists()
    if not items and not may:
        return None
    return {"template": "commission/_case_panel.html", "items": items, "may": may, "case": case}
