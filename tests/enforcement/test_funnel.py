"""The way from notice to money: who is counted at which step, and the days between."""

import datetime as dt

import pytest

from debtors.models import CaseEvent, CaseFile
from enforcement.models import Claim, CourtEvent
from enforcement.queries.funnel import funnel, paths
from tests.factories import cases
from tests.factories.ledger import Ledger

SPAN = (dt.date(2024, 1, 1), dt.date(2024, 12, 31))
NOTICED = dt.date(2024, 3, 10)
MONTH = 24288 - 12


def days(number: int) -> dt.date:
    return NOTICED + dt.timedelta(days=number)


def a_case(creditor, number: str, noticed: dt.date = NOTICED) -> CaseFile:
    case = cases.case_of(cases.owing(creditor, number, on=dt.date(2024, 3, 1)), dt.date(2024, 3, 1))
    CaseEvent.objects.create(case=case, code="reminder_sent", happened_on=noticed)
    return case


def filed(case: CaseFile, on: dt.date) -> Claim:
    sums = {"principal": 1_000_000, "period_from": MONTH, "period_to": MONTH, "filed_on": on}
    papers = {"kind": "order", "number": case.number, "prepared_on": on, "stage": "filed", "stage_on": on}
    return Claim.objects.create(creditor=case.creditor, case_file=case, **sums, **papers)


def ordered(claim: Claim, on: dt.date) -> CourtEvent:
    return CourtEvent.objects.create(claim=claim, code="order_issued", happened_on=on)


def in_hand(case: CaseFile, on: dt.date) -> None:
    CaseEvent.objects.create(case=case, code="writ_registered", happened_on=on)


def counts(as_of: dt.date = SPAN[1]) -> list[int]:
    return [step.cases for step in funnel(paths(CaseFile.objects.all(), span=SPAN, as_of=as_of))]


@pytest.fixture
def walked(osen):
    """Three cases noticed: one only so, one filed, one that went all the way to money in 90 days."""
    a_case(osen, "1")
    filed(a_case(osen, "2"), days(10))
    whole = a_case(osen, "3")
    ordered(filed(whole, days(30)), days(45))
    in_hand(whole, days(60))
    ledger = Ledger(osen)
    ledger.pay(whole.account, days(50).isoformat(), 7_000, channel="bailiff")
    ledger.pay(whole.account, days(90).isoformat(), 30_000, channel="bailiff")
    ledger.pay(whole.account, days(91).isoformat(), 99_000).post("2024-07-01")
    return whole


def test_each_step_is_a_part_of_the_one_before_with_median_days(walked):
    steps = funnel(paths(CaseFile.objects.all(), span=SPAN, as_of=SPAN[1]))
    assert [(step.code, step.cases, step.before, step.days) for step in steps] == [
        ("notice", 3, 0, None),
        ("claim", 2, 3, 10),
        ("order", 1, 2, 15),
        ("writ", 1, 1, 15),
        ("money", 1, 1, 30),
    ]
    assert steps[-1].kopecks == 30_000


def test_the_past_stands_as_it_was(walked):
    assert counts(days(44)) == [3, 2, 0, 0, 0]
    assert counts(days(89)) == [3, 2, 1, 1, 0]
    assert counts(days(90)) == [3, 2, 1, 1, 1]


def test_a_step_before_its_notice_or_taken_back_does_not_count(osen):
    early = a_case(osen, "1", noticed=days(20))
    filed(early, days(10))
    event = ordered(filed(a_case(osen, "2"), days(5)), days(6))
    assert counts() == [2, 1, 1, 0, 0]
    CourtEvent.objects.create(claim=event.claim, code="taken_back", happened_on=days(7), reverses=event)
    assert counts() == [2, 1, 0, 0, 0]


def test_a_corrected_notice_opens_no_way(osen):
    case = a_case(osen, "1")
    CaseEvent.objects.create(case=case, code="noted", happened_on=days(1), corrects=case.events.get(code="reminder_sent"))
    assert counts() == [0, 0, 0, 0, 0]


def test_notices_out_of_the_span_are_not_asked(osen):
    a_case(osen, "1", noticed=dt.date(2025, 1, 1))
    assert counts() == [0, 0, 0, 0, 0]


def test_queries_do_not_grow(walked, osen, django_assert_num_queries):
    with django_assert_num_queries(6):
        paths(CaseFile.objects.all(), span=SPAN, as_of=SPAN[1])


def test_every_step_of_the_board_opens_its_cases(walked, visit, officer, stranger):
    client = visit(officer)
    page = client.get("/boards/?period=2024-12")
    for step, _ in page.context["steps"]:
        behind = client.get(f"/boards/cases/?period=2024-12&step={step.code}")
        assert behind.context["totals"][0][0] == step.cases
    assert behind.context["totals"][1][0] == step.kopecks == 30_000
    assert [step.cases for step, _ in visit(stranger).get("/boards/?period=2024-12").context["steps"]] == [0] * 5
