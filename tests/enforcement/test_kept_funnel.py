"""The kept funnel of a month's end equals the walked one, whatever is learnt afterwards and in whatever order."""

import datetime as dt

import pytest

from casedesk.common import months
from debtors.models import CaseEvent, CaseFile
from enforcement.actions.keep_funnel import keep_funnel
from enforcement.models import Claim, CourtEvent, FunnelCell
from enforcement.queries.funnel import Step, funnel, paths, steps_of
from enforcement.queries.kept_funnel import added
from tests.enforcement.test_funnel import a_case, days, filed, in_hand, ordered, walked  # noqa: F401  a fixture
from tests.factories.ledger import Ledger

MONTH = months.of(dt.date(2024, 6, 30))
SPAN = (months.first_day(MONTH - 11), months.last_day(MONTH))


def kept(creditor) -> list[Step]:
    cells = keep_funnel(creditors=[creditor.pk], month=MONTH)
    return steps_of(added(steps for cell in cells for _, steps in cell.tallies))


def asked(creditor) -> list[Step]:
    return funnel(paths(CaseFile.objects.filter(creditor=creditor), span=SPAN, as_of=SPAN[1]))


def counts(steps: list[Step]) -> list[int]:
    return [step.cases for step in steps]


def test_kept_equals_walked(osen, walked):  # noqa: F811
    assert kept(osen) == asked(osen)
    assert counts(kept(osen)) == [3, 2, 1, 1, 1]


def test_of_nobody_it_is_empty(osen):
    assert counts(kept(osen)) == [0, 0, 0, 0, 0]


def notice(case, osen):
    a_case(osen, "9")


def corrected_notice(case, osen):
    wrong = CaseEvent.objects.get(case=case, code="reminder_sent")
    CaseEvent.objects.create(case=case, code="reminder_sent", happened_on=dt.date(2024, 9, 1), corrects=wrong)


def court(case, osen):
    ordered(Claim.objects.get(case_file=case), days(41))


def taken_back(case, osen):
    one = CourtEvent.objects.get(claim__case_file=case)
    CourtEvent.objects.create(claim=one.claim, code="taken_back", happened_on=dt.date(2024, 9, 1), reverses=one)


def writ(case, osen):
    other = CaseFile.objects.exclude(pk=case.pk).earliest("pk")
    ordered(filed(other, days(2)), days(3))
    in_hand(other, days(4))


def money(case, osen):
    Ledger(osen).pay(case.account, days(95).isoformat(), 5_000, channel="bailiff").post("2024-09-01")


@pytest.mark.parametrize("learn", [notice, corrected_notice, court, taken_back, writ, money])
def test_whatever_is_learnt_later_it_equals(osen, walked, learn):  # noqa: F811
    before = kept(osen)
    learn(walked, osen)
    assert kept(osen) == asked(osen)
    assert kept(osen) != before


def test_what_comes_after_the_month_leaves_it_alone(osen, walked, django_assert_num_queries):  # noqa: F811
    kept(osen)
    FunnelCell.objects.update(tallies=[])
    CaseEvent.objects.create(case=walked, code="note", happened_on=dt.date(2024, 9, 1))
    Ledger(osen).pay(walked.account, "2024-09-01", 5_000, channel="bailiff").post("2024-09-01")
    kept(osen)
    assert FunnelCell.objects.get().tallies == [], "the month is not walked again"
    with django_assert_num_queries(5):
        kept(osen)
