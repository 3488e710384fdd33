"""Documents: the list, one with the data it was made from, its files, a run of chosen ones."""

from django.apps import apps
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Bulk, Empty, Listing
from casedesk.documents.actions.start_print_run import MOST, start_print_run
from casedesk.documents.models import Document
from casedesk.documents.queries.files import docx_of, pdf_of
from casedesk.documents.queries.shown import shown_data
from casedesk.documents.web.forms import DOCX
from casedesk.documents.web.tables import DOCUMENT_COLUMNS, DocumentFilter

EMPTY = Empty("Документов пока нет", "Их составляют на страницах дел, требований и листов.", "/cases/", "К списку дел", "files")


def listing_of(request, **options) -> Listing:
    """The documents that this person may see."""
    may_print = scope_of(request.user).may(Right.WORK_CASES)
    return Listing(
        request,
        Document.objects.visible_to(request.user).select_related("creditor", "made_by").defer("data"),
        DOCUMENT_COLUMNS,
        filters=DocumentFilter,
        sort="-number",
        name="documents",
        empty=EMPTY,
        bulk=[Bulk("Напечатать пачкой", reverse("documents:print"), "printer")] if may_print else [],
        **options,
    )


@gated(Right.SEE_DOCUMENTS)
def index(request):
    return listing_of(request).render("documents/documents.html")


def _document(request, pk: int) -> Document:
    found = Document.objects.select_related("creditor", "template", "made_by")
    return gates.get(found, request.user, Right.SEE_DOCUMENTS, pk=pk)


@gated(Right.SEE_DOCUMENTS)
def page(request, pk: int):
    """One document: what it says, whom it concerns, what it was made from."""
    document = _document(request, pk)
    context = {
        "document": document,
        "shown": shown_data(document),
        "subject": _thing(request.user, document.subject_kind, document.subject_id),
        "folder": _thing(request.user, document.folder_kind, document.folder_id),
        "runs": document.print_runs.order_by("-pk"),
    }
    return render(request, "documents/document.html", context)


def _thing(user, kind: str, pk: int | None):
    """What the paper is about, when the person may see it: rooms above are known by name only."""
    if not kind:
        return None
    model = apps.get_model(kind)
    found = model.objects.visible_to(user).filter(pk=pk).first() if hasattr(model.objects, "visible_to") else None
    return found if hasattr(found, "get_absolute_url") else None


@gated(Right.SEE_DOCUMENTS)
def pdf(request, pk: int):
    document = _document(request, pk)
    return _file(pdf_of([document]), "application/pdf", f"{document.file_stem}.pdf", inline=True)


@gated(Right.SEE_DOCUMENTS)
def docx(request, pk: int):
    document = _document(request, pk)
    return _file(docx_of(document), DOCX, f"{document.file_stem}.docx", inline=False)


def _file(content: bytes, content_type: str, name: str, *, inline: bool) -> HttpResponse:
    place = "inline" if inline else "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": f'{place}; filename="{name}"'})


@gated(Right.WORK_CASES)
def to_print(request):
    """A run of the ticked documents, oldest number first."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = list(listing.chosen(request.POST).order_by("year", "number")[: MOST + 1]) if request.method == "POST" else []
    if not chosen:
        messages.warning(request, "Отметьте документы, которые нужно напечатать.")
        return redirect("documents:documents")
    title = f"Документы от {chosen[0].made_on:%d.%m.%Y}"
    try:
        run = start_print_run(documents=chosen, title=title, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("documents:documents")
    return redirect(run)
