"""Writs and proceedings on the page of a case."""

from django.db.models import Prefetch

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from debtors.models import CaseFile
from enforcement.models import EnforcementProceeding, Writ
from enforcement.rules.terms import earliest_repeat, presentation_ends


def writs(case: CaseFile, user) -> dict | None:
    """The case's writs with their proceedings and terms; None when there are none or the person may not see them."""
    if not scope_of(user).may(Right.SEE_WRITS):
        return None
    proceedings = Prefetch("proceedings", EnforcementProceeding.objects.live().select_related("department"))
    found = Writ.objects.live().filter(case_file=case).select_related("debtor").prefetch_related(proceedings)
    shown = [
        {
            "writ": writ,
            "presentation_ends": presentation_ends(writ.issued_on),
            "proceedings": [
                {"proceeding": one, "earliest_repeat": earliest_repeat(one.ended_on, one.ended_ground)}
                for one in writ.proceedings.all()
            ],
        }
        for writ in found
    ]
    return {"template": "enforcement/_case_writs.html", "writs": shown} if shown else None
