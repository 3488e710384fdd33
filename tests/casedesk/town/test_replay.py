"""The judge of the town, held to examples worked by hand."""

import datetime as dt

import pytest

from casedesk.common import months
from casedesk.town.figures import average_bill, bills_by_month
from casedesk.town.replay import Line, newest_due, replay

JAN, FEB, MAR = (months.make(2026, number) for number in (1, 2, 3))
END = {month: months.last_day(month) for month in (JAN, FEB, MAR)}


def standing_on(day, *lines):
    return next(standing for asked, standing in replay(lines, [day], frozenset({90})) if asked == day)


def test_money_of_a_service_pays_its_oldest_charge_first():
    lines = [Line(END[JAN], 1, 1000, JAN), Line(END[FEB], 1, 700, FEB), Line(dt.date(2026, 3, 5), 1, 1200)]
    assert standing_on(dt.date(2026, 3, 5), *lines).open == {1: [[FEB, 500]]}


def test_money_paid_ahead_waits_and_pays_the_next_charge():
    lines = [Line(END[JAN], 1, 1000, JAN), Line(dt.date(2026, 2, 2), 1, 1500), Line(END[FEB], 1, 700, FEB)]
    assert standing_on(dt.date(2026, 2, 27), *lines).spare == {1: 500}
    assert standing_on(END[FEB], *lines).open == {1: [[FEB, 200]]}


def test_unsplit_money_goes_to_the_oldest_month_in_proportion():
    lines = [
        Line(END[JAN], 1, 200, JAN),
        Line(END[JAN], 2, 100, JAN),
        Line(END[FEB], 1, 50, FEB),
        Line(dt.date(2026, 3, 5), 0, 100),
    ]
    standing = standing_on(dt.date(2026, 3, 5), *lines)
    assert standing.open == {1: [[JAN, 133], [FEB, 50]], 2: [[JAN, 67]]}


def test_unsplit_money_never_pays_penalties():
    lines = [Line(END[JAN], 90, 500, JAN), Line(END[FEB], 1, 100, FEB), Line(dt.date(2026, 3, 5), 0, 300)]
    standing = standing_on(dt.date(2026, 3, 5), *lines)
    assert standing.open[90] == [[JAN, 500]]
    assert standing.spare[0] == 200


def test_average_leaves_out_months_without_a_bill_and_openings():
    lines = [
        Line(months.last_day(JAN - 1), 1, 999999, JAN - 1),
        Line(END[JAN], 1, 100, JAN),
        Line(END[MAR], 1, 201, MAR),
        Line(END[MAR], 90, 5000, MAR),
    ]
    assert average_bill(bills_by_month(lines, JAN), END[MAR]) == 151


@pytest.mark.parametrize(
    ("day", "month"), [(dt.date(2026, 3, 31), FEB), (dt.date(2026, 3, 21), FEB), (dt.date(2026, 3, 1), JAN)]
)
def test_newest_due_month(day, month):
    assert newest_due(day) == month


def test_days_near_due_days_are_refused():
    with pytest.raises(ValueError, match="2026-03-12"):
        newest_due(dt.date(2026, 3, 12))
