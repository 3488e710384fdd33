"""Outgoing documents on the page of a case."""

from django.urls import reverse

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.documents import kinds
from casedesk.documents.models import Document
from debtors.documents.compose_case import COMPOSERS
from debtors.models import CaseFile

SHOWN = 15


def documents(case: CaseFile, user) -> dict | None:
    """The newest papers that lie in the case, and what may be made; None without the right."""
    scope = scope_of(user)
    if not scope.may(Right.SEE_DOCUMENTS):
        return None
    found = Document.objects.visible_to(user).filter(folder_kind="debtors.casefile", folder_id=case.pk).defer("data")
    may_make = scope.may(Right.WORK_CASES) and case.is_open
    return {
        "template": "documents/_panel.html",
        "documents": list(found.order_by("-pk")[:SHOWN]),
        "makes": [(code, kinds.title_of(code)) for code in COMPOSERS] if may_make else [],
        "action": reverse("debtors:case-paper", args=[case.pk]),
    }
