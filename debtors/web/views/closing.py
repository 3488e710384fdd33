"""Closing of months: what is ready, what stands in the way, what came late; opening again by two people."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.models import Organisation
from casedesk.access.rights import Right
from casedesk.access.scope import creditors_of, scope_of
from casedesk.common import months
from casedesk.common.refusals import Refusal
from debtors.actions.close_month import ask_reopening, close_month, keep_closed, reopen_month
from debtors.models import MonthClosing
from debtors.queries.closing import closings, late_facts, readiness
from debtors.web.tables import creditors_for

SHOWN = 13
"""Months on the list: a year and the one before it."""
EARLIEST = months.make(2000, 1)


class NoteForm(forms.Form):
    note = forms.CharField(
        label="Почему закрываем с замечаниями", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Почему нужно открыть", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


@gated(Right.SEE_CASES)
def index(request: HttpRequest) -> HttpResponse:
    """The last months of every creditor of this person, each with its state."""
    newest = months.of(timezone.localdate()) - 1
    span = range(newest, newest - SHOWN, -1)
    rows = []
    for creditor in creditors_for(request):
        known = closings(creditor)
        rows.append((creditor, [(month, known.get(month)) for month in span]))
    return render(request, "debtors/months.html", {"rows": rows, "span": list(span)})


@gated(Right.SEE_CASES)
def page(request: HttpRequest, pk: int, month: int) -> HttpResponse:
    """One month of a creditor: the checks before closing, or the kept figures and what came late."""
    return _page(request, _creditor(request, pk), _month(month))


@require_POST
@gated(Right.CLOSE_MONTHS)
def close(request: HttpRequest, pk: int, month: int) -> HttpResponse:
    creditor, form = _creditor(request, pk), NoteForm(request.POST)
    month = _month(month)
    if form.is_valid():
        try:
            close_month(
                creditor=creditor,
                month=month,
                by=request.user,
                at=timezone.now(),
                on=timezone.localdate(),
                note=form.cleaned_data["note"],
            )
            messages.success(request, f"{months.named(month).capitalize()} закрыт.")
            return redirect("debtors:month", creditor.pk, month)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return _page(request, creditor, month, note=form)


@require_POST
@gated(Right.CLOSE_MONTHS)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a colleague to open the month."""
    closing, form = _closing(request, pk), ReasonForm(request.POST)
    if form.is_valid():
        return _done(
            request,
            closing,
            lambda: ask_reopening(closing=closing, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()),
            "Просьба записана. Месяц откроет другой сотрудник.",
        )
    return _page(request, closing.creditor, closing.month, reason=form)


@require_POST
@gated(Right.CLOSE_MONTHS)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    closing = _closing(request, pk)
    act = lambda: reopen_month(closing=closing, by=request.user, at=timezone.now())  # noqa: E731
    return _done(request, closing, act, "Месяц открыт.")


@require_POST
@gated(Right.CLOSE_MONTHS)
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the month closed."""
    closing = _closing(request, pk)
    return _done(request, closing, lambda: keep_closed(closing=closing, by=request.user), "Месяц остаётся закрытым.")


def _done(request: HttpRequest, closing: MonthClosing, act, said: str) -> HttpResponse:
    try:
        act()
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("debtors:month", closing.creditor_id, closing.month)


def _creditor(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(creditors_of(request.user), pk=pk)


def _month(month: int) -> int:
    if not EARLIEST <= month < months.of(timezone.localdate()):
        raise Http404("Этот месяц ещё не кончился или его не было в учёте.")
    return month


def _closing(request: HttpRequest, pk: int) -> MonthClosing:
    return gates.get(MonthClosing.objects.select_related("creditor"), request.user, Right.CLOSE_MONTHS, pk=pk)


def _page(request: HttpRequest, creditor: Organisation, month: int, *, note=None, reason=None) -> HttpResponse:
    closing = closings(creditor).get(month)
    standing = closing if closing and closing.is_standing else None
    may = scope_of(request.user).may(Right.CLOSE_MONTHS)
    context = {
        "creditor": creditor,
        "month": month,
        "closing": closing,
        "standing": standing,
        "late": late_facts(standing) if standing else [],
        "ready": None if standing else readiness(creditor, month),
        "note": note or NoteForm(),
        "reason": reason or ReasonForm(),
        "may": may,
        "asked_by_me": bool(closing and closing.reopening_asked_by_id == request.user.pk),
    }
    return render(request, "debtors/month.html", context)
