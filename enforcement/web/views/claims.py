"""Claims: the list, the page of one as a path with dates, and what is recorded on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Bulk, Empty, Listing
from casedesk.documents.models import Document
from enforcement.actions.make_court_papers import CLAIM_SUBJECT
from enforcement.actions.record_court_event import check_event, record_court_event, standing_of, take_back
from enforcement.actions.set_court import set_court
from enforcement.actions.settle_in_court import EVENT as SETTLEMENT
from enforcement.models import Claim
from enforcement.queries.claim_path import months_of, path_of, turn_name, with_parties
from enforcement.queries.claim_sums import ClaimSums, claim_sums
from enforcement.rules.claim_stages import KIND_NAMES, ClaimKind, ClaimStage
from enforcement.rules.court_events import BY_CODE
from enforcement.states.claim import ClaimStanding, possible
from enforcement.web.claim_forms import CourtEventForm, CourtForm, TakeBackForm
from enforcement.web.claim_tables import CLAIM_COLUMNS, ClaimFilter, stage_badge, waits_tone
from enforcement.web.views.settlement import settle

EMPTY = Empty(
    "Требований пока нет", "Отметьте дела в списке и подготовьте требования сразу для всех.", "/cases/", "К списку дел", "scale"
)


def listing_of(request, **options) -> Listing:
    """The list of claims that this person may see, with what their role may do with many."""
    printing = Bulk("Напечатать в суд…", reverse("enforcement:claims-paper"), "printer")
    return Listing(
        request,
        with_parties(Claim.objects.visible_to(request.user)),
        CLAIM_COLUMNS,
        filters=ClaimFilter,
        bulk=[printing] if scope_of(request.user).may(Right.WORK_CASES) else [],
        notes=[f"Требования на {timezone.localdate():%d.%m.%Y}"],
        **{"sort": "-number", "name": "claims", "empty": EMPTY} | options,
    )


@gated(Right.SEE_CASES)
def index(request):
    return listing_of(request).render("enforcement/claims.html", may_rule=scope_of(request.user).may(Right.EDIT_RULES))


def find(request, pk: int, right: str = Right.SEE_CASES) -> Claim:
    """The claim for this person: 404 for a stranger, 403 without the right."""
    queryset = Claim.objects.select_related("creditor", "case_file", "follows", "prepared_by")
    return gates.get(queryset, request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """One claim: where it stands on its way, whose turn until when, the money by component, the months, the people."""
    claim, today = find(request, pk), timezone.localdate()
    way, told = path_of(claim)
    services, rows = months_of(claim)
    sums = claim_sums([claim])[claim.pk]
    parties = list(claim.parties.select_related("debtor"))
    may_work = scope_of(request.user).may(Right.WORK_CASES)
    return render(
        request,
        "enforcement/claim.html",
        {
            "claim": claim,
            "today": today,
            "kind": KIND_NAMES[claim.kind],
            "against": ", ".join(party.debtor.name for party in parties) or "ответчик не назван",
            "stage": stage_badge(claim),
            "turn": turn_name(claim),
            "is_late": waits_tone(claim) == "late",
            "way": way,
            "told": told,
            "money": money_rows(sums),
            "sums": sums,
            "services": services,
            "month_rows": rows,
            "parties": parties,
            "papers": _papers(claim, request.user),
            "may_print": may_work and claim.is_live and claim.kind != ClaimKind.EVICTION,
            "events": _offered(claim, request.user, today) if may_work else [],
            "may_work": may_work,
            "may_prepare_again": may_work and _may_again(claim),
            "followers": list(claim.followed_by.order_by("pk")),
            "writs": list(claim.writs.live()) if scope_of(request.user).may(Right.SEE_WRITS) else [],
        },
    )


def _papers(claim: Claim, user) -> list[Document]:
    """The papers made of the claim, newest first."""
    if not scope_of(user).may(Right.SEE_DOCUMENTS):
        return []
    made = Document.objects.visible_to(user).filter(subject_kind=CLAIM_SUBJECT, subject_id=claim.pk)
    return list(made.defer("data").order_by("-year", "-number")[:10])


def _may_again(claim: Claim) -> bool:
    """The claim failed, nothing followed it, and its case is open."""
    followed = claim.followed_by.exclude(stage=ClaimStage.DROPPED).exists()
    return not claim.is_live and claim.stage != ClaimStage.DROPPED and claim.case_file.is_open and not followed


def money_rows(sums: ClaimSums) -> list[tuple]:
    """(component, asked, granted, refused, presented, collected, written off, left), the total last."""
    named = (("principal", "Основной долг"), ("penalty", "Пени"), ("duty", "Госпошлина"), ("total", "Всего"))
    parts = (sums.asked, sums.granted, sums.refused, sums.presented, sums.collected, sums.written_off, sums.left)
    return [(label, [None if part is None else getattr(part, name) for part in parts]) for name, label in named]


def _offered(claim: Claim, user, today) -> list[dict]:
    """Events that the table allows from the stage, with the reason where one is closed today."""
    standing = standing_of(claim)
    return [
        {"kind": kind, "why_not": _why_not(claim, standing, kind.code, user, today), "law": kind.norm(claim.kind)}
        for kind in possible(claim)
    ]


def _why_not(claim: Claim, standing: ClaimStanding, code: str, user, today) -> str:
    try:
        check_event(claim, standing, code, happened_on=today, by=user, on=today)
    except Refusal as refusal:
        return refusal.message
    return ""


@gated(Right.WORK_CASES)
def event(request, pk: int, code: str):
    """Record one court event: the form asks what the catalogue asks."""
    claim = find(request, pk, Right.WORK_CASES)
    kind = BY_CODE.get(code)
    if kind is None:
        messages.error(request, "Такого события нет в каталоге.")
        return redirect(claim)
    today = timezone.localdate()
    if code == SETTLEMENT:
        return settle(request, claim, today)
    form = CourtEventForm(request.POST or None, kind=kind, claim=claim, today=today)
    if form.is_valid():
        happened_on, data = form.split()
        try:
            made = record_court_event(claim=claim, code=code, happened_on=happened_on, data=data, by=request.user, on=today)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            until = f" Срок: {kind.runs} до {made.term_until:%d.%m.%Y}." if made.term_until else ""
            messages.success(request, f"Записано: {kind.title.lower()}.{until}")
            return redirect(claim)
    context = {"claim": claim, "form": form, "heading": kind.label, "law": kind.norm(claim.kind), "submit": "Записать"}
    return render(request, "enforcement/claim_step.html", context)


@gated(Right.WORK_CASES)
def undo(request, pk: int):
    """Take the last event back."""
    claim = find(request, pk, Right.WORK_CASES)
    last = claim.events.standing().order_by("happened_on", "pk").last()
    if last is None:
        messages.warning(request, f"По требованию № {claim.number} нет записей, которые можно снять.")
        return redirect(claim)
    form = TakeBackForm(request.POST or None)
    title = BY_CODE[last.code].title
    if form.is_valid():
        try:
            take_back(claim=claim, event=last, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Запись «{title}» снята.")
            return redirect(claim)
    context = {
        "claim": claim,
        "form": form,
        "heading": f"Снять запись «{title}» от {last.happened_on:%d.%m.%Y}",
        "law": "",
        "submit": "Снять запись",
    }
    return render(request, "enforcement/claim_step.html", context)


@gated(Right.WORK_CASES)
def court(request, pk: int):
    """Name the court."""
    claim = find(request, pk, Right.WORK_CASES)
    known = {"court": claim.court_id, "court_name": "" if claim.court_id else claim.court_name, "court_case": claim.court_case}
    form = CourtForm(request.POST or None, initial=known, today=timezone.localdate())
    if form.is_valid():
        try:
            set_court(claim=claim, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Суд записан.")
            return redirect(claim)
    context = {"claim": claim, "form": form, "heading": "Суд", "law": "ГПК РФ ст. 23, 28, 123", "submit": "Записать"}
    return render(request, "enforcement/claim_step.html", context)
