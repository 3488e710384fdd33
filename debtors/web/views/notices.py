"""Reminders: the list, one paper on the screen, many for the printer, handing over, cancelling."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.ru import plural
from casedesk.common.tables import Bulk, Empty, Listing
from debtors.actions.send_reminder import cancel_reminder, send_reminder, send_reminders
from debtors.models import PreTrialNotice
from debtors.queries.letters import letter, letters
from debtors.web.case_forms import ReasonForm, SendForm
from debtors.web.case_tables import NOTICE_COLUMNS, NoticeFilter
from debtors.web.views.cases import MOST, posted_again

EMPTY = Empty(
    "Напоминаний пока нет", "Отметьте дела в списке и подготовьте их сразу для всех.", "/cases/", "К списку дел", "file-text"
)
PRINTED_AT_ONCE = 300
"""Letters on one page for the printer; a browser prints more slowly than it shows."""


def listing_of(request, **options) -> Listing:
    """The list of reminders that this person may see."""
    bulk = [Bulk("Печать", reverse("debtors:notices-print"), "printer")]
    if scope_of(request.user).may(Right.WORK_CASES):
        bulk.append(Bulk("PDF пачкой", reverse("debtors:notices-print-run"), "files"))
        bulk.append(Bulk("Отметить вручение…", reverse("debtors:notices-send"), "send"))
    return Listing(
        request,
        PreTrialNotice.objects.visible_to(request.user).select_related("case"),
        NOTICE_COLUMNS,
        filters=NoticeFilter,
        sort="-number",
        name="notices",
        empty=EMPTY,
        bulk=bulk,
        **options,
    )


@gated(Right.SEE_CASES)
def index(request):
    return listing_of(request).render("debtors/notices.html")


def _notice(request, pk: int, right: str = Right.SEE_CASES) -> PreTrialNotice:
    queryset = PreTrialNotice.objects.select_related("case", "creditor", "prepared_by", "sent_by")
    return gates.get(queryset, request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """The reminder as it goes to the debtor, and what can be done with it."""
    notice = _notice(request, pk)
    may_make = scope_of(request.user).may(Right.WORK_CASES)
    may_work = may_make and notice.state == PreTrialNotice.State.PREPARED
    context = {"notice": notice, "letter": letter(notice), "may_work": may_work, "may_make": may_make}
    return render(request, "debtors/notice.html", context)


@gated(Right.SEE_CASES)
def to_print(request):
    """The chosen letters, each from a new sheet."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = listing.chosen(request.POST) if request.method == "POST" else listing.found.none()
    found = list(chosen.select_related("case", "creditor", "prepared_by")[: PRINTED_AT_ONCE + 1])
    if not found:
        messages.warning(request, "Отметьте напоминания, которые нужно напечатать.")
        return redirect("debtors:notices")
    context = {"letters": letters(found[:PRINTED_AT_ONCE]), "more": len(found) > PRINTED_AT_ONCE, "most": PRINTED_AT_ONCE}
    return render(request, "debtors/notices_print.html", context)


@gated(Right.WORK_CASES)
def send(request, pk: int):
    notice = _notice(request, pk, Right.WORK_CASES)
    form = SendForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            sent = send_reminder(notice=notice, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Вручено. Ждём оплату, до суда дело вернётся {sent.waiting_until:%d.%m.%Y}.")
            return redirect(notice.case)
    context = {"case": notice.case, "form": form, "heading": f"Вручение: {notice}", "submit": "Отметить вручение"}
    return render(request, "debtors/case_step.html", context)


@gated(Right.WORK_CASES)
def send_many(request):
    """First post: ask how and when. Second (`confirm`): mark those that may be, tell of the others."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = list(listing.chosen(request.POST)[:MOST]) if request.method == "POST" else []
    if not chosen:
        messages.warning(request, "Отметьте напоминания, которые вручены.")
        return redirect("debtors:notices")
    given = request.POST if "confirm" in request.POST else None
    form = SendForm(given, initial={"on": timezone.localdate()})
    if form.is_valid():
        done = send_reminders(notices=chosen, by=request.user, **form.cleaned_data)
        messages.success(request, f"Вручено: {plural(len(done.notices), 'напоминание', 'напоминания', 'напоминаний')}.")
        for _, reason in done.refused[:5]:
            messages.warning(request, reason)
        return redirect(f"{reverse('debtors:notices')}?{request.POST.get('query', '')}")
    context = {
        "notices": chosen,
        "total": sum(notice.total for notice in chosen),
        "form": form,
        "posted": posted_again(request),
    }
    return render(request, "debtors/notices_send.html", context)


@gated(Right.WORK_CASES)
def cancel(request, pk: int):
    notice = _notice(request, pk, Right.WORK_CASES)
    form = ReasonForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            cancel_reminder(notice=notice, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Напоминание № {notice.number} отменено, номер больше не займут.")
            return redirect(notice.case)
    context = {"case": notice.case, "form": form, "heading": f"Отменить: {notice}", "submit": "Отменить напоминание"}
    return render(request, "debtors/case_step.html", context)
