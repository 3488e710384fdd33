"""What the views of reconciliations share: finding one, whose side a person is on, coming back where they were."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from casedesk.access import gates
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from enforcement.models import Reconciliation, ReconciliationDifference

OURS, THEIRS = "ours", "theirs"
SIDE_NAMES = {OURS: "взыскателя", THEIRS: "отдела приставов"}


def find(request, pk: int, right: str = Right.SEE_WRITS) -> Reconciliation:
    """The reconciliation for this person: 404 for a stranger, 403 without the right."""
    found = Reconciliation.objects.select_related("creditor", "department", "job")
    return gates.get(found, request.user, right, pk=pk)


def find_difference(request, pk: int, right: str = Right.SEE_WRITS) -> ReconciliationDifference:
    found = ReconciliationDifference.objects.select_related(
        "reconciliation__creditor", "reconciliation__department", "assignee"
    )
    return gates.get(found, request.user, right, pk=pk)


def sides_of(user, one: Reconciliation) -> set[str]:
    """Whose side the person may act for: both for an administrator, none for a reader."""
    scope = scope_of(user)
    if not scope.may(Right.RECONCILE):
        return set()
    if scope.everything:
        return {OURS, THEIRS}
    mine = {OURS} if one.creditor_id in scope.creditors else set()
    return mine | ({THEIRS} if one.department_id in scope.departments else set())


def require_side(request, one: Reconciliation, side: str) -> None:
    """Raise PermissionDenied (403) when the person is not of that side."""
    if side not in sides_of(request.user, one):
        raise PermissionDenied(f"Это делают люди {SIDE_NAMES[side]}: вы действуете за другую сторону.")


def now() -> dict:
    """The day and the moment of an action."""
    return {"on": timezone.localdate(), "at": timezone.now()}


def back(request, one: Reconciliation):
    """Where the form came from, when that is a page of ours; else the board."""
    asked = request.POST.get("back", "")
    safe = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return redirect(asked if safe else one.get_absolute_url())


def tried(request, act, done: str = "") -> bool:
    """Do the act; say that it is done, or why not."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return False
    if done:
        messages.success(request, done)
    return True
