"""Every indicator of the catalogue: its figure is the total of the list it opens, for anybody, at any time.

The tests walk the catalogue inside one world, and name the indicators that fail.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.queries.question import Question, Reach, end_of
from casedesk.plans.rules.lights import read_target, written
from tests.factories.ledger import Ledger

ALL = catalogue.all_indicators()
BASE = dt.date(2023, 11, 30)


def question(period="2024-02", known_at=None, reach=None):
    return Question(months.parse(period), reach or Reach(), known_at=known_at, base_on=BASE)


def wrong_ones(is_right) -> list[str]:
    return [indicator.code for indicator in ALL if not is_right(indicator)]


@pytest.mark.parametrize("known_on", [None, "2024-03-20", "2024-01-20"], ids=["now", "before the late payment", "in January"])
@pytest.mark.parametrize("period", ["2023-12", "2024-02"])
def test_figure_is_the_total_of_its_list(small_town, period, known_on):
    asked = question(period, end_of(dt.date.fromisoformat(known_on)) if known_on else None)

    def is_right(indicator):
        listed = catalogue.total_of(indicator.facts(asked), len(indicator.columns))
        return indicator.totals(asked) == listed and indicator.value(asked) == indicator.figure(listed)

    assert wrong_ones(is_right) == []


def test_a_creditors_figure_never_holds_anothers_rows(small_town):
    mine = question(reach=Reach(creditors=frozenset({small_town.osen.pk}), territories=frozenset()))
    theirs = question(reach=Reach(creditors=frozenset({small_town.lada.pk}), territories=frozenset()))
    both = question()

    def is_right(indicator):
        accounts = {fact.account for fact in indicator.facts(theirs) if fact.account}
        parts = [indicator.totals(mine), indicator.totals(theirs)]
        return accounts <= {small_town.other.pk} and tuple(map(sum, zip(*parts, strict=True))) == indicator.totals(both)

    assert wrong_ones(is_right) == []


def test_a_late_fact_changes_nothing_that_was_known_before(small_town):
    """February as known on 20 March is what it was on 10 April, before the late payment came."""
    before, later = (question(known_at=end_of(dt.date(2024, *day))) for day in ((3, 20), (4, 10)))
    assert wrong_ones(lambda indicator: indicator.value(before) == indicator.value(later)) == []


@pytest.mark.django_db
def test_an_empty_town_gives_a_stated_zero_or_no_data():
    asked = question()
    assert wrong_ones(lambda one: one.value(asked) in (0, None) and list(one.facts(asked)) == []) == []


def test_the_number_of_queries_does_not_grow_with_the_facts(small_town):
    def queries(indicator) -> int:
        with CaptureQueriesContext(connection) as context:
            indicator.totals(question())
        return len(context)

    few = {indicator.code: queries(indicator) for indicator in ALL}
    ledger = Ledger(small_town.osen)
    for number in range(200, 212):
        ledger.charge(ledger.account(str(number)), "2024-01", 70_000).post("2024-05-01")
    assert wrong_ones(lambda indicator: queries(indicator) == few[indicator.code] <= 12) == []


def test_every_indicator_says_what_it_counts():
    assert wrong_ones(lambda one: one.name and len(one.definition) > 40 and one.source and one.columns) == []


def test_codes_are_taken_once():
    with pytest.raises(ValueError, match="registered twice"):
        catalogue.register(ALL[0])


def test_an_unknown_indicator_is_refused_by_name():
    with pytest.raises(catalogue.UnknownIndicator, match="нет в каталоге"):
        catalogue.get("debt.of_martians")


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 3, 3333), (2, 3, 6667), (-1, 3, -3333), (1, 0, None), (5, 5, 10000)])
def test_shares_are_rounded_half_up(part, whole, share):
    assert catalogue.share_x100(part, whole) == share


@pytest.mark.parametrize(
    ("unit", "text", "value"), [("RUB", "700000.00", 70_000_000), ("percent", "5.00", 500), ("count", "12", 12)]
)
def test_targets_are_written_and_read(unit, text, value):
    assert read_target(text, unit) == value
    assert written(value, unit) == text
