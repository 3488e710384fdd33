"""A clock that stories set themselves, and a reader of the plan's figures."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.test import Client

from casedesk.common import months
from casedesk.plans import catalogue
from casedesk.plans.models import IndicatorUse


@dataclass
class Clock:
    """What every screen calls today."""

    on: dt.date

    def later(self, days: int) -> dt.date:
        self.on += dt.timedelta(days=days)
        return self.on


@pytest.fixture
def clock(monkeypatch) -> Clock:
    made = Clock(dt.date(2024, 3, 21))
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: made.on)
    return made


@dataclass
class Figure:
    """A figure as its page shows it: the columns' sums and the lines behind it."""

    totals: tuple[int, ...]
    lines: list[tuple[str, str]]
    """(label, what stands under it)"""


def figure_behind(client: Client, row: str, indicator: str, day: dt.date) -> Figure:
    """Open the figure of a row in its plan for the month of the day.

    On the way: the figure is the sum of its list, the plan's page shows the row, and each line leads to a page that opens.
    """
    use = IndicatorUse.objects.select_related("measure__section__plan").get(measure__row=row, indicator=indicator)
    plan, period = use.measure.section.plan, months.iso(months.of(day))
    page = client.get(f"/plans/{plan.code}/figures/{use.pk}/", {"period": period})
    assert page.status_code == 200, row
    totals = tuple(total for total, _ in page.context["totals"])
    question = page.context["ask"].question.with_params(use.params)
    assert totals == catalogue.get(indicator).totals(question), "the quick figure is the sum of the list"
    assert f"figures/{use.pk}/" in client.get(f"/plans/{plan.code}/", {"period": period}).content.decode()
    lines = [line for line, _ in page.context["lines"]]
    for url in {line.url for line in lines if line.url}:
        assert client.get(url).status_code == 200, url
    return Figure(totals, [(line.label, line.about) for line in lines])
