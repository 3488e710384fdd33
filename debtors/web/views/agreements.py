"""Repayment agreements: the list, the generator of a schedule, one agreement and what can be done with it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.access.scope import scope_of
from casedesk.common import months
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Empty, Listing
from casedesk.documents.models import Document
from debtors.actions.agreement_papers import breach_notice
from debtors.actions.follow_agreement import end_agreement, notify_breach, resume_agreement
from debtors.actions.sign_agreement import draft, sign_agreement
from debtors.models import RepaymentAgreement
from debtors.queries.agreement_money import money_on_schedule
from debtors.queries.agreements import known_through, standings
from debtors.rules.agreement_standing import IN_FORCE, AgreementState
from debtors.web.agreement_forms import (
    AGREEMENT_COLUMNS,
    AgreementFilter,
    AgreementForm,
    BreachForm,
    DayForm,
    state_badge,
)
from debtors.web.case_forms import ReasonForm
from debtors.web.views.case_file import find

EMPTY = Empty(
    "Соглашений пока нет",
    "Соглашение о рассрочке заключают со страницы дела: кнопка «Рассрочка».",
    "/cases/",
    "К списку дел",
    "handshake",
)
NOT_OF_THE_SCHEDULE = ("current_too", "court_ruling", "court_case", "approved_on")


@gated(Right.SEE_CASES)
def index(request):
    return Listing(
        request,
        RepaymentAgreement.objects.visible_to(request.user).select_related("case"),
        AGREEMENT_COLUMNS,
        filters=AgreementFilter,
        sort="-signed_on",
        name="agreements",
        empty=EMPTY,
    ).render("debtors/agreements.html")


@gated(Right.WORK_CASES)
def new(request, pk: int):
    """Terms, the schedule they make, and signing: «Посчитать» shows, «Заключить» keeps."""
    case = find(request, pk, Right.WORK_CASES)
    today = timezone.localdate()
    start = {"covered_through": months.iso(months.of(today) - 1), "parts": 6, "pay_day": 15, "current_too": True}
    form = AgreementForm(request.POST or None, initial=start)
    context = {"case": case, "form": form, "today": today}
    if form.is_valid():
        terms = form.terms()
        try:
            if "sign" in request.POST:
                signed = sign_agreement(case=case, by=request.user, on=today, **terms)
                messages.success(request, f"Заключено {signed}. Дело ждёт взносов, шаги по нему приостановлены.")
                return redirect(signed)
            shown = {name: value for name, value in terms.items() if name not in NOT_OF_THE_SCHEDULE}
            context["total"], context["parts"] = draft(case=case, on=today, **shown)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return render(request, "debtors/agreement_new.html", context)


def _find(request, pk: int, right: str = Right.SEE_CASES) -> RepaymentAgreement:
    queryset = RepaymentAgreement.objects.select_related("case__creditor", "creditor", "signed_by", "hold")
    return gates.get(queryset, request.user, right, pk=pk)


@gated(Right.SEE_CASES)
def overview(request, pk: int):
    """The agreement, its schedule with what of it is covered, and how it stands."""
    agreement = _find(request, pk)
    today = timezone.localdate()
    standing = standings([agreement], on=today)[agreement.pk]
    left, rows = standing.paid, []
    for instalment in agreement.instalments.all():
        covered = min(left, instalment.amount)
        left -= covered
        rows.append((instalment, covered, instalment.amount - covered))
    context = {
        "agreement": agreement,
        "standing": standing,
        "laid": money_on_schedule(agreement, paid=standing.paid, as_of=today),
        "papers": _papers(agreement) if scope_of(request.user).may(Right.SEE_DOCUMENTS) else [],
        "rows": rows,
        "state": state_badge(agreement),
        "today": today,
        "known": known_through(agreement.creditor, today),
        "in_force": agreement.state in IN_FORCE,
        "broken": agreement.state in (AgreementState.BREACHED, AgreementState.NOTIFIED),
        "may_work": scope_of(request.user).may(Right.WORK_CASES),
    }
    return render(request, "debtors/agreement.html", context)


def _papers(agreement: RepaymentAgreement) -> list[Document]:
    found = Document.objects.filter(subject_kind="debtors.repaymentagreement", subject_id=agreement.pk)
    return list(found.order_by("-pk"))


@gated(Right.WORK_CASES)
@require_POST
def paper(request, pk: int):
    """The notice of the breach that stands; made once, then found again."""
    agreement = _find(request, pk, Right.WORK_CASES)
    try:
        made = breach_notice(agreement=agreement, by=request.user, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(agreement)
    messages.success(request, f"Составлено: {made}. Вручите и отметьте, как и когда.")
    return redirect(made if scope_of(request.user).may(Right.SEE_DOCUMENTS) else agreement)


def _ask(request, agreement: RepaymentAgreement, form: forms.Form, do: Callable[[dict], str], heading: str, submit: str):
    """Show the form, or do the step and say so."""
    if form.is_valid():
        try:
            done = do(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect(agreement)
    context = {"case": agreement.case, "form": form, "heading": heading, "submit": submit}
    return render(request, "debtors/case_step.html", context)


@gated(Right.WORK_CASES)
def notify(request, pk: int):
    agreement = _find(request, pk, Right.WORK_CASES)

    def do(given: dict) -> str:
        notify_breach(agreement=agreement, by=request.user, **given)
        return "Записано: должник уведомлён о нарушении."

    form = BreachForm(request.POST or None, initial={"on": timezone.localdate()})
    return _ask(request, agreement, form, do, f"Уведомить о нарушении: {agreement}", "Записать")


@gated(Right.WORK_CASES)
def resume(request, pk: int):
    agreement = _find(request, pk, Right.WORK_CASES)

    def do(given: dict) -> str:
        resume_agreement(agreement=agreement, by=request.user, **given)
        return "Соглашение снова в силе, дело ждёт взносов."

    form = DayForm(request.POST or None, initial={"on": timezone.localdate()})
    return _ask(request, agreement, form, do, f"Вернуть в силу: {agreement}", "Вернуть в силу")


@gated(Right.WORK_CASES)
def end(request, pk: int):
    agreement = _find(request, pk, Right.WORK_CASES)

    def do(given: dict) -> str:
        end_agreement(agreement=agreement, by=request.user, **given)
        return "Соглашение расторгнуто, дело снова в очереди."

    form = ReasonForm(request.POST or None, initial={"on": timezone.localdate()})
    return _ask(request, agreement, form, do, f"Расторгнуть: {agreement}", "Расторгнуть")
