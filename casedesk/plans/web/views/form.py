"""The municipal form on collection (L-App4): on screen, on paper and as a workbook in thousands of roubles."""

import tempfile
from urllib.parse import urlencode

import xlsxwriter
from django.http import FileResponse
from django.shortcuts import render

from casedesk.access import gates
from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import money, months
from casedesk.common.export import XLSX
from casedesk.plans.catalogue import Column
from casedesk.plans.models import Plan
from casedesk.plans.queries.collection_form import FormRow, accounts_behind, collection_form
from casedesk.plans.web.asking import Asked, asked
from casedesk.plans.web.views.plans import fact_list, tabs

HEADS = (
    "Категория потребителей",
    "Задолженность на начало месяца, тыс. руб.",
    "Начислено за месяц, тыс. руб.",
    "Оплачено за месяц, тыс. руб.",
    "Процент сбора, %",
    "Получено в ходе исполнения судебных решений, тыс. руб.",
    "Просроченная задолженность на отчётную дату, тыс. руб.",
)
PLACES = 2
COLUMNS = ("debt_at_start", "charged", "paid", "rate", "enforced", "overdue")
TITLES = {
    "debt_at_start": "Долг на начало месяца",
    "charged": "Начислено за месяц",
    "paid": "Оплачено за месяц",
    "enforced": "Получено в ходе исполнения",
    "overdue": "Просрочено на отчётную дату",
}
ROWS = {"population": "население", "other": "прочие потребители", "all": "все потребители"}


@gated(Right.SEE_PLAN)
def form(request, code):
    """The month's form; `?export=xlsx` gives the workbook."""
    found = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    ask = asked(request, found)
    rows = collection_form(ask.question)
    if request.GET.get("export") == "xlsx":
        return _workbook(ask, rows)
    shown = [(row, [_cell(ask, row, *pair) for pair in zip(COLUMNS, cells_of(row), strict=True)]) for row in rows]
    return render(
        request, "plans/form.html", {"plan": found, "ask": ask, "tabs": tabs(ask, "form"), "heads": HEADS, "rows": shown}
    )


@gated(Right.SEE_PLAN)
def accounts(request, code):
    """The accounts behind one cell of the form."""
    found = gates.get(Plan.objects.select_related("territory"), request.user, Right.SEE_PLAN, code=code)
    ask = asked(request, found)
    column = request.GET.get("column") if request.GET.get("column") in TITLES else "overdue"
    row = request.GET.get("row") if request.GET.get("row") in ROWS else "all"
    facts = accounts_behind(ask.question, column, row)
    title = f"{TITLES[column]}, {ROWS[row]}"
    answer = fact_list(request, ask, facts, (Column("amount", "Сумма, ₽"),), f"forma-{ask.iso}", [title, ask.plan.name])
    if not isinstance(answer, dict):
        return answer
    kept = {"column": column, "row": row}
    answer |= {
        "keep": "&" + urlencode(kept),
        "extra": list(kept.items()),
        "title": title,
        "back": ("Форма о сборе", "plans:form"),
    }
    return render(request, "plans/accounts.html", {"plan": found, "ask": ask, **answer})


def _cell(ask: Asked, row: FormRow, column: str, value) -> tuple[str, str]:
    """A cell as text, and where it leads; a rate leads nowhere of its own."""
    leads = column in TITLES and value
    url = f"accounts/{ask.query()}&{urlencode({'column': column, 'row': row.key})}" if leads else ""
    return _shown(value), url


def cells_of(row: FormRow) -> list:
    """The six figures of a row as the form wants them: thousands of roubles, and per cent or None."""
    thousands = [money.thousands(amount, PLACES) for amount in (row.debt_at_start, row.charged, row.paid)]
    rate = None if row.rate is None else money.roubles(row.rate)
    tail = [money.thousands(amount, PLACES) for amount in (row.enforced, row.overdue)]
    return [*thousands, rate, *tail]


def _shown(cell) -> str:
    return "—" if cell is None else money.spaced(int(cell * 100))


def _workbook(ask: Asked, rows: list[FormRow]) -> FileResponse:
    spool = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 - FileResponse closes it
    book = xlsxwriter.Workbook(spool, {"in_memory": True})
    page = book.add_worksheet("Форма")
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 1)
    page.set_column(0, 0, 26)
    page.set_column(1, 6, 19)
    title, head = book.add_format({"bold": True, "font_size": 13}), book.add_format(_HEAD)
    label, number = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "#,##0.00"})
    page.write_string(0, 0, f"Сведения о сборе платежей за {months.named(ask.period)} года", title)
    page.write_string(1, 0, f"Отчётная дата {ask.as_of:%d.%m.%Y}. {ask.plan.name}")
    for column, text in enumerate(HEADS):
        page.write_string(3, column, text, head)
        page.write_number(4, column, column + 1, head)
    for line, row in enumerate(rows, start=5):
        page.write_string(line, 0, row.label, label)
        for column, cell in enumerate(cells_of(row), start=1):
            page.write(line, column, "—" if cell is None else cell, number)
    page.write_string(len(rows) + 7, 0, "Руководитель ____________________        Исполнитель ____________________")
    book.close()
    spool.seek(0)
    return FileResponse(spool, as_attachment=True, filename=f"forma-o-sbore-{ask.iso}.xlsx", content_type=XLSX)


_HEAD = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#EFF2F5"}
