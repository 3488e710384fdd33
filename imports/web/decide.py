"""Contradictions that wait for a person: the list, and the decision on one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from imports.actions.doubts import decide
from imports.models import Doubt
from imports.web.tables import DOUBT_COLUMNS, DoubtFilter

EMPTY = Empty("Расхождений нет", "Все загруженные ведомости сходятся с системой.", icon="circle-check")


@gated(Right.SEE_IMPORTS)
def doubts(request: HttpRequest) -> HttpResponse:
    """Every contradiction that waits, with both sums."""
    seen = Doubt.objects.visible_to(request.user).waiting().select_related("account", "service", "batch")
    listing = Listing(request, seen, DOUBT_COLUMNS, filters=DoubtFilter, sort="account.number", empty=EMPTY, name="doubts")
    may = scope_of(request.user).may(Right.IMPORT_REGISTERS)
    return listing.render("imports/doubts.html", may_decide=may, here=request.get_full_path())


@gated(Right.IMPORT_REGISTERS)
@require_POST
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the file's sum, or leave the ledger as it is."""
    doubt = gates.get(Doubt.objects.all(), request.user, Right.IMPORT_REGISTERS, pk=pk)
    accept = request.POST.get("accept") == "1"
    try:
        decide(doubt=doubt, accept=accept, by=request.user, at=timezone.now(), on=timezone.localdate())
        messages.success(request, "Разница проведена." if accept else "Оставлено как в системе.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reverse("imports:doubts"))
