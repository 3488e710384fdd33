"""The queue of money in suspense: cards worked by keyboard, oldest first, with sums by age."""

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import charts
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing
from debtors.web.tables import creditors_for
from imports.actions.guard_closing import set_limit
from imports.actions.learn_payer import revoke_pattern
from imports.models import BankDocument, MatchCandidate, PayerPattern, SuspenseLimit
from imports.queries.suspense import by_age
from imports.web.bank_forms import LimitForm, ReasonForm
from imports.web.bank_tables import DOCUMENT_COLUMNS, PATTERN_COLUMNS, PatternFilter, SuspenseFilter, verdict_badge
from imports.web.bank_text import Piece, pieces

COLUMNS = [
    *DOCUMENT_COLUMNS[:-1],
    Column("owner", "Ответственный", value=lambda one: one.owner.short_name if one.owner else ""),
    DOCUMENT_COLUMNS[-1],
]
EMPTY = Empty("Невыясненных нет", "Все поступления разнесены или отложены с причиной.", icon="circle-check")
LATE_AFTER = 30
PER_PAGE = 20


@dataclass(frozen=True)
class Card:
    """A document in suspense as its card shows it."""

    document: BankDocument
    pieces: list[Piece]
    age: int
    verdict: tuple[str, str] | None
    candidates: list[MatchCandidate]

    @property
    def late(self) -> bool:
        return self.age > LATE_AFTER


def cards(found: list[BankDocument], on: dt.date) -> list[Card]:
    return [
        Card(one, pieces(one.purpose), (on - one.counts_on).days, verdict_badge(one), list(one.candidates.all()))
        for one in found
    ]


def _with_parts():
    candidates = MatchCandidate.objects.select_related("account", "account__state", "writ").order_by("place")
    return BankDocument.objects.select_related("creditor", "owner").prefetch_related(Prefetch("candidates", candidates))


@gated(Right.SEE_IMPORTS)
def suspense(request: HttpRequest) -> HttpResponse:
    """Everything that waits, oldest first; the filters and the export are those of any list."""
    on = timezone.localdate()
    seen = _with_parts().visible_to(request.user).waiting()
    listing = Listing(
        request, seen, COLUMNS, filters=SuspenseFilter, sort="counts_on", size=PER_PAGE, empty=EMPTY, name="suspense"
    )
    if request.GET.get("export") == "xlsx":
        return listing.render("imports/suspense.html")
    shown = {
        "listing": listing,
        "cards": cards(list(listing.page.rows), on),
        "may": scope_of(request.user).may(Right.MATCH_MONEY),
    }
    if request.htmx and request.htmx.target == "listing":
        return render(request, "imports/_queue.html", shown)
    return render(request, "imports/suspense.html", {**shown, **_head(request, listing, on)})


def _head(request: HttpRequest, listing: Listing, on: dt.date) -> dict:
    """Sums by age as bars that open their documents, and the limits of the person's creditors."""
    ages = by_age(BankDocument.objects.visible_to(request.user).waiting(), on=on)
    rows = [
        (f"{name}: {number}", whole, listing.address(since=first, through=last, page=None))
        for name, number, whole, first, last in ages
    ]
    limits = SuspenseLimit.objects.visible_to(request.user).select_related("creditor")
    return {
        "bars": charts.bars(rows),
        "total": sum(whole for _, _, whole, _, _ in ages),
        "number": sum(number for _, number, _, _, _ in ages),
        "limits": list(limits),
        "limit_form": LimitForm(creditors=creditors_for(request)),
    }


def card(request: HttpRequest, pk: int, *, said: str = "", refused: str = "") -> HttpResponse:
    """One document's card after an act: the answer to htmx."""
    one = _with_parts().get(pk=pk)
    (shown,) = cards([one], timezone.localdate())
    may = scope_of(request.user).may(Right.MATCH_MONEY)
    return render(request, "imports/_card.html", {"card": shown, "may": may, "said": said, "refused": refused})


@gated(Right.MATCH_MONEY)
@require_POST
def limit(request: HttpRequest) -> HttpResponse:
    """Set how much suspense a creditor lets stand when a month is closed."""
    form = LimitForm(request.POST, creditors=creditors_for(request))
    if form.is_valid():
        given = form.cleaned_data
        set_limit(creditor=given["creditor"], amount=given["amount"], by=request.user, at=timezone.now())
        messages.success(request, "Предел сохранён." if given["amount"] is not None else "Предел снят.")
    else:
        messages.error(request, "Укажите взыскателя и сумму в рублях.")
    return redirect("imports:suspense")


@gated(Right.SEE_IMPORTS)
def payers(request: HttpRequest) -> HttpResponse:
    """Payers that people have placed before: what the program suggests by, and the right to stop it."""
    seen = PayerPattern.objects.visible_to(request.user).select_related("account", "document", "learnt_by")
    empty = Empty("Плательщиков пока не выучено", "Подсказки появятся, когда люди разнесут платежи граждан и организаций.")
    listing = Listing(request, seen, PATTERN_COLUMNS, filters=PatternFilter, sort="-learnt_at", empty=empty, name="payers")
    return listing.render("imports/payers.html", may=scope_of(request.user).may(Right.MATCH_MONEY))


@gated(Right.MATCH_MONEY)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop suggesting by a learnt payer."""
    pattern = gates.get(PayerPattern.objects.all(), request.user, Right.MATCH_MONEY, pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Напишите, почему подсказка отзывается.")
        return redirect("imports:payers")
    try:
        revoke_pattern(pattern=pattern, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, "Подсказка отозвана.")
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("imports:payers")
