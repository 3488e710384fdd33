"""A case before the commission: who and why, what was decided before, decisions and votes; its invitation."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.commission.actions import decide
from casedesk.commission.actions.build_agenda import drop_item, propose_case
from casedesk.commission.actions.record_read import record_reads
from casedesk.commission.actions.summon import record_delivery
from casedesk.commission.models import AgendaItem, Decision, ReadRecord, Summons
from casedesk.commission.queries.shown import shown
from casedesk.commission.rules.words import CHOICE_NAMES, OUTCOME_TONES, Choice, MeetingState, Outcome, choices
from casedesk.commission.web import forms
from casedesk.commission.web.common import find_decision, find_item, form_page, runs, tried, who_when, wrong
from casedesk.documents.queries.files import pdf_of
from debtors.models import CaseFile


@gated(Right.SEE_COMMISSION)
def page(request, pk: int):
    """One question of the agenda. Opening it is written down."""
    item = find_item(request, pk)
    (seen,) = shown([item], request.user, item.meeting)
    record_reads([item], what=ReadRecord.What.ITEM, by=request.user, at=timezone.now(), masked=seen.masked)
    decisions = item.decisions.select_related("responsible").prefetch_related("votes__seat").order_by("pk")
    deciding = runs(request) and item.meeting.state == MeetingState.OPENED
    before = AgendaItem.objects.visible_to(request.user).filter(case=item.case, meeting__planned_on__lt=item.meeting.planned_on)
    context = {
        "item": item,
        "seen": seen,
        "meeting": item.meeting,
        "decisions": [
            (one, (one.get_outcome_display(), OUTCOME_TONES[Outcome(one.outcome)]), _votes(one)) for one in decisions
        ],
        "before": before.select_related("meeting").prefetch_related("decisions").order_by("-meeting__planned_on"),
        "deciding": deciding,
        "voters": decide.voters(item.meeting) if deciding else [],
        "choices": choices(CHOICE_NAMES),
        "hear_form": forms.HearForm(initial={"came": item.came, "heard": item.heard}) if deciding else None,
        "propose_form": forms.ProposeForm(meeting=item.meeting, auto_id="propose_%s") if deciding else None,
        "may_drop": runs(request) and item.meeting.state == MeetingState.PLANNED and not hasattr(item, "summons"),
        "may_open_case": scope_of(request.user).may(Right.SEE_CASES)
        and CaseFile.objects.visible_to(request.user).filter(pk=item.case_id).exists(),
        "neighbours": _neighbours(request, item),
    }
    return render(request, "commission/item.html", context)


def _votes(one: Decision) -> dict[int, str]:
    return {vote.seat_id: vote.choice for vote in one.votes.all()}


def _neighbours(request, item: AgendaItem) -> dict:
    """The questions before and after this one."""
    seen = AgendaItem.objects.visible_to(request.user).filter(meeting=item.meeting)
    return {
        "before": seen.filter(position__lt=item.position).order_by("-position").first(),
        "after": seen.filter(position__gt=item.position).order_by("position").first(),
    }


@gated(Right.RUN_COMMISSION)
@require_POST
def drop(request, pk: int):
    item = find_item(request, pk, Right.RUN_COMMISSION)
    tried(request, lambda: drop_item(item=item, **who_when(request)), "Вопрос снят с повестки.")
    return redirect(item.meeting)


@gated(Right.RUN_COMMISSION)
@require_POST
def hear(request, pk: int):
    item = find_item(request, pk, Right.RUN_COMMISSION)
    form = forms.HearForm(request.POST)
    if form.is_valid():
        tried(request, lambda: decide.hear(item=item, **form.cleaned_data, **who_when(request)), "Записано.")
    else:
        wrong(request, form)
    return redirect(item)


@gated(Right.RUN_COMMISSION)
@require_POST
def propose(request, pk: int):
    """Put a decision to the vote; «единогласно» records everybody's «за» at once."""
    item = find_item(request, pk, Right.RUN_COMMISSION)
    form = forms.ProposeForm(request.POST, meeting=item.meeting)
    if not form.is_valid():
        wrong(request, form)
        return redirect(item)
    made = []
    tried(request, lambda: made.append(decide.propose(item=item, **form.cleaned_data, **who_when(request))))
    if made and "unanimous" in request.POST:
        _vote_all(request, made[0])
    return redirect(item)


def _vote_all(request, decision: Decision) -> None:
    votes = {one.seat_id: Choice.FOR for one in decide.voters(decision.item.meeting)}
    tried(request, lambda: decide.vote(decision=decision, votes=votes, **who_when(request)), "Принято единогласно.")


@gated(Right.RUN_COMMISSION)
@require_POST
def vote(request, pk: int):
    """Votes by seat."""
    decision = find_decision(request, pk, Right.RUN_COMMISSION)
    if "unanimous" in request.POST:
        _vote_all(request, decision)
    else:
        seats = [one.seat_id for one in decide.voters(decision.item.meeting)]
        votes = {seat: request.POST[f"vote-{seat}"] for seat in seats if f"vote-{seat}" in request.POST}
        tried(request, lambda: decide.vote(decision=decision, votes=votes, **who_when(request)), "Голоса записаны.")
    return redirect(decision.item)


@gated(Right.RUN_COMMISSION)
@require_POST
def withdraw(request, pk: int):
    decision = find_decision(request, pk, Right.RUN_COMMISSION)
    tried(request, lambda: decide.withdraw(decision=decision, **who_when(request)), "Предложение снято.")
    return redirect(decision.item)


def _summons(request, pk: int, right: str) -> Summons:
    found = Summons.objects.select_related(
        "item__meeting__commission", "item__case", "document__template", "document__creditor"
    )
    return gates.get(found, request.user, right, pk=pk)


@gated(Right.RUN_COMMISSION)
def delivery(request, pk: int):
    """What came of an invitation, with its proof."""
    one = _summons(request, pk, Right.RUN_COMMISSION)
    form = forms.DeliveryForm(request.POST or None, initial={"served_on": forms.today()})

    def act(given):
        record_delivery(summons=one, **given, **who_when(request))

    meeting = one.item.meeting
    crumbs = [("Заседания", "commission:meetings"), (str(meeting), meeting.get_absolute_url())]
    lead = f"{one}: {one.standing[0]}. Без подтверждения вручение не считается."
    return form_page(request, form, title="Вручение приглашения", crumbs=crumbs, act=act, back=one.item, lead=lead)


@gated(Right.RUN_COMMISSION)
def summons_paper(request, pk: int):
    """The invitation as PDF; it names the person, so the look is written down."""
    one = _summons(request, pk, Right.RUN_COMMISSION)
    record_reads([one.item], what=ReadRecord.What.SUMMONS, by=request.user, at=timezone.now())
    name = f"{one.document.file_stem}.pdf"
    content = pdf_of([one.document])
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


@gated(Right.DO_DECISIONS)
def propose_to_hear(request, pk: int):
    """A creditor asks the commission to hear its case."""
    case = gates.get(CaseFile.objects.select_related("creditor"), request.user, Right.DO_DECISIONS, pk=pk)
    form = forms.ProposeCaseForm(request.POST or None, user=request.user)

    def act(given):
        propose_case(case=case, **given, **who_when(request))

    crumbs = [("Дела", "debtors:cases"), (f"Дело № {case.number}", case.get_absolute_url())]
    lead = "Дело встанет в повестку ближайшего запланированного заседания."
    return form_page(request, form, title="Вынести на комиссию", crumbs=crumbs, act=act, back=case, submit="Вынести", lead=lead)
