"""Pages of the legal calculators. The inputs are in the address, so a link repeats the calculation; it saves nothing."""

import datetime as dt
import re

import segno
from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casedesk.access.gates import gated
from casedesk.access.rights import Right
from casedesk.common import export, months
from casedesk.common.refusals import Refusal
from casedesk.desk import calculator_answers as answers
from casedesk.desk.calculator_fields import DayField, MonthField
from casedesk.desk.calculator_forms import FORMS, CalculatorForm
from casedesk.norms.calculators.payment_qr import ENCODINGS
from casedesk.norms.calculators.registry import CALCULATORS, Calculator, calculate
from casedesk.norms.queries.current import current

ABOUT = {
    "due_date": "До какого дня платить и с какого дня идут ступени пени",
    "working_days": "Последний день срока в рабочих днях по производственному календарю",
    "penalty": "Пени по дням: ступени, ставка, моратории, частичные оплаты",
    "state_duty": "Иск и приказ, старая и новая таблицы, зачёт уплаченного",
    "limitation": "Последний день по месяцу с приказом, отменой, признанием",
    "presentation": "До какого дня предъявить лист или приказ и когда повторно",
    "procedural_terms": "Возражения, возбуждение, добровольное исполнение и другие сроки",
    "travel_ban": "С какой суммы и дня можно ограничить выезд",
    "service_restriction": "Предупреждение, ограничение, приостановление услуги по дням",
    "enforcement_fee": "Исполнительский сбор от суммы к взысканию",
    "payment_qr": "Строка и код для платёжки по ГОСТ Р 56042-2014",
}
_KEY = re.compile(r"^\w+")
OWN_NAMES = {"from": "start"}
"""Keys of the calculators that a form calls otherwise."""


@gated(Right.SEE_NORMS)
def index(request: HttpRequest) -> HttpResponse:
    """All calculators with a line about each."""
    cards = [(calculator, ABOUT[name]) for name, calculator in CALCULATORS.items()]
    return render(request, "desk/calculators.html", {"cards": cards})


@gated(Right.SEE_NORMS)
def page(request: HttpRequest, name: str) -> HttpResponse:
    """One calculator: the form, and under it the answer of the inputs in the address. `?export=xlsx` gives a sheet."""
    calculator = CALCULATORS[name]
    asked = request.GET.copy()
    wants_sheet = asked.pop("export", None)
    form = FORMS[name](asked or None)
    answer = _answer(calculator, form)
    if answer and wants_sheet:
        return _sheet(calculator, form, answer)
    context = {"calculator": calculator, "about": ABOUT[name], "form": form, "answer": answer, "address": asked.urlencode()}
    return render(request, "desk/calculator.html", context | _shown(calculator, form, answer))


def _answer(calculator: Calculator, form: CalculatorForm) -> dict | None:
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return calculate(calculator.name, form.to_input(), current())
    except Refusal as refusal:
        field = _field_of(form, refusal)
        form.add_error(field, _sentence(refusal.why) if field else refusal.message)
        return None


def _field_of(form: CalculatorForm, refusal: Refusal) -> str | None:
    """The form's field that a BadInput speaks of; None when the refusal concerns the whole."""
    found = _KEY.match(str(refusal.facts.get("field", "")))
    key = OWN_NAMES.get(found[0], found[0]) if found else None
    return key if key in form.fields else None


def _sentence(why: str) -> str:
    return f"{why[0].upper()}{why[1:]}."


def _shown(calculator: Calculator, form: CalculatorForm, answer: dict | None) -> dict:
    if answer is None:
        return {}
    heads, rows = answers.table(answer)
    shown = {
        "results": answers.results(calculator.name, answer),
        "heads": heads,
        "rows": rows,
        "sources": answers.sources(answer, current()),
        "given": _given(form),
    }
    if "string" in answer:
        codec = ENCODINGS[form.cleaned_data["encoding"]][1]
        code = segno.make_qr(answer["string"].encode(codec), mask=0)
        shown["qr"] = code.svg_inline(scale=4, svgclass="qr", lineclass=None, omitsize=False)
    return shown


def _given(form: CalculatorForm) -> list[tuple[str, str]]:
    """What was typed, in words: for paper and the sheet."""
    typed = [field for field in form if form.cleaned_data.get(field.name) not in (None, "", False)]
    return [(str(field.label), _said(form, field)) for field in typed]


def _said(form: CalculatorForm, field) -> str:
    """A typed value in words: options by their label, days and months as people write them."""
    value = form.cleaned_data.get(field.name)
    if value is True:
        return "да"
    if isinstance(field.field, DayField):
        return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
    if isinstance(field.field, MonthField):
        return months.named(months.parse(value))
    if isinstance(field.field, ChoiceField):
        return str(dict(field.field.choices)[value])
    return str(field.value())


def _sheet(calculator: Calculator, form: CalculatorForm, answer: dict) -> HttpResponse:
    columns, rows = answers.sheet_rows(answer)
    notes = [calculator.title]
    notes += [f"{label}: {value}" for label, value in _given(form)]
    notes += [f"{label}: {value}" for label, value in answers.results(calculator.name, answer)]
    notes += [f"Внимание: {warning}" for warning in answer["warnings"]]
    notes += [f"Источник: {row['law']}, {row['act']}: {row['value']}" for row in answers.sources(answer, current())]
    return export.response(calculator.name, calculator.title, columns, rows, notes)
