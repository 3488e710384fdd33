"""Heads of employers and institutions: the register, a card, letters to many with what they would say."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Bulk, Empty, Listing
from debtors.actions.write_to_heads import keep_recipient, preview_letters, take_institutions, write_to_heads
from debtors.models import LetterRecipient
from debtors.queries.letter_recipients import with_debt
from debtors.web.outreach_forms import RecipientForm
from debtors.web.outreach_tables import RECIPIENT_COLUMNS, RecipientFilter
from debtors.web.views.cases import posted_again

MOST = 2_000
EMPTY = Empty(
    "Адресатов пока нет",
    "Учреждения можно взять из лицевых счетов одной кнопкой, работодателей впишите по одному.",
    "/recipients/new/",
    "Добавить адресата",
    "mail",
)


def _listing(request, **options) -> Listing:
    may = scope_of(request.user).may(Right.WORK_OUTREACH)
    bulk = [Bulk("Написать…", reverse("debtors:recipients-letters"), "mail")] if may else []
    seen = with_debt(LetterRecipient.objects.visible_to(request.user).select_related("creditor"))
    options |= {"filters": RecipientFilter, "sort": "name", "name": "recipients", "empty": EMPTY, "bulk": bulk}
    return Listing(request, seen, RECIPIENT_COLUMNS, **options)


@gated(Right.SEE_OUTREACH)
def index(request):
    return _listing(request).render("debtors/outreach/recipients.html", may=scope_of(request.user).may(Right.WORK_OUTREACH))


@gated(Right.WORK_OUTREACH)
def new(request):
    return _card(request, LetterRecipient())


@gated(Right.SEE_OUTREACH)
def recipient(request, pk: int):
    """The card; people who may not change it read it."""
    return _card(
        request, gates.get(LetterRecipient.objects.select_related("creditor"), request.user, Right.SEE_OUTREACH, pk=pk)
    )


def _card(request, one: LetterRecipient):
    may = scope_of(request.user).may(Right.WORK_OUTREACH)
    form = RecipientForm(request.POST if may and request.method == "POST" else None, instance=one, user=request.user)
    if form.is_valid():
        try:
            kept = keep_recipient(recipient=form.instance, numbers=form.cleaned_data["numbers"], by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.facts.get("field"), refusal.message)
        else:
            messages.success(request, f"Сохранено: {kept}.")
            return redirect("debtors:recipients")
    return render(request, "debtors/outreach/recipient.html", {"form": form, "recipient": one, "may": may})


@gated(Right.WORK_OUTREACH)
@require_POST
def from_accounts(request):
    """Make recipients of the institutions that accounts name."""
    added = take_institutions(by=request.user)
    said = f"Добавлено учреждений: {added}. Впишите руководителей." if added else "Все учреждения уже среди адресатов."
    messages.success(request, said)
    return redirect("debtors:recipients")


@gated(Right.WORK_OUTREACH)
def letters(request):
    """First post: show who would get a letter and who not. Second (`confirm`): make and print them."""
    listing = _listing(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = list(listing.chosen(request.POST)[:MOST]) if request.method == "POST" else []
    if not chosen:
        messages.warning(request, "Отметьте адресатов, которым нужно написать.")
        return redirect("debtors:recipients")
    if "confirm" in request.POST:
        try:
            run = write_to_heads(recipients=chosen, by=request.user, on=timezone.localdate(), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("debtors:recipients")
        messages.success(request, f"Составлено писем: {run.count}. Они записаны в «Работе с населением», пачка печатается.")
        return redirect(run if scope_of(request.user).may(Right.SEE_DOCUMENTS) else "debtors:outreach")
    found = preview_letters(recipients=chosen, on=timezone.localdate())
    return render(request, "debtors/outreach/letters.html", {"found": found, "posted": posted_again(request)})
