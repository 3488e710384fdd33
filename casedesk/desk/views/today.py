"""Today: the first screen of the day, by role."""

from django.shortcuts import render
from django.utils import timezone

from casedesk.access.gates import signed_in
from casedesk.access.scope import scope_of
from casedesk.desk import panes


@signed_in
def page(request):
    """The pane asked for by `?show=`, else the first one of the person's role."""
    mine = panes.open_to(scope_of(request.user))
    pane = next((one for one in mine if one.key == request.GET.get("show")), mine[0] if mine else None)
    context = {
        "today": timezone.localdate(),
        "panes": [{"label": one.label, "url": f"?show={one.key}", "current": one is pane, "count": None} for one in mine],
    }
    if pane is None:
        return render(request, "desk/today.html", context)
    context |= pane.gather(request) | {"pane": pane.template}
    if "listing" in context:
        return context.pop("listing").render("desk/today.html", **context)
    return render(request, "desk/today.html", context)
