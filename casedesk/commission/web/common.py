"""What the views of the commission share: finding things, doing an act with its refusal in words, a page that is one form."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.commission.models import AgendaItem, Commission, Decision, Meeting
from casedesk.common.refusals import Refusal


def find_commission(request, pk: int, right: str = Right.SEE_COMMISSION) -> Commission:
    """The commission for this person: 404 for a stranger, 403 without the right."""
    return gates.get(Commission.objects.select_related("municipality__territory"), request.user, right, pk=pk)


def find_meeting(request, pk: int, right: str = Right.SEE_COMMISSION) -> Meeting:
    found = Meeting.objects.select_related("commission__municipality", "group", "presided_by_seat", "kept_by_seat", "minutes")
    return gates.get(found, request.user, right, pk=pk)


def find_item(request, pk: int, right: str = Right.SEE_COMMISSION) -> AgendaItem:
    found = AgendaItem.objects.select_related("meeting__commission__municipality", "case__creditor", "summons__document")
    return gates.get(found, request.user, right, pk=pk)


def find_decision(request, pk: int, right: str = Right.SEE_COMMISSION) -> Decision:
    found = Decision.objects.select_related("item__meeting__commission", "item__case__creditor", "responsible", "done_by")
    return gates.get(found, request.user, right, pk=pk)


def runs(request) -> bool:
    """Whether the person runs the commission."""
    return scope_of(request.user).may(Right.RUN_COMMISSION)


def who_when(request) -> dict:
    return {"by": request.user, "on": timezone.localdate()}


def tried(request, act: Callable, done: str = "") -> bool:
    """Do the act; say that it is done, or why not."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return False
    if done:
        messages.success(request, done)
    return True


def wrong(request, form) -> None:
    """Say what a small form on a page got wrong."""
    said = [
        f"{form.fields[name].label}: {' '.join(errors)}" if name in form.fields else " ".join(errors)
        for name, errors in form.errors.items()
    ]
    messages.error(request, "; ".join(said))


def form_page(request, form, *, title: str, crumbs: Sequence, act: Callable, back, submit: str = "Сохранить", lead: str = ""):
    """A page that is one form: `act(cleaned)` when it is right, its refusal beside the form. `crumbs`: (label, address)."""
    if form.is_valid():
        try:
            made = act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(made if hasattr(made, "get_absolute_url") else back)
    cancel = back.get_absolute_url() if hasattr(back, "get_absolute_url") else back
    context = {
        "form": form,
        "title": title,
        "parents": [(label, resolve_url(to)) for label, to in crumbs],
        "submit": submit,
        "cancel_url": cancel,
        "lead": lead,
    }
    return render(request, "commission/form.html", context)
