"""Returns: what the creditor says to an act of impossibility, what is chosen, what the senior bailiff answered."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from casedesk.common.tables import Column, Empty, Listing
from debtors.web.tables import address
from enforcement.actions.complain import record_answer
from enforcement.actions.decide_return import agree_with_return, choose_measure, contest_return, record_contest_outcome
from enforcement.models import BailiffComplaint, ImpossibilityAct, Writ
from enforcement.web.writ_forms import AnswerForm, ChoiceForm, OutcomeForm, PositionForm
from enforcement.web.writ_tables import ComplaintFilter, debtor_of


def _act(request, pk: int) -> ImpossibilityAct:
    queryset = ImpossibilityAct.objects.live().select_related("writ__account", "writ__debtor")
    return gates.get(queryset, request.user, Right.WORK_WRITS, pk=pk)


def _ask(request, writ: Writ, form: forms.Form, do: Callable[[dict], str], **words: str):
    """Show the form, or do the step and go back to the writ."""
    if form.is_valid():
        try:
            done = do(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect(writ)
    return render(request, "enforcement/writ_step.html", {"writ": writ, "debtor": debtor_of(writ), "form": form, **words})


def _bound(request, kind: type[forms.Form]) -> forms.Form:
    return kind(request.POST or None, initial={"on": timezone.localdate()})


@gated(Right.WORK_WRITS)
def agree(request, pk: int):
    act = _act(request, pk)

    def do(given: dict) -> str:
        agree_with_return(act=act, by=request.user, **given)
        return "Согласие записано. Выберите, что делать дальше."

    return _ask(request, act.writ, _bound(request, PositionForm), do, heading="Согласиться с возвратом", submit="Согласны")


@gated(Right.WORK_WRITS)
def contest(request, pk: int):
    act = _act(request, pk)

    def do(given: dict) -> str:
        contest_return(act=act, by=request.user, **given)
        return "Жалоба записана, ждём ответа."

    words = {"heading": "Обжаловать возврат", "submit": "Записать жалобу", "law": "229-ФЗ ст. 121-123"}
    lead = "На жалобу десять рабочих дней с получения постановления (229-ФЗ ст. 122)."
    return _ask(request, act.writ, _bound(request, PositionForm), do, lead=lead, **words)


@gated(Right.WORK_WRITS)
def outcome(request, pk: int):
    act = _act(request, pk)

    def do(given: dict) -> str:
        record_contest_outcome(act=act, by=request.user, **given)
        return "Ответ на жалобу записан."

    return _ask(request, act.writ, _bound(request, OutcomeForm), do, heading="Ответ на жалобу о возврате", submit="Записать")


@gated(Right.WORK_WRITS)
def choose(request, pk: int):
    act = _act(request, pk)

    def do(given: dict) -> str:
        return f"Решено: {choose_measure(act=act, by=request.user, **given)}."

    return _ask(request, act.writ, _bound(request, ChoiceForm), do, heading="Что делать после возврата", submit="Решено")


COMPLAINT_COLUMNS = [
    Column("filed_on", "Подана", kind="day", head=True, sort="filed_on", url=lambda row: row.writ.get_absolute_url()),
    Column(
        "kind", "На что", value=lambda row: row.get_kind_display(), sub=lambda row: f"срок истёк {row.term_ended_on:%d.%m.%Y}"
    ),
    Column("writ", "Документ", value=lambda row: str(row.writ), sub=lambda row: debtor_of(row.writ)),
    Column("address", "Адрес", value=lambda row: address(row.writ.account)),
    Column("addressee", "Кому", value=lambda row: row.get_addressee_display()),
    Column(
        "answer_due_on",
        "Ответ",
        value=lambda row: (
            f"{row.get_outcome_display()} {row.answered_on:%d.%m.%Y}"
            if row.answered_on
            else f"ждём до {row.answer_due_on:%d.%m.%Y}"
        ),
        sort="answer_due_on",
        nullable=True,
        tone=lambda row: "late" if not row.answered_on and row.answer_due_on < timezone.localdate() else "",
    ),
]


@gated(Right.SEE_WRITS)
def complaints(request):
    seen = BailiffComplaint.objects.visible_to(request.user).select_related("writ__account__premises__house", "writ__debtor")
    listing = Listing(
        request,
        seen,
        COMPLAINT_COLUMNS,
        filters=ComplaintFilter,
        sort="-filed_on",
        name="complaints",
        empty=Empty("Жалоб нет", "Жалобу подают со страницы документа, когда срок пристава истёк.", icon="megaphone"),
    )
    return listing.render("enforcement/complaints.html")


@gated(Right.WORK_WRITS)
def answer(request, pk: int):
    queryset = BailiffComplaint.objects.select_related("writ__account", "writ__debtor")
    complaint = gates.get(queryset, request.user, Right.WORK_WRITS, pk=pk)

    def do(given: dict) -> str:
        record_answer(complaint=complaint, by=request.user, **given)
        return "Ответ на жалобу записан."

    words = {"heading": f"Ответ: {complaint}", "submit": "Записать"}
    return _ask(request, complaint.writ, _bound(request, AnswerForm), do, **words)
