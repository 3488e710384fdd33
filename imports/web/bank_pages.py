"""Bank documents: the list with its sums, and one document with all that was found and decided."""

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.tables import Empty, Listing
from imports.models import BankDocument, MatchDecision
from imports.web.bank_forms import AcceptForm, AsideForm, AssignForm, ReasonForm, TieForm
from imports.web.bank_tables import DOCUMENT_COLUMNS, STATE_TONES, DocumentFilter, verdict_badge
from imports.web.bank_text import pieces

State = BankDocument.State


def find(request: HttpRequest, pk: int, right: str) -> BankDocument:
    """The document for this person: 404 when it is not theirs to see, 403 without the right."""
    seen = BankDocument.objects.select_related("creditor", "batch", "owner")
    return gates.get(seen, request.user, right, pk=pk)


@gated(Right.SEE_IMPORTS)
def documents(request: HttpRequest) -> HttpResponse:
    """Every document of the statements that stand (or, of one load, of its preview), with sums by state."""
    seen = BankDocument.objects.visible_to(request.user).select_related("creditor")
    given = request.GET.get("batch", "")
    seen = seen.exclude(state=State.GONE) if given.isdigit() else seen.standing()
    upload = reverse("imports:index")
    empty = Empty("Выписок пока нет", "Загрузите выписку банка в формате обмена с 1С.", upload, "К загрузкам", "landmark")
    listing = Listing(
        request, seen, DOCUMENT_COLUMNS, filters=DocumentFilter, sort="-counts_on", empty=empty, name="bank-documents"
    )
    return listing.render("imports/bank_documents.html", sums=_sums(listing))


def _sums(listing: Listing) -> list[tuple[str, int, int, str]]:
    """(state, documents, kopecks, address) of money in that the filters leave."""
    incoming = listing.filter.qs.filter(direction=BankDocument.Direction.INCOMING)
    found = {
        state: (n, whole)
        for state, n, whole in incoming.order_by().values_list("state").annotate(n=Count("pk"), whole=Sum("amount"))
    }
    shown = [state for state in (*BankDocument.STANDING, State.DRAFT) if state in found]
    return [(State(state).label, *found[state], listing.address(state=state, page=None)) for state in shown]


@gated(Right.SEE_IMPORTS)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its text with the tokens marked, candidates, what was decided and booked."""
    return render(request, "imports/bank_document.html", context(request, find(request, pk, Right.SEE_IMPORTS)))


def context(request: HttpRequest, one: BankDocument) -> dict:
    """Finished values of a document's page."""
    may = scope_of(request.user).may(Right.MATCH_MONEY)
    waiting = may and one.state == State.WAITING
    decisions = list(
        MatchDecision.objects.filter(document=one)
        .select_related("decided_by", "undone_by", "register", "booking")
        .prefetch_related("lines__account", "lines__writ")
    )
    return {
        "document": one,
        "pieces": pieces(one.purpose),
        "tone": STATE_TONES[one.state],
        "verdict": verdict_badge(one),
        "age": (timezone.localdate() - one.counts_on).days,
        "candidates": list(one.candidates.select_related("account", "writ")),
        "decisions": decisions,
        "standing": next((decision for decision in decisions if decision.undone_at is None), None),
        "may": may,
        "waiting": waiting,
        "accept_form": AcceptForm(document=one) if waiting else None,
        "aside_form": AsideForm() if waiting else None,
        "assign_form": AssignForm(document=one, initial={"owner": one.owner_id}) if waiting else None,
        "tie_form": TieForm(document=one) if waiting and one.verdict == BankDocument.Verdict.REGISTER else None,
        "reopen_form": ReasonForm() if may else None,
        "assignments": list(one.assignments.select_related("owner", "assigned_by")[:5]),
    }
