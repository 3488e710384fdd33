"""Decisions about one difference. With htmx the answer is the row and the totals; without it, the page again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.models import User
from casedesk.access.rights import Right
from enforcement.actions import settle_differences as settling
from enforcement.models import ReconciliationDifference
from enforcement.queries.reconciliation_board import row_of
from enforcement.web.reconciliation.common import OURS, back, find_difference, now, require_side, tried
from enforcement.web.reconciliation.forms import SettleForm
from enforcement.web.reconciliation.pages import assignees, head_context


@gated(Right.RECONCILE)
@require_POST
def accept(request, pk: int):
    """Settle in the way that the type proposes."""
    found = _mine(request, pk)
    reason = request.POST.get("reason", "")
    return _answer(request, found, lambda: _settle(request, found, found.proposed, reason))


@gated(Right.RECONCILE)
@require_POST
def settle(request, pk: int):
    """Settle with a reason."""
    found = _mine(request, pk)
    form = SettleForm(request.POST, kind=found.kind)
    if not form.is_valid():
        messages.error(request, "Выберите решение, которое подходит к виду расхождения.")
        return _shown(request, found)
    given = form.cleaned_data
    return _answer(request, found, lambda: _settle(request, found, given["resolution"], given["reason"]))


def _settle(request, found: ReconciliationDifference, resolution: str, reason: str):
    settling.settle(difference=found, resolution=resolution, reason=reason, by=request.user, **now())


@gated(Right.RECONCILE)
@require_POST
def take_back(request, pk: int):
    """The settlement is taken back: the difference is open again."""
    found = _mine(request, pk)
    return _answer(request, found, lambda: settling.take_back(difference=found, by=request.user, **now()))


@gated(Right.RECONCILE)
@require_POST
def assign(request, pk: int):
    """Give it to somebody; to oneself when nobody is named."""
    found = _mine(request, pk)
    given = request.POST.get("to", "")
    to = get_object_or_404(User, pk=given) if given.isdigit() else request.user
    if given.isdigit() and to not in [request.user, *assignees(found.reconciliation)]:
        to = request.user
    return _answer(request, found, lambda: settling.assign(differences=[found], to=to, by=request.user, **now()))


@gated(Right.RECONCILE)
@require_POST
def explain(request, pk: int):
    """Either side says what it knows."""
    found = find_difference(request, pk, Right.RECONCILE)
    text = request.POST.get("text", "")[:500]
    return _answer(request, found, lambda: settling.explain(difference=found, text=text, by=request.user, **now()))


def _mine(request, pk: int) -> ReconciliationDifference:
    """A difference that the person settles for the creditor."""
    found = find_difference(request, pk, Right.RECONCILE)
    require_side(request, found.reconciliation, OURS)
    return found


def _answer(request, found: ReconciliationDifference, act):
    tried(request, act)
    return _shown(request, found)


def _shown(request, found: ReconciliationDifference):
    one = found.reconciliation
    if not request.htmx:
        return back(request, one)
    found.refresh_from_db()
    context = head_context(request, one, timezone.localdate())
    context |= {"row": row_of(found), "here": request.POST.get("back", one.get_absolute_url()), "swapped": True}
    return render(request, "enforcement/_reconciliation_swap.html", context)
