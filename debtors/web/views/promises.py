"""Calls and promises: written down on the page of a case; the list of promises."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from debtors.actions.make_promise import make_promise, withdraw_promise
from debtors.actions.settle_contacts import record_call
from debtors.models import Promise
from debtors.queries.promises import promise_figures
from debtors.web.case_forms import ReasonForm
from debtors.web.contact_forms import CallForm, PromiseForm
from debtors.web.contact_panel import contacts
from debtors.web.contact_tables import PROMISE_COLUMNS, PromiseFilter
from debtors.web.views.case_file import find

EMPTY = Empty(
    "Обещаний пока нет",
    "Обещание записывают со страницы дела: «Звонок» или «Обещание». Наутро после срока его сверят с оплатами.",
    "/cases/",
    "К списку дел",
    "hand-coins",
)


@gated(Right.SEE_CASES)
def index(request):
    seen = Promise.objects.visible_to(request.user)
    listing = Listing(
        request,
        seen.select_related("case__officer"),
        PROMISE_COLUMNS,
        filters=PromiseFilter,
        sort="-due_on",
        name="promises",
        empty=EMPTY,
    )
    return listing.render("debtors/contact/promises.html", figures=promise_figures(seen, timezone.localdate()))


def _step(request, case, form, act, heading: str, submit: str):
    """Show the form, or do the step and go back to the case."""
    if form.is_valid():
        try:
            done = act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect(case)
    return render(request, "debtors/case_step.html", {"case": case, "form": form, "heading": heading, "submit": submit})


@gated(Right.SEE_CASES)
def of_case(request, pk: int):
    """Contact of one case: the panel alone for its page, or a page of its own."""
    case = find(request, pk)
    name = "_panel.html" if request.htmx else "case_contacts.html"
    return render(request, f"debtors/contact/{name}", {"case": case, "panel": contacts(case, request.user)})


@gated(Right.WORK_CASES)
def call(request, pk: int):
    case = find(request, pk, Right.WORK_CASES)

    def act(given: dict) -> str:
        record_call(case=case, by=request.user, on=timezone.localdate(), **given)
        return (
            "Звонок записан."
            if given["promised"] is None
            else "Звонок и обещание записаны: наутро после срока сверим с оплатами."
        )

    return _step(request, case, CallForm(request.POST or None), act, "Звонок должнику", "Записать")


@gated(Right.WORK_CASES)
def promise(request, pk: int):
    case = find(request, pk, Right.WORK_CASES)

    def act(given: dict) -> str:
        made = make_promise(case=case, by=request.user, on=timezone.localdate(), **given)
        return f"Обещание записано. Наутро после {made.due_on:%d.%m.%Y} сверим его с оплатами."

    return _step(request, case, PromiseForm(request.POST or None), act, "Обещание оплатить", "Записать")


@gated(Right.WORK_CASES)
def withdraw(request, pk: int):
    one = gates.get(Promise.objects.select_related("case__creditor"), request.user, Right.WORK_CASES, pk=pk)

    def act(given: dict) -> str:
        withdraw_promise(promise=one, reason=given["reason"], by=request.user, on=given["on"])
        return "Обещание снято."

    form = ReasonForm(request.POST or None, initial={"on": timezone.localdate()})
    return _step(request, one.case, form, act, f"Снять: {one}", "Снять обещание")
