"""Loading a list of courts or departments with their streets: checked first, then written."""

import uuid
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from enforcement.actions.load_coverage import Loaded, load_coverage
from enforcement.web.court_forms import ListForm
from imports.readers import Refused
from imports.readers.coverage_list import read_coverage_list

LARGEST = 10 << 20
FOLDER = "incoming/coverage"


class AgainForm(forms.Form):
    """The checked file once more, by its token."""

    kept = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    valid_from = forms.DateField(widget=forms.HiddenInput)
    source = forms.CharField(max_length=300, widget=forms.HiddenInput)


@gated(Right.EDIT_COURTS)
def coverage_list(request: HttpRequest) -> HttpResponse:
    """A POST with a file shows what it would change; a POST with its token writes it."""
    if request.method == "POST" and "kept" in request.POST:
        return _write(request)
    form = ListForm(request.POST or None, request.FILES or None, initial={"valid_from": timezone.localdate()})
    loaded, again = None, None
    if form.is_valid():
        upload = form.cleaned_data["file"]
        if upload.size > LARGEST:
            form.add_error("file", f"Список больше {LARGEST >> 20} МБ. Разделите его по судам.")
        else:
            token = uuid.uuid4()
            kept = default_storage.save(f"{FOLDER}/{token}", upload)
            given = {name: form.cleaned_data[name] for name in ("valid_from", "source")}
            loaded = _load(request, form, kept, upload.name, given, dry_run=True)
            again = AgainForm(initial={"kept": token, "name": upload.name, **given}) if loaded else None
    return render(request, "imports/coverage_list.html", {"form": form, "loaded": loaded, "again": again})


def _write(request: HttpRequest) -> HttpResponse:
    form = AgainForm(request.POST)
    kept = f"{FOLDER}/{form.data.get('kept', '')}"
    if not form.is_valid() or not default_storage.exists(kept):
        messages.error(request, "Проверенный список не найден: загрузите файл снова.")
        return redirect("imports:coverage-list")
    given = {name: form.cleaned_data[name] for name in ("valid_from", "source")}
    loaded = _load(request, form, kept, form.cleaned_data["name"], given, dry_run=False)
    default_storage.delete(kept)
    if loaded is None:
        return redirect("imports:coverage-list")
    messages.success(request, f"Список загружен: начато участков {loaded.begun}, закончено {loaded.ended}.")
    return redirect(loaded.changes[0] if loaded.changes else "enforcement:courts")


def _load(request: HttpRequest, form, kept: str, name: str, given: dict, *, dry_run: bool) -> Loaded | None:
    try:
        rows = read_coverage_list(Path(default_storage.path(kept)), name)
    except Refused as refusal:
        default_storage.delete(kept)
        form.add_error(None, refusal.problem.message)
        return None
    return load_coverage(rows=rows, by=request.user, dry_run=dry_run, **given)
