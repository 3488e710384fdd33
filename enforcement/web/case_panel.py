"""Writs and proceedings on the page of a case."""

from django.db.models import Prefetch

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from debtors.models import CaseFile
from enforcement.models import EnforcementProceeding, Writ
from enforcement.queries.writ_money import writ_money
from enforcement.web.writ_tables import STATE_TONES


def writs(case: CaseFile, user) -> dict | None:
    """The case's writs with their proceedings and terms; None when there are none or the person may not see them."""
    if not scope_of(user).may(Right.SEE_WRITS):
        return None
    proceedings = Prefetch("proceedings", EnforcementProceeding.objects.live().select_related("department"))
    found = list(Writ.objects.live().filter(case_file=case).select_related("debtor").prefetch_related(proceedings))
    sums = writ_money(found)
    shown = [
        {"writ": writ, "state": (writ.get_state_display(), STATE_TONES[writ.state]), "money": sums[writ.pk]} for writ in found
    ]
    return {"template": "enforcement/_case_writs.html", "writs": shown} if shown else None
