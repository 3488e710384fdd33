"""Writs: the list with its queues, the page of one with its way, and the steps on it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import NotAllowed, Refusal
from casedesk.common.ru import plural
from casedesk.common.tables import Bulk, Empty, Listing
from debtors.actions.moves import check_may
from enforcement.actions.present_writs import Addressed, present_writs, preview_presenting
from enforcement.models import Writ
from enforcement.queries.inaction import running_terms
from enforcement.queries.returns import QUEUE_NAMES, QUEUES, live_writs, with_whereabouts
from enforcement.queries.writ_money import WritMoney
from enforcement.queries.writ_now import WritNow, with_parts, writs_now
from enforcement.queries.writ_path import story_of
from enforcement.states.writ import WRIT
from enforcement.web.writ_forms import PresentForm
from enforcement.web.writ_steps import STEPS, WritStep
from enforcement.web.writ_tables import STATE_TONES, WRIT_COLUMNS, WritFilter, debtor_of, departments_for

EMPTY = Empty("Исполнительных документов нет", "Они приходят из требований и из реестров.", icon="gavel")
SHOWN_QUEUES = ("to_present", "again", "undecided", "silent", "stale", "last_days")
QUEUE_TONES = {"undecided": "warn", "silent": "danger", "stale": "warn", "last_days": "danger"}
SILENT = ("act", "complain")
"""Steps that are simply not offered while there is nothing to take them for."""
MOST = 5_000


def listing_of(request, **options) -> Listing:
    """The list of writs that this person may see, with the bulk actions that their role allows."""
    may = scope_of(request.user).may
    offered = (
        (Right.WORK_WRITS, Bulk("Собрать пакеты…", reverse("enforcement:writs-package"), "files")),
        (Right.WORK_WRITS, Bulk("Предъявить…", reverse("enforcement:writs-present"), "send")),
    )
    seen = with_whereabouts(live_writs(request.user)).select_related("account__premises__house", "debtor", "creditor")
    return Listing(
        request,
        seen,
        WRIT_COLUMNS,
        filters=WritFilter,
        bulk=[bulk for right, bulk in offered if may(right)],
        notes=[f"Документы на {timezone.localdate():%d.%m.%Y}"],
        **{"sort": "-state_on", "name": "writs", "empty": EMPTY} | options,
    )


def queue_tiles(user, current: str = "") -> list[dict]:
    """The queues with their counters, each a link to its list."""
    today, seen, base = timezone.localdate(), live_writs(user), reverse("enforcement:writs")
    return [
        {
            "label": QUEUE_NAMES[name],
            "count": QUEUES[name](seen, today).count(),
            "url": f"{base}?queue={name}",
            "tone": QUEUE_TONES.get(name, ""),
            "current": name == current,
        }
        for name in SHOWN_QUEUES
    ]


@gated(Right.SEE_WRITS)
def index(request):
    tiles = [] if request.htmx else queue_tiles(request.user, request.GET.get("queue", ""))
    return listing_of(request).render("enforcement/writs.html", tiles=tiles)


def find(request, pk: int, right: str = Right.SEE_WRITS) -> Writ:
    """The writ for this person: 404 for a stranger, 403 without the right."""
    queryset = Writ.objects.live().select_related("creditor", "account__premises__house", "debtor", "case_file", "claim")
    return gates.get(queryset, request.user, right, pk=pk)


@gated(Right.SEE_WRITS)
def overview(request, pk: int):
    """One writ: money by component, the way with dates, who has it, what may be done and why not."""
    writ, today = find(request, pk), timezone.localdate()
    now = writs_now([writ])[writ.pk]
    sums = now.money
    return render(
        request,
        "enforcement/writ.html",
        {
            "writ": writ,
            "today": today,
            "debtor": debtor_of(writ),
            "state": (writ.get_state_display(), STATE_TONES[writ.state]),
            "money": _money_rows(sums),
            "sums": sums,
            "story": story_of(writ),
            "terms": [(term, term.passed(today)) for term in running_terms(now)],
            "steps": _offered(now, request.user, today),
            "may_work": scope_of(request.user).may(Right.WORK_WRITS),
            "sees_case": scope_of(request.user).may(Right.SEE_CASES),
        },
    )


def _money_rows(sums: WritMoney) -> list[tuple]:
    """(component, granted, presented, collected, remaining) for the table of the page, the total last."""
    named = (("principal", "Основной долг"), ("penalty", "Пени"), ("duty", "Госпошлина"), ("total", "Всего"))
    return [
        (
            label,
            getattr(sums.granted, name),
            getattr(sums.presented, name) if sums.presented else None,
            getattr(sums.collected, name),
            getattr(sums.remaining, name),
        )
        for name, label in named
    ]


def _offered(now: WritNow, user, today) -> list[dict]:
    """The steps that the table knows from the state, with the reason where one is closed today."""
    known = {move.action: move for move in WRIT.possible(now.state)}
    offered = []
    for step in STEPS:
        move = known.get(step.action)
        if move is None or not scope_of(user).may(move.right) or _elsewhere(step, now):
            continue
        url = reverse(f"enforcement:writ-{step.slug}", args=[now.writ.pk])
        why_not = _why_not(now, step, today)
        if not (why_not and step.slug in SILENT):
            offered.append({"label": move.label, "icon": step.icon, "url": url, "why_not": why_not})
    return offered


def _elsewhere(step: WritStep, now: WritNow) -> bool:
    """Steps that make no sense for this addressee."""
    with_bailiffs = now.running is None or now.running.kind == "bailiffs"
    return step.slug in ("come-back",) and with_bailiffs or step.slug == "refuse" and not with_bailiffs


def _why_not(now: WritNow, step: WritStep, today) -> str:
    try:
        WRIT.check(now, step.action, today)
    except NotAllowed as refusal:
        return refusal.message
    if step.slug == "act" and now.writ.impossibility_acts.filter(dated_on__gte=now.writ.state_on).exists():
        return "Акт этого возврата уже учтён."
    if step.slug == "complain" and not any(term.passed(today) for term in running_terms(now)):
        return "Ни один срок приставов ещё не истёк."
    return ""


def step_view(step: WritStep) -> Callable:
    """The page of one step: its form, the refusal over it in the action's own words."""

    @gated(step.right)
    def view(request, pk: int):
        writ = find(request, pk, step.right)
        today = timezone.localdate()
        initial = {"on": today} | step.offered(writ, today)
        form = step.form(request.POST or None, initial=initial, departments=departments_for(request))
        move = next((one for one in WRIT.possible(writ.state) if one.action == step.action), None)
        if form.is_valid():
            try:
                done = step.do(writ, dict(form.cleaned_data), request.user)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, done)
                return redirect(writ)
        heading = move.label if move else step.label
        context = {"writ": writ, "form": form, "heading": heading, "submit": step.submit, "lead": step.lead}
        return render(
            request, "enforcement/writ_step.html", context | {"debtor": debtor_of(writ), "law": move.law if move else ""}
        )

    return view


@gated(Right.WORK_WRITS)
def present_many(request):
    """First post: who can be presented for what sum and who cannot, and why. Second (`confirm`): present."""
    listing = listing_of(request, asked=QueryDict(request.POST.get("query", "")))
    writs = list(listing.chosen(request.POST)[:MOST]) if request.method == "POST" else []
    if not writs:
        messages.warning(request, "Отметьте в списке документы, которые предъявляете.")
        return redirect("enforcement:writs")
    confirmed = "confirm" in request.POST
    form = PresentForm(
        request.POST if confirmed else None, initial={"on": timezone.localdate()}, departments=departments_for(request)
    )
    to, on = Addressed(), timezone.localdate()
    if confirmed and form.is_valid():
        given = dict(form.cleaned_data)
        on = given.pop("on")
        to = Addressed(**given)
        try:
            check_may(request.user, Right.WORK_WRITS)
            done = present_writs(writs=writs, to=to, by=request.user, on=on)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            said = plural(len(done.presentations), "документ", "документа", "документов")
            messages.success(request, f"Предъявлено: {said}, не предъявлено {len(done.refused)}.")
            return redirect(f"{reverse('enforcement:writs')}?state=presented")
    found = preview_presenting(writs=with_parts(writs), to=to, by=request.user, on=on)
    rows = [(writ, debtor_of(writ), found.asked[writ.pk].remaining.total) for writ in found.writs]
    context = {"found": found, "rows": rows, "form": form, "posted": posted_again(request)}
    return render(request, "enforcement/writs_present.html", context | {"back": reverse("enforcement:writs")})


def posted_again(request) -> list[tuple[str, str]]:
    """What a bulk form came with, for the form of the second step."""
    kept = [("query", request.POST.get("query", "")), ("confirm", "1")]
    if request.POST.get("everything"):
        return [*kept, ("everything", "1")]
    return kept + [("ids", key) for key in request.POST.getlist("ids")]
