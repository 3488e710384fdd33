"""Papers for the court on the page of a case."""

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.documents import kinds
from debtors.models import CaseFile
from enforcement.documents.compose_claim import paper_kind
from enforcement.models import Claim
from enforcement.rules.claim_stages import ClaimKind


def claims(case: CaseFile, user) -> dict | None:
    """The case's live claims, each with the paper it goes to court with; None without any or without the right."""
    if not scope_of(user).may(Right.WORK_CASES):
        return None
    found = Claim.objects.visible_to(user).live().filter(case_file=case).exclude(kind=ClaimKind.EVICTION)
    rows = [{"claim": claim, "paper": kinds.title_of(paper_kind(claim))} for claim in found]
    return {"template": "enforcement/_case_claim_papers.html", "rows": rows} if rows else None
