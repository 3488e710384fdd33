"""Pages of the calculators: every one answers, explains itself, can be shared, printed and taken as a sheet."""

import io
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from casedesk.desk.calculator_answers import RESULTS
from casedesk.desk.calculator_forms import FORMS
from casedesk.desk.views.calculators import ABOUT
from casedesk.norms.calculators.registry import CALCULATORS

QR = {"Name": "МУП Тепло", "PersonalAcc": "4" * 20, "BankName": "Банк", "BIC": "044525225", "CorrespAcc": "3" * 20}
BY_NORMS = {"rate_mode": "payment_day", "moratoria": "norms", "rate_cap": "norms"}
DEBT = {"principal": "12 500,40", "ladder": "housing_155_14", "billing_month": "2024-03", "through": "2024-09-30"} | BY_NORMS
EXAMPLES = {
    "due_date": ({"billing_month": "2026-02"}, "16.03.2026"),
    "working_days": ({"start": "2026-04-30", "add": "5"}, "08.05.2026"),
    "penalty": (DEBT | {"payments": "15.08.2024 4000"}, "1/130"),
    "state_duty": ({"amount": "154200", "court": "general", "kind": "claim", "filed": "2026-01-15"}, "5\u202f626,00"),
    "limitation": ({"billing_month": "2022-01", "as_of": "2025-02-11"}, "истёк"),
    "presentation": ({"kind": "court_order", "term_starts": "2021-03-15"}, "15.03.2024"),
    "procedural_terms": ({"term": "objections", "start": "2024-03-01"}, "18.03.2024"),
    "travel_ban": (
        {"amount": "30000", "claim": "general", "voluntary_term_ended": "2024-03-01", "as_of": "2024-03-02"},
        "30\u202f000,00",
    ),
    "service_restriction": (
        {"debt": "9000", "monthly_payment": "2000", "service": "gas", "as_of": "2024-03-01"},
        "вручить предупреждение",
    ),
    "enforcement_fee": ({"amount": "212776,40", "debtor": "citizen", "on": "2019-06-20"}, "14\u202f894,35"),
    "payment_qr": (QR | {"Sum": "1500,50", "encoding": "utf8"}, "Sum=150050"),
}


def address(name: str, given: dict) -> str:
    return f"{reverse(f'desk:calculator_{name}')}?{urlencode(given)}"


def test_every_calculator_has_a_form_a_line_about_it_and_named_results():
    assert FORMS.keys() == CALCULATORS.keys() == ABOUT.keys() == RESULTS.keys() == EXAMPLES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXAMPLES)
def test_page_without_inputs_shows_an_empty_form(name, visit, officer):
    page = visit(officer).get(reverse(f"desk:calculator_{name}"))

    assert page.status_code == 200
    assert "Как посчитано" not in page.text
    assert 'class="errorlist' not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXAMPLES)
def test_address_with_inputs_repeats_the_calculation(name, visit, officer):
    given, found = EXAMPLES[name]

    page = visit(officer).get(address(name, given))

    assert found in page.text
    assert "Как посчитано" in page.text
    assert "Источники" in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXAMPLES)
def test_sheet_holds_inputs_explanation_and_sources(name, visit, officer):
    answer = visit(officer).get(address(name, EXAMPLES[name][0]) + "&export=xlsx")

    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert "Источник: " in text
    assert CALCULATORS[name].title in text


@pytest.mark.django_db
def test_wrong_input_is_told_at_its_field(visit, officer):
    page = visit(officer).get(address("penalty", DEBT | {"principal": "-5"}))

    assert page.context["form"].errors["principal"] == ["Сумма не может быть отрицательной."]
    assert "Как посчитано" not in page.text


@pytest.mark.django_db
def test_wrong_line_of_payments_is_named_by_its_number(visit, officer):
    page = visit(officer).get(address("penalty", DEBT | {"payments": "15.08.2024 4000\nвчера сто"}))

    assert "Строка 2" in page.context["form"].errors["payments"][0]


@pytest.mark.django_db
def test_a_day_that_no_norm_covers_is_told_above_the_form(visit, officer):
    given = {"amount": "100", "court": "general", "kind": "claim", "filed": "2009-01-01"}

    page = visit(officer).get(address("state_duty", given))

    assert "29.01.2010" in page.text
    assert page.context["form"].non_field_errors()


@pytest.mark.django_db
def test_doubtful_values_warn_on_the_page(visit, officer):
    page = visit(officer).get(address("enforcement_fee", {"amount": "1000", "debtor": "citizen", "on": "2026-02-01"}))

    assert 'class="note warn"' in page.text


@pytest.mark.django_db
def test_switching_moratoria_off_reaches_the_calculation(visit, officer):
    given = DEBT | {"billing_month": "2019-12", "through": "2020-12-31"}

    on = visit(officer).get(address("penalty", given)).context["answer"]
    off = visit(officer).get(address("penalty", given | {"moratoria": "none"})).context["answer"]

    assert on["days"]["moratorium"] == 270
    assert off["days"]["moratorium"] == 0


@pytest.mark.django_db
def test_index_leads_to_every_calculator(visit, officer):
    page = visit(officer).get(reverse("desk:calculators"))

    for name in CALCULATORS:
        assert reverse(f"desk:calculator_{name}") in page.text
