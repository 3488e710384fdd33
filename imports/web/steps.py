"""What a clerk does with a file: load, name services, book, give up, take back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from imports.actions import discard_batch, take_upload
from imports.web.batch_page import unknown_services
from imports.web.forms import ServicesForm, UndoForm, UploadForm
from imports.web.pages import find


@gated(Right.IMPORT_REGISTERS)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in; one file leads to its page, several to the list."""
    form = UploadForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return render(request, "imports/upload.html", {"form": form}, status=400)
    given = form.cleaned_data
    batches = []
    for one in given["files"]:
        try:
            batches.append(
                take_upload.take_upload(
                    creditor=given["creditor"],
                    upload=one,
                    by=request.user,
                    at=timezone.now(),
                    kind=given["kind"] or "auto",
                    period=given["period"],
                    as_of=given["as_of"],
                )
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
    return redirect(batches[0] if len(batches) == 1 else "imports:index")


@gated(Right.IMPORT_REGISTERS)
@require_POST
def services(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember what the creditor calls its services, and read the file again."""
    batch = find(request, pk, Right.IMPORT_REGISTERS)
    form = ServicesForm(request.POST, names=unknown_services(batch))
    if form.is_valid() and form.chosen():
        return _step(request, batch, lambda: take_upload.map_services(batch=batch, names=form.chosen(), by=request.user))
    messages.error(request, "Выберите услугу хотя бы для одного названия.")
    return redirect(batch)


@gated(Right.IMPORT_REGISTERS)
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Book a previewed file in the background."""
    batch = find(request, pk, Right.IMPORT_REGISTERS)
    confirmed = request.POST.get("totals") == "on"
    return _step(request, batch, lambda: take_upload.queue_booking(batch=batch, by=request.user, accept_totals=confirmed))


@gated(Right.IMPORT_REGISTERS)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a previewed file up: nothing of it was booked."""
    batch = find(request, pk, Right.IMPORT_REGISTERS)
    return _step(request, batch, lambda: discard_batch.discard_batch(batch=batch))


@gated(Right.UNDO_IMPORTS)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a booked file back in the background, with a reason."""
    batch = find(request, pk, Right.UNDO_IMPORTS)
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Напишите, почему отменяете загрузку.")
        return redirect(batch)
    reason = form.cleaned_data["reason"]
    batch.job = enqueue("imports.undo", by=request.user, creditor=batch.creditor, batch=batch.pk, reason=reason)
    batch.save(update_fields=["job"])
    return redirect(batch)


def _step(request: HttpRequest, batch, act) -> HttpResponse:
    """Do the act; a refusal is shown on the batch's page."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(batch)
