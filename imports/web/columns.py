"""Confirming the columns of a file: what the program takes each for, its first values, and the right to say otherwise."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common.refusals import Refusal
from imports.actions.take_upload import confirm_columns
from imports.queries.file_columns import FileColumns, file_columns
from imports.readers import Refused
from imports.web.forms import ProfileForm
from imports.web.pages import find

FIELDS = [
    ("", "не читать"),
    ("account", "лицевой счёт"),
    ("account_holder", "лицевой счёт и ФИО вместе"),
    ("alias", "другой номер счёта (ЕЛС, ЖКУ)"),
    ("holder", "ФИО или наименование"),
    ("address", "адрес"),
    ("street", "улица"),
    ("house", "дом"),
    ("corpus", "корпус"),
    ("flat", "квартира"),
    ("area", "площадь"),
    ("category", "группа потребителей"),
    ("birth_date", "дата рождения"),
    ("service", "услуга"),
    ("month", "месяц"),
    ("opening", "входящее сальдо"),
    ("opening_debit", "входящее сальдо, дебет"),
    ("opening_credit", "входящее сальдо, кредит"),
    ("charged", "начислено"),
    ("recalculated", "перерасчёт"),
    ("paid", "оплачено"),
    ("closing", "исходящее сальдо"),
    ("closing_debit", "исходящее сальдо, дебет"),
    ("closing_credit", "исходящее сальдо, кредит"),
    ("penalty", "пени"),
    ("paid_on", "дата платежа"),
    ("document", "номер платежа"),
    ("channel", "вид оплаты"),
    ("note", "примечание"),
]


@gated(Right.IMPORT_REGISTERS)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the columns; a POST keeps them for the creditor's later files of this kind and reads the file by them."""
    batch = find(request, pk, Right.IMPORT_REGISTERS)
    try:
        found = file_columns(Path(batch.stored.path), batch.file_name) if batch.stored else None
    except Refused as refusal:
        messages.error(request, refusal.problem.message)
        return redirect(batch)
    if found is None:
        messages.info(request, "У этого файла нет таблицы с заголовком: его раскладка известна программе целиком.")
        return redirect(batch)
    form = ProfileForm(request.POST or None, initial={"name": f"{batch.creditor.code}: {batch.file_name}"[:100]})
    if request.method == "POST" and form.is_valid():
        chosen = {column.at: request.POST.get(f"column_{column.at}", "") for column in found.columns}
        return _keep(request, batch, found, form.cleaned_data["name"], _known_only(chosen))
    shown = {"batch": batch, "found": found, "form": form, "rows": _rows(found), "sure": round(found.confidence * 100)}
    return render(request, "imports/columns.html", shown)


def _keep(request: HttpRequest, batch, found: FileColumns, name: str, chosen: dict[int, str]) -> HttpResponse:
    if not {"account", "account_holder"} & set(chosen.values()):
        messages.error(request, "Укажите колонку лицевого счёта: без неё строку некому отнести.")
        return redirect("imports:columns", batch.pk)
    try:
        confirm_columns(
            batch=batch,
            profile=found.saved(name, batch.kind, chosen),
            signature=found.signature,
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(batch)


def _known_only(chosen: dict[int, str]) -> dict[int, str]:
    known = {name for name, _ in FIELDS} | {"extra", "status", "debt_months", "row_number"}
    return {at: name for at, name in chosen.items() if name in known}


def _rows(found: FileColumns) -> list[dict]:
    """Each column with its choices; a field of ours that the short list leaves out keeps its place."""
    names = dict(FIELDS)
    rows = []
    for column in found.columns:
        choices = FIELDS if column.field in names else [*FIELDS, (column.field, f"прочее ({column.text})")]
        values = [value for value in column.values if value][:3]
        rows.append({"column": column, "choices": choices, "values": values, "missed": not column.field})
    return rows
