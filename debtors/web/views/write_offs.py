"""Acts of write-off: the list, one act with its accounts, papers and effect, and the steps of the two people."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common.jobs.queue import enqueue
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from debtors.actions.decide_write_off import add_paper, approve_write_off, ask_write_off, refuse_write_off, withdraw_write_off
from debtors.actions.restore_written_off import restore_act
from debtors.jobs import POST
from debtors.models import Payment, WriteOffAct
from debtors.queries.write_off_effect import effect_of
from debtors.queries.write_off_papers import law_of, papers_missing, papers_of
from debtors.queries.written_off import of_act, standing, written_off
from debtors.rules.write_off import OWN_PAPERS, PAPER_NAMES
from debtors.web.write_off_tables import ACT_COLUMNS, TONES, ActFilter, PaperForm, RefuseForm, RestoreForm

SHOWN = 200
"""Accounts of an act on its page; the export of the list has them all."""
EMPTY = Empty(
    "Актов о списании пока нет", "Отметьте счета среди кандидатов и соберите акт.", "/write-offs/candidates/", "К кандидатам"
)


def acts_for(user):
    """The acts this person may see, with their accounts and what of them stands."""
    facts = written_off().filter(booking=OuterRef("booking"), amount__gt=0).order_by().values("booking")
    taken = Payment.objects.filter(
        reverses__booking=OuterRef("booking"), channel=Payment.Channel.WRITE_OFF, booking__undone_at__isnull=True
    ).order_by()
    return (
        WriteOffAct.objects.visible_to(user)
        .select_related("creditor", "made_by")
        .annotate(
            accounts=Count("items"),
            booked=Subquery(facts.annotate(sum=Sum("amount")).values("sum")),
            taken=Subquery(taken.values("reverses__booking").annotate(sum=Sum("amount")).values("sum")),
        )
        .annotate(left=F("booked") + Coalesce(F("taken"), 0))
    )


@gated(Right.SEE_CASES)
def index(request):
    listing = Listing(
        request, acts_for(request.user), ACT_COLUMNS, filters=ActFilter, sort="-made_on", name="write-offs", empty=EMPTY
    )
    return listing.render("debtors/write_offs.html")


def _act(request, pk: int, right: str = Right.SEE_CASES) -> WriteOffAct:
    acts = WriteOffAct.objects.select_related("creditor", "made_by", "asked_by", "decided_by", "booking")
    return gates.get(acts, request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """The act: what it takes off, on what papers, what it changes, who answers for it, and what may be done now."""
    act = _act(request, pk)
    may, today = scope_of(request.user).may, timezone.localdate()
    on_its_way = act.state in ("draft", "asked", "approved")
    left = standing(of_act(act)) if act.booking_id else []
    own = request.user.pk in (act.made_by_id, act.asked_by_id)
    context = {
        "act": act,
        "state_tone": TONES[act.state],
        "law": law_of(act.ground),
        "items": act.items.select_related("account__state")[:SHOWN],
        "accounts": act.items.count(),
        "papers": act.papers.select_related("item__account", "recorded_by"),
        "asked_papers": [(PAPER_NAMES[code], code in OWN_PAPERS) for code in papers_of(act.ground, act.made_on)],
        "missing": papers_missing(act) if act.state == "draft" else {},
        "effect": effect_of(act, today) if on_its_way else [],
        "booked": of_act(act).aggregate(sum=Sum("amount"))["sum"] or 0 if act.booking_id else 0,
        "left": sum(one.left for one in left),
        "may_work": may(Right.WORK_CASES),
        "may_decide": may(Right.APPROVE_WRITE_OFFS) and act.state == "asked" and not own,
        "waits_for_another": may(Right.APPROVE_WRITE_OFFS) and act.state == "asked" and own,
        "may_restore": may(Right.APPROVE_WRITE_OFFS) and bool(left),
    }
    return render(request, "debtors/write_off.html", context)


@gated(Right.WORK_CASES)
def paper(request, pk: int):
    act = _act(request, pk, Right.WORK_CASES)
    kinds = [(code, PAPER_NAMES[code]) for code in papers_of(act.ground, act.made_on) if code not in OWN_PAPERS]
    form = PaperForm(request.POST or None, act=act, kinds=kinds)
    if form.is_valid():
        try:
            made = add_paper(act=act, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"Записан документ: {made}.")
            return redirect(act)
    return _step(request, act, form, "Добавить документ", "Записать")


def _step(request, act, form, heading: str, submit: str):
    return render(request, "debtors/write_off_step.html", {"act": act, "form": form, "heading": heading, "submit": submit})


@require_POST
@gated(Right.WORK_CASES)
def ask(request, pk: int):
    return _done(request, _act(request, pk, Right.WORK_CASES), ask_write_off, "Отправлено на утверждение.", on=True)


@require_POST
@gated(Right.WORK_CASES)
def withdraw(request, pk: int):
    return _done(request, _act(request, pk, Right.WORK_CASES), withdraw_write_off, "Акт отозван.")


def _done(request, act: WriteOffAct, action, said: str, *, on: bool = False):
    try:
        action(act=act, by=request.user, **({"on": timezone.localdate()} if on else {}))
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said)
    return redirect(act)


@require_POST
@gated(Right.APPROVE_WRITE_OFFS)
def approve(request, pk: int):
    """Approve, and book by a job; an act approved before whose job was lost is booked by asking again."""
    act = _act(request, pk, Right.APPROVE_WRITE_OFFS)
    try:
        with transaction.atomic():
            if act.state != "approved":
                approve_write_off(act=act, by=request.user, on=timezone.localdate())
            made = enqueue(POST, by=request.user, creditor=act.creditor, act=act.pk)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(act)
    return redirect("common:job", pk=made.pk)


@gated(Right.APPROVE_WRITE_OFFS)
def refuse(request, pk: int):
    act = _act(request, pk, Right.APPROVE_WRITE_OFFS)
    form = RefuseForm(request.POST or None)
    if form.is_valid():
        try:
            refuse_write_off(act=act, by=request.user, on=timezone.localdate(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Акт отклонён.")
            return redirect(act)
    return _step(request, act, form, "Отклонить акт", "Отклонить")


@gated(Right.APPROVE_WRITE_OFFS)
def restore(request, pk: int):
    act = _act(request, pk, Right.APPROVE_WRITE_OFFS)
    form = RestoreForm(request.POST or None)
    if form.is_valid():
        now = {"learnt_at": timezone.now(), "on": timezone.localdate()}
        try:
            restore_act(act=act, by=request.user, **now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Долг восстановлен на счетах.")
            return redirect(act)
    return _step(request, act, form, "Восстановить долг по акту", "Восстановить")
