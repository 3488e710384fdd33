"""Print runs: the list, one with its progress, its files."""

from django.http import FileResponse, Http404
from django.shortcuts import render

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.export import XLSX
from casedesk.common.jobs import pulse
from casedesk.common.tables import Empty, Listing
from casedesk.documents.models import PrintRun
from casedesk.documents.web.tables import RUN_COLUMNS, RunFilter

EMPTY = Empty(
    "Пачек пока нет", "Отметьте документы в списке и нажмите «Напечатать пачкой».", "/documents/", "К документам", "printer"
)
FILES = {
    "pdf": ("pdf", "application/pdf"),
    "zip": ("archive", "application/zip"),
    "xlsx": ("register", XLSX),
}


@gated(Right.SEE_DOCUMENTS)
def index(request):
    runs = PrintRun.objects.visible_to(request.user).select_related("creditor", "made_by")
    listing = Listing(request, runs, RUN_COLUMNS, filters=RunFilter, sort="-made_at", name="print-runs", empty=EMPTY)
    return listing.render("documents/runs.html")


def _run(request, pk: int) -> PrintRun:
    found = PrintRun.objects.select_related("creditor", "made_by", "job")
    return gates.get(found, request.user, Right.SEE_DOCUMENTS, pk=pk)


@gated(Right.SEE_DOCUMENTS)
def page(request, pk: int):
    """One run: how far it is; its files once it is ready."""
    run = _run(request, pk)
    job = pulse.refresh(run.job) if run.job else None
    lines = run.lines.select_related("document").order_by("position")[:20]
    return render(request, "documents/run.html", {"run": run, "job": job, "lines": lines})


@gated(Right.SEE_DOCUMENTS)
def file(request, pk: int, what: str):
    """A file of a ready run; 404 before."""
    run = _run(request, pk)
    if what not in FILES or run.state != PrintRun.State.READY:
        raise Http404
    name, content_type = FILES[what]
    kept = getattr(run, name)
    return FileResponse(kept.open(), content_type=content_type, as_attachment=what != "pdf", filename=f"pachka-{run.pk}.{what}")
