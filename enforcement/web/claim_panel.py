"""Claims on the page of a case, the address of its next step in court, and the bulk action of the list of cases."""

from django.urls import reverse

from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.tables import Bulk
from debtors.models import CaseFile
from enforcement.models import Claim
from enforcement.rules.claim_stages import KIND_SHORT, UNDER_WAY
from enforcement.web.claim_tables import period, stage_badge, waits

TO_PREPARE = ("file_again", "file_lawsuit")
TO_RECORD = ("cure_defects", "check_court", "await_force", "appeal", "get_writ")


def claims(case: CaseFile, user) -> dict | None:
    """The case's claims, newest first; None when there are none and the person may not prepare any."""
    scope = scope_of(user)
    may = scope.may(Right.WORK_CASES) and case.is_open
    found = list(case.claims.order_by("-prepared_on", "-number"))
    if not scope.may(Right.SEE_CASES) or not (found or may):
        return None
    rows = [
        {
            "claim": claim,
            "kind": KIND_SHORT[claim.kind],
            "stage": stage_badge(claim),
            "period": period(claim),
            "share": f"доля {claim.share_num}/{claim.share_den}" if claim.share_den > 1 else "",
            "waits": waits(claim),
        }
        for claim in found
    ]
    return {"template": "enforcement/_case_claims.html", "claims": rows, "case": case, "may_prepare": may}


def step_url(case: CaseFile) -> str:
    """Where the next step of the case is taken; empty when it is none of this room's."""
    if case.next_action in TO_PREPARE:
        return reverse("enforcement:case-claim", args=[case.pk])
    if case.next_action == "file_claim":
        prepared = Claim.objects.filter(case_file=case, stage="prepared").order_by("pk").first()
        return prepared.get_absolute_url() if prepared else reverse("enforcement:case-claim", args=[case.pk])
    if case.next_action in TO_RECORD:
        leading = Claim.objects.filter(case_file=case, stage__in=UNDER_WAY).order_by("stage_until", "pk").first()
        return leading.get_absolute_url() if leading else ""
    return ""


def bulk(user) -> list[Bulk]:
    """What this person may do with many cases at once."""
    if not scope_of(user).may(Right.WORK_CASES):
        return []
    return [Bulk("Подготовить требования…", reverse("enforcement:claims-prepare"), "scale")]
