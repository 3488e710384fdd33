"""Service restrictions: the queue, the start of many with a preview, one with its days, marking warnings received."""

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
from casedesk.documents.models import Document
from debtors.actions.follow_restriction import warn_many
from debtors.actions.start_restrictions import start_restrictions
from debtors.models import CaseFile, ServiceRestriction
from debtors.queries.restrictions import facts_of, likely_cases, preview_start, steps_waiting, terms_on
from debtors.rules.restriction import LIVE, RestrictionState
from debtors.states.restriction import RESTRICTION
from debtors.web.restriction_forms import (
    RESTRICTION_COLUMNS,
    RestrictionFilter,
    StartForm,
    WarnedForm,
    state_badge,
)
from debtors.web.views.cases import MOST, posted_again

EMPTY = Empty(
    "Ограничений пока нет",
    "Выберите услугу: покажем, у кого долг за неё больше двух месячных плат и кого ограничивать нельзя.",
    "/restrictions/start/",
    "Подобрать счета",
    "plug-zap",
)
RELATED = ("case__creditor", "account__premises__house", "service", "creditor", "started_by")


def _listing(request, **options) -> Listing:
    bulk = []
    if scope_of(request.user).may(Right.WORK_CASES):
        bulk = [Bulk("Отметить вручение…", reverse("debtors:restrictions-warned"), "send")]
    seen = ServiceRestriction.objects.visible_to(request.user).select_related("case", "account", "service")
    options |= {"filters": RestrictionFilter, "sort": "next_from", "name": "restrictions", "empty": EMPTY, "bulk": bulk}
    return Listing(request, seen, RESTRICTION_COLUMNS, **options)


@gated(Right.SEE_CASES)
def index(request):
    today = timezone.localdate()
    may = scope_of(request.user).may(Right.WORK_CASES)
    return _listing(request).render("debtors/restriction/index.html", may=may, steps=steps_waiting(request.user, today))


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """One restriction: where it stands, the days of its steps by the norms, what can be done, its papers."""
    one = gates.get(ServiceRestriction.objects.select_related(*RELATED), request.user, Right.SEE_CASES, pk=pk)
    today, scope = timezone.localdate(), scope_of(request.user)
    facts = facts_of([one], on=today)[one.pk]
    live = one.state in LIVE
    shown = {
        "one": one,
        "state": state_badge(one),
        "facts": facts,
        "today": today,
        "live": live,
        "opens_later": bool(one.next_from and one.next_from > today),
        "may_work": live and scope.may(Right.WORK_CASES),
        "moves": {move.action for move in RESTRICTION.possible(one.state)},
        "papers": _papers(one) if scope.may(Right.SEE_DOCUMENTS) else [],
        "cut": one.state in (RestrictionState.LIMITED, RestrictionState.SUSPENDED),
    }
    return render(request, "debtors/restriction/one.html", shown)


def _papers(one: ServiceRestriction) -> list[Document]:
    return list(Document.objects.filter(subject_kind="debtors.servicerestriction", subject_id=one.pk).order_by("pk"))


@gated(Right.WORK_CASES)
def start(request):
    """First post: who would be warned and who not, and why. Second (`confirm`): restrictions, warnings, one print run."""
    today = timezone.localdate()
    form = StartForm(request.POST or None, request=request)
    case = _case(request)
    context = {"form": form, "terms": terms_on(today), "case": case}
    if form.is_valid():
        cases = [case.pk] if case else _cases(request, form)
        try:
            if "confirm" in request.POST:
                made, run = start_restrictions(cases=cases, by=request.user, on=today, at=timezone.now(), **form.conditions())
                messages.success(request, f"Начато: {plural(len(made), 'ограничение', 'ограничения', 'ограничений')}.")
                return redirect(run if scope_of(request.user).may(Right.SEE_DOCUMENTS) else "debtors:restrictions")
            given = form.conditions()
            given.pop("can_be_limited")
            context["found"] = preview_start(cases=cases, on=today, **given)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return render(request, "debtors/restriction/start.html", context)


def _case(request) -> CaseFile | None:
    pk = request.GET.get("case", "")
    return CaseFile.objects.visible_to(request.user).filter(pk=pk).first() if pk.isdigit() else None


def _cases(request, form: StartForm) -> list[int]:
    """The likeliest cases of the creditor that this person may see."""
    likely = likely_cases(
        creditor=form.cleaned_data["creditor"], service=form.cleaned_data["service"], most=form.cleaned_data["most"]
    )
    return list(CaseFile.objects.visible_to(request.user).live().filter(pk__in=likely).values_list("pk", flat=True))


@gated(Right.WORK_CASES)
def warned(request):
    """Mark many warnings as received: ask how and when, then say of those that may not be marked why."""
    listing = _listing(request, asked=QueryDict(request.POST.get("query", "")))
    chosen = list(listing.chosen(request.POST)[:MOST]) if request.method == "POST" else []
    if not chosen:
        messages.warning(request, "Отметьте ограничения, по которым вручены предупреждения.")
        return redirect("debtors:restrictions")
    today = timezone.localdate()
    form = WarnedForm(request.POST if "confirm" in request.POST else None, initial={"on": today})
    if form.is_valid():
        done = warn_many(restrictions=chosen, by=request.user, today=today, **form.cleaned_data)
        messages.success(request, f"Отмечено вручение: {len(done.done)}.")
        for _, reason in done.refused[:5]:
            messages.warning(request, reason)
        return redirect("debtors:restrictions")
    context = {"form": form, "count": len(chosen), "posted": posted_again(request)}
    return render(request, "debtors/restriction/warned.html", context)
