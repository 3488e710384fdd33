"""Decisions in force as tasks: the list, one with its case, the report; and the log of looks."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.commission.actions.carry_out import carry_out, may_carry_out
from casedesk.commission.models import Decision, ReadRecord
from casedesk.commission.queries.tasks import late, standing, tasks, with_facts
from casedesk.commission.rules.decision_kinds import KINDS
from casedesk.commission.web.common import find_decision, tried, who_when, wrong
from casedesk.commission.web.forms import DoneForm
from casedesk.commission.web.next_steps import step_of
from casedesk.commission.web.tables import READ_COLUMNS, TASK_COLUMNS, ReadFilter, TaskFilter
from casedesk.common.tables import Empty, Listing
from debtors.models import CaseFile

EMPTY = Empty("Поручений нет", "Они появятся, когда протокол заседания подпишут двое.", icon="list-checks")
NO_READS = Empty("Просмотров нет", "Здесь видно, кто и когда открывал дела, вынесенные на комиссию.", icon="eye")


@gated(Right.SEE_COMMISSION)
def index(request):
    found = tasks(Decision.objects.visible_to(request.user))
    listing = Listing(request, found, TASK_COLUMNS, filters=TaskFilter, sort="due_on", empty=EMPTY, name="commission-decisions")
    today = timezone.localdate()
    return listing.render("commission/tasks.html", late=late(found, today).count())


@gated(Right.SEE_COMMISSION)
def page(request, pk: int):
    """One decision: votes, term, whether it is carried out."""
    one = find_decision(request, pk)
    factual = with_facts(Decision.objects.filter(pk=pk)).get()
    one.fact_on = factual.fact_on
    is_task = one.in_force_on is not None and one.due_on is not None
    ended = one.done_on or one.fact_on
    sees_case = CaseFile.objects.visible_to(request.user).filter(pk=one.item.case_id).exists()
    context = {
        "decision": one,
        "kind": KINDS[one.kind],
        "votes": one.votes.select_related("seat"),
        "standing": standing(one, timezone.localdate()) if is_task else None,
        "form": DoneForm() if is_task and not ended and may_carry_out(request.user, one) else None,
        "case_url": one.item.case.get_absolute_url() if sees_case else "",
        "step": step_of(one) if sees_case and one.in_force_on and not ended else None,
    }
    return render(request, "commission/decision.html", context)


@gated(Right.DO_DECISIONS)
@require_POST
def done(request, pk: int):
    one = find_decision(request, pk, Right.DO_DECISIONS)
    form = DoneForm(request.POST)
    if form.is_valid():
        tried(
            request,
            lambda: carry_out(decision=one, note=form.cleaned_data["note"], **who_when(request)),
            "Исполнение записано.",
        )
    else:
        wrong(request, form)
    return redirect(one)


@gated(Right.SEE_READ_LOG)
def reads(request):
    """Who looked into whose file."""
    seen = ReadRecord.objects.filter(pk__in=ReadRecord.objects.visible_to(request.user).values("pk"))
    listing = Listing(
        request,
        seen.select_related("read_by", "case__creditor", "item__meeting"),
        READ_COLUMNS,
        filters=ReadFilter,
        sort="-read_at",
        empty=NO_READS,
        name="commission-reads",
    )
    return listing.render("commission/reads.html")
