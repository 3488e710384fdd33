"""Words for the screen: money, months, plurals."""

import datetime as dt

import pytest

from casedesk.common.templatetags import ui

NARROW, FIXED = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    "value, said", [(0, "0,00"), (123456789, f"1{NARROW}234{NARROW}567,89"), (-5, "\u22120,05"), (None, "—")]
)
def test_money(value, said):
    assert ui.money(value) == said


@pytest.mark.parametrize("value, said", [(149, "1"), (150, "2"), (-150, "\u22122"), (123_456_49, f"123{NARROW}456")])
def test_whole_roubles_round_half_up(value, said):
    assert ui.rub_whole(value) == said + FIXED + "₽"


@pytest.mark.parametrize("value, said", [(250, "2,5"), (200, "2"), (205, "2,05"), (0, "0"), (100000, f"1{NARROW}000")])
def test_hundredths(value, said):
    assert ui.hundredths(value) == said


@pytest.mark.parametrize("part, whole, said", [(1, 3, "33,3 %"), (2, 3, "66,7 %"), (1, 0, "—"), (0, 5, "0,0 %")])
def test_percent(part, whole, said):
    assert ui.percent(part, whole).replace(FIXED, " ") == said


@pytest.mark.parametrize(
    "day, said",
    [
        (dt.date(2024, 3, 1), "сегодня"),
        (dt.date(2024, 3, 3), "через 2 дня"),
        (dt.date(2024, 2, 24), "просрочено на 6 дней"),
        (None, "—"),
    ],
)
def test_days_left(day, said):
    assert ui.days_left(day, dt.date(2024, 3, 1)).replace(FIXED, " ") == said
