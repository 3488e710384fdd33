"""Trying an opening rule (what-if): figures are the sums of their rows, nothing is written, saving goes the usual way."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from casedesk.common import money
from casedesk.norms.queries.current import current
from debtors.models import CaseFile, OpeningRule
from enforcement.queries.what_if import what_if
from enforcement.rules.claim_duty import duty_of
from tests.factories import cases

ASKED = {"threshold": "3", "min_overdue": "", "min_overdue_months": "2", "officer_hours": "4"}


@pytest.fixture
def today():
    """The day that the installation's clock shows: trials speak of today."""
    return timezone.localdate()


@pytest.fixture
def debts(osen, today):
    """Two have cases; the third owes too little for one, the fourth more than an order may take."""
    small = cases.billed(osen, "1", on=today, count=4)
    large = cases.billed(osen, "2", on=today, count=12)
    opened = [cases.case_of(one, today) for one in (small, large)]
    waiting = cases.billed(osen, "3", on=today, count=3, monthly=900_000)
    firm = cases.billed(osen, "4", on=today, count=12, monthly=9_000_000)
    return opened, waiting, firm


def rule(**fields) -> OpeningRule:
    return OpeningRule(**{"threshold_x100": 200, "min_overdue_months": 2} | fields)


def test_a_stricter_rule_lets_go_and_a_looser_one_opens(osen, debts, today):
    (small, _), *_ = debts
    strict = what_if(creditor=osen, rule=rule(threshold_x100=400), on=today)
    assert [row.subject.case for row in strict.lets_go.rows] == [small.pk]
    loose = what_if(creditor=osen, rule=rule(threshold_x100=50, min_overdue_months=1), on=today)
    assert {row.subject.label for row in loose.opens.rows} == {"3", "4"}
    assert loose.lets_go.rows == []


def test_every_figure_is_the_sum_of_its_rows(osen, debts, today):
    found = what_if(creditor=osen, rule=rule(threshold_x100=50, min_overdue_months=1, officer_minutes=240), on=today)
    norms = current()
    for row in found.opens.rows:
        assert row.fee == duty_of(row.kind, row.subject.overdue, today, norms).fee > 0
        assert 0 < row.expected <= row.subject.overdue
        assert money.spaced(row.expected) in row.why
    assert found.opens.fees == sum(row.fee for row in found.opens.rows) == sum(fees for *_, fees in found.opens.by_kind)
    assert found.opens.work == 2 * 240
    assert found.change("cases") == 2


def test_a_debt_over_the_limit_of_orders_is_weighed_as_a_lawsuit(osen, debts, today):
    found = what_if(creditor=osen, rule=rule(threshold_x100=50, min_overdue_months=1), on=today)
    assert {row.subject.label: row.kind for row in found.opens.rows} == {"3": "order", "4": "lawsuit"}


def test_a_least_sum_keeps_small_debts_out(osen, debts, today):
    found = what_if(creditor=osen, rule=rule(threshold_x100=50, min_overdue_months=1, min_overdue=10_000_000), on=today)
    assert [row.subject.label for row in found.opens.rows] == ["4"]
    assert len(found.lets_go.rows) == 2


def test_the_page_tells_and_writes_nothing(visit, officer, osen, debts):
    answer = visit(officer).get(reverse("enforcement:what-if", args=[osen.pk]), {**ASKED, "threshold": "4"})
    assert "проба, ничего не записано" in answer.content.decode()
    assert not OpeningRule.objects.exists() and CaseFile.objects.live().count() == 2


def test_a_figure_opens_its_rows_with_the_same_total(visit, officer, osen, debts):
    client = visit(officer)
    asked = {**ASKED, "threshold": "0.5", "min_overdue_months": "1"}
    answer = client.get(reverse("enforcement:what-if", args=[osen.pk]), asked).context["answer"]
    url = reverse("enforcement:what-if-rows", args=[osen.pk])
    behind = client.get(url, {**asked, "side": "opens"})
    assert behind.context["side"].fees == answer.opens.fees
    assert sum(one.fee for one, _ in behind.context["lines"]) == answer.opens.fees
    sheet = client.get(url, {**asked, "side": "opens", "export": "xlsx"})
    assert sheet["Content-Disposition"].endswith('"proba-pravila.xlsx"')


def test_saving_sets_the_rule_and_keeps_its_terms(visit, officer, osen, debts, today):
    OpeningRule.objects.create(creditor=osen, valid_from=dt.date(2024, 1, 1), waiting=45, set_by=officer)
    url = reverse("enforcement:what-if", args=[osen.pk]) + "?threshold=4&min_overdue=50.5&min_overdue_months=2&officer_hours=4"
    visit(officer).post(url, {"valid_from": today.isoformat(), "close_uncovered": "on"})
    saved = OpeningRule.objects.in_force(creditor=osen, on=today)
    assert (saved.threshold_x100, saved.min_overdue, saved.officer_minutes, saved.waiting) == (400, 5_050, 240, 45)
    assert CaseFile.objects.live().exclude(account__number="1").count() == CaseFile.objects.live().count()


def test_a_rule_in_the_past_is_refused_in_words(visit, officer, osen, debts):
    url = reverse("enforcement:what-if", args=[osen.pk]) + "?threshold=4&min_overdue_months=2&officer_hours=4"
    answer = visit(officer).post(url, {"valid_from": "2020-01-01"})
    assert "Правило не может действовать с 01.01.2020" in answer.content.decode()
    assert not OpeningRule.objects.exists()


@pytest.mark.parametrize("wrong", [{"threshold": "x"}, {"threshold": "0"}, {"min_overdue": "-1"}, {"officer_hours": ""}])
def test_wrong_input_is_named_and_counts_nothing(visit, officer, osen, wrong):
    answer = visit(officer).get(reverse("enforcement:what-if", args=[osen.pk]), {**ASKED, **wrong})
    assert answer.context["answer"] is None and answer.context["form"].errors
    assert visit(officer).get(reverse("enforcement:what-if-rows", args=[osen.pk]), {**ASKED, **wrong}).status_code == 404


def test_strangers_are_told_nothing(visit, stranger, clerk, osen):
    url = reverse("enforcement:what-if", args=[osen.pk])
    assert visit(stranger).get(url, ASKED).status_code == 404
    assert visit(clerk).get(url, ASKED).status_code == 403
    assert visit(stranger).get("/api/what-if/?creditor=osen").status_code == 404


def test_programs_read_the_same(visit, officer, osen, debts):
    client = visit(officer)
    page = client.get(reverse("enforcement:what-if", args=[osen.pk]), {**ASKED, "threshold": "4"}).context["answer"]
    told = client.get("/api/what-if/?creditor=osen&threshold=4&officer_hours=4").json()
    assert told["lets_go"]["fees"] == money.text(page.lets_go.fees)
    assert told["change"] == {
        "cases": page.change("cases"),
        "overdue": money.text(page.change("overdue")),
        "fees": money.text(page.change("fees")),
        "expected": money.text(page.change("expected")),
        "hours": money.text(page.change("work") * 100 // 60),
    }
    assert client.get("/api/what-if/?creditor=osen&threshold=0").status_code == 400


def test_queries_do_not_grow(osen, debts, today, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        what_if(creditor=osen, rule=rule(threshold_x100=50, min_overdue_months=1), on=today)
