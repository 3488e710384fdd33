"""Changes of coverage: the list, and one with the open work that it touches."""

from django.shortcuts import get_object_or_404

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.tables import Empty, Listing
from debtors.models import CaseFile
from debtors.web.case_tables import CASE_COLUMNS
from enforcement.models import CoverageChange
from enforcement.queries.coverage_changes import affected_cases, affected_claims, moves
from enforcement.web.court_tables import CHANGE_COLUMNS, ChangeFilter

SHOWN_HOUSES = 200


@gated(Right.SEE_COURTS)
def index(request):
    seen = CoverageChange.objects.visible_to(request.user).select_related("recorded_by")
    empty = Empty("Изменений не было", "Здесь видно, какие дома и дела задевает перемена границ участков и отделов.")
    listing = Listing(
        request, seen, CHANGE_COLUMNS, filters=ChangeFilter, sort="-recorded_at", empty=empty, name="coverage-changes"
    )
    return listing.render("enforcement/courts/changes.html")


@gated(Right.SEE_COURTS)
def change(request, pk: int):
    """Houses that moved, and the open cases and claims in them."""
    one = get_object_or_404(CoverageChange.objects.visible_to(request.user), pk=pk)
    may = scope_of(request.user).may(Right.SEE_CASES)
    cases = affected_cases(one, request.user) if may else CaseFile.objects.none()
    claims = list(affected_claims(one, request.user).select_related("court", "case_file")[:SHOWN_HOUSES]) if may else []
    empty = Empty("Открытых дел в этих домах нет", "Перемена никого не задевает.", icon="circle-check")
    listing = Listing(request, cases, CASE_COLUMNS, sort="-overdue", empty=empty, name="affected")
    rows = moves(one)
    shown = {"change": one, "moves": rows[:SHOWN_HOUSES], "more": max(0, len(rows) - SHOWN_HOUSES), "claims": claims}
    return listing.render("enforcement/courts/change.html", **shown, cases=cases.count())
