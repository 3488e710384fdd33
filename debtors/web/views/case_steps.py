"""Steps on one case: each a small form and one call; a refusal stands over the form in the action's own words."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from debtors.actions.assign_cases import assign_cases
from debtors.actions.close_cases import close_case
from debtors.actions.place_hold import lift_hold, place_hold
from debtors.actions.prepare_reminder import prepare_reminder, preview_reminders
from debtors.actions.record_note import edit_note, record_note
from debtors.actions.set_flag import remove_flag, set_flag
from debtors.models import CaseFile, CaseFlag, Hold, Note
from debtors.web.case_forms import FlagForm, HoldForm, NoteForm, OfficerForm, ReasonForm
from debtors.web.case_tables import officers_for
from debtors.web.views.case_file import find


def _ask(request, case: CaseFile, form: forms.Form, do: Callable[[dict], str], **words: str):
    """Show the form, or do the step and say so. `do` takes the form's values and answers with what was done."""
    if form.is_valid():
        try:
            done = do(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect(case)
    return render(request, "debtors/case_step.html", {"case": case, "form": form, **words})


def _bound(request, kind: type[forms.Form], **initial) -> forms.Form:
    return kind(request.POST or None, initial={"on": timezone.localdate(), **initial})


@gated(Right.WORK_CASES)
def note(request, pk: int):
    case = find(request, pk, Right.WORK_CASES)

    def do(given: dict) -> str:
        record_note(case=case, **given, by=request.user, on=timezone.localdate())
        return "Заметка записана."

    return _ask(request, case, _bound(request, NoteForm), do, heading="Заметка", submit="Записать")


@gated(Right.WORK_CASES)
def change_note(request, pk: int):
    found = gates.get(Note.objects.select_related("case"), request.user, Right.WORK_CASES, pk=pk)

    def do(given: dict) -> str:
        edit_note(note=found, **given, by=request.user)
        return "Заметка исправлена, прежний текст остался в истории."

    form = _bound(request, NoteForm, text=found.text, is_pinned=found.is_pinned)
    return _ask(request, found.case, form, do, heading="Исправить заметку", submit="Сохранить")


@gated(Right.WORK_CASES)
def flag(request, pk: int):
    case = find(request, pk, Right.WORK_CASES)

    def do(given: dict) -> str:
        return f"Отметка поставлена: {set_flag(case=case, by=request.user, **given)}."

    return _ask(request, case, _bound(request, FlagForm), do, heading="Поставить отметку", submit="Поставить")


@gated(Right.WORK_CASES)
def unflag(request, pk: int):
    found = gates.get(CaseFlag.objects.select_related("case"), request.user, Right.WORK_CASES, pk=pk)

    def do(given: dict) -> str:
        remove_flag(case=found.case, kind=found.kind, by=request.user, **given)
        return f"Отметка снята: {found}."

    return _ask(request, found.case, _bound(request, ReasonForm), do, heading=f"Снять отметку «{found}»", submit="Снять")


@gated(Right.WORK_CASES)
def hold(request, pk: int):
    case = find(request, pk, Right.WORK_CASES)

    def do(given: dict) -> str:
        placed = place_hold(case=case, by=request.user, **given)
        until = f"до {placed.valid_to:%d.%m.%Y}" if placed.valid_to else "пока не снимут"
        return f"Дело приостановлено {until}: {placed.get_kind_display()}."

    lead = "Пока дело приостановлено, шаги по нему не идут, а сроки шагов сдвигаются."
    return _ask(request, case, _bound(request, HoldForm), do, heading="Приостановить дело", submit="Приостановить", lead=lead)


@gated(Right.WORK_CASES)
def lift(request, pk: int):
    found = gates.get(Hold.objects.select_related("case"), request.user, Right.WORK_CASES, pk=pk)

    def do(given: dict) -> str:
        lift_hold(hold=found, by=request.user, **given)
        return "Приостановка снята, дело снова в очереди."

    return _ask(request, found.case, _bound(request, ReasonForm), do, heading=f"Снять приостановку: {found}", submit="Снять")


@gated(Right.WORK_CASES)
def close(request, pk: int):
    case = find(request, pk, Right.WORK_CASES)

    def do(given: dict) -> str:
        close_case(case=case, why=given["reason"], on=given["on"], by=request.user)
        return f"Дело № {case.number} закрыто."

    lead = "Дело без просрочки закроется само после следующей загрузки. Вручную закрывают по особой причине."
    return _ask(request, case, _bound(request, ReasonForm), do, heading="Закрыть дело", submit="Закрыть дело", lead=lead)


@gated(Right.ASSIGN_CASES)
def assign(request, pk: int):
    case = find(request, pk, Right.ASSIGN_CASES)

    def do(given: dict) -> str:
        assign_cases(cases=[case], to=given["to"], by=request.user, on=timezone.localdate())
        return f"Ответственный: {given['to']}."

    form = OfficerForm(request.POST or None, officers=officers_for(request), initial={"to": case.officer_id})
    return _ask(request, case, form, do, heading="Назначить ответственного", submit="Назначить")


@gated(Right.WORK_CASES)
def remind(request, pk: int):
    """Prepare a reminder for this case: what it would ask for, then the paper itself."""
    case = find(request, pk, Right.WORK_CASES)
    today = timezone.localdate()
    if request.method == "POST":
        try:
            notice = prepare_reminder(case=case, by=request.user, on=today)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(case)
        messages.success(request, f"Напоминание № {notice.number} подготовлено: распечатайте и вручите.")
        return redirect(notice)
    found = preview_reminders(cases=[case], by=request.user, on=today)
    refusal = found.refused[0][1] if found.refused else ""
    return render(request, "debtors/case_remind.html", {"case": case, "refusal": refusal, "total": found.total})
