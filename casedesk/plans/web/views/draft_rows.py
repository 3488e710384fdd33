"""The plan editor: its head, sections, measures with their indicators."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.plans.actions.edit_draft import change_draft
from casedesk.plans.models import PlanDraft
from casedesk.plans.rules import plan_edit
from casedesk.plans.rules.plan_file import PlanData, read_plan
from casedesk.plans.web.draft_forms import HeadForm, MeasureForm, SectionForm, UseFormSet, initial_uses
from casedesk.plans.web.views.drafts import found_draft

HEAD = ("code", "name", "about", "base_on", "valid_from", "valid_to")
MEASURE = ("row", "title", "mechanism", "responsible", "period", "due_day")


def _saved(request, one: PlanDraft, revision: int, change: Callable[[PlanData], PlanData]):
    try:
        change_draft(draft=one, revision=revision, change=change)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(one)


def _taken(parts: tuple, place: int):
    if place >= len(parts):
        raise Http404(place)
    return parts[place]


@gated(Right.EDIT_PLAN)
def head(request, pk: int):
    """Name, code, days."""
    one = found_draft(request, pk)
    data = read_plan(one.text)
    given = {name: getattr(data, name) for name in HEAD} | {"revision": one.revision}
    form = HeadForm(request.POST or None, initial=given)
    if form.is_valid():
        new = {name: form.cleaned_data[name] for name in HEAD}
        return _saved(request, one, form.cleaned_data["revision"], lambda known: replace(known, **new))
    return render(request, "plans/draft_form.html", {"draft": one, "form": form, "title": "Общие сведения"})


@gated(Right.EDIT_PLAN)
def section(request, pk: int, section: int | None = None):
    """Name a section, or add one."""
    one = found_draft(request, pk)
    title = "" if section is None else _taken(read_plan(one.text).sections, section).title
    form = SectionForm(request.POST or None, initial={"title": title, "revision": one.revision})
    if form.is_valid():
        said = form.cleaned_data["title"]

        def change(data: PlanData) -> PlanData:
            return plan_edit.add_section(data, said) if section is None else plan_edit.rename_section(data, section, said)

        return _saved(request, one, form.cleaned_data["revision"], change)
    return render(request, "plans/draft_form.html", {"draft": one, "form": form, "title": title or "Новый раздел"})


@gated(Right.EDIT_PLAN)
def measure(request, pk: int, section: int, measure: int | None = None):
    """A measure with its indicators."""
    one = found_draft(request, pk)
    part = _taken(read_plan(one.text).sections, section)
    known = None if measure is None else _taken(part.measures, measure)
    given = {name: getattr(known, name) for name in MEASURE} if known else {}
    form = MeasureForm(request.POST or None, initial=given | {"revision": one.revision})
    uses = UseFormSet(request.POST or None, initial=initial_uses(known.indicators) if known else [], prefix="uses")
    if request.method == "POST" and form.is_valid() and uses.is_valid():
        kept = [use.use() for use in uses if use.cleaned_data.get("code") and not use.cleaned_data.get("DELETE")]
        made = form.measure(kept)
        change = lambda data: plan_edit.put_measure(data, section, measure, made)  # noqa: E731
        return _saved(request, one, form.cleaned_data["revision"], change)
    title = known.title if known else "Новое мероприятие"
    return render(request, "plans/draft_measure.html", {"draft": one, "form": form, "uses": uses, "title": title})


@gated(Right.EDIT_PLAN)
@require_POST
def step(request, pk: int):
    """Move or take out a section or a measure: `what` is up, down or drop."""
    one = found_draft(request, pk)
    what, section, measure = (request.POST.get(name, "") for name in ("what", "section", "measure"))
    revision = request.POST.get("revision", "")
    if not (section.isdigit() and revision.isdigit() and what in ("up", "down", "drop")):
        raise Http404(what)
    row = int(measure) if measure.isdigit() else None

    def change(data: PlanData) -> PlanData:
        if what == "drop":
            return plan_edit.drop(data, int(section), row)
        return plan_edit.move(data, -1 if what == "up" else 1, int(section), row)

    return _saved(request, one, int(revision), change)
