"""Days and periods in every form that registers use."""

import datetime as dt

import pytest

from casedesk.common import months
from imports.readers import dates


@pytest.mark.parametrize(
    "cell",
    [
        "05.02.2024",
        "05.02.24",
        "5.2.2024 г.",
        "05-02-2024",
        "05/02/2024",
        "2024-02-05",
        "2024-02-05T10:11:12",
        "20240205",
        "240205",
        "«05» февраля 2024 г.",
        "5 февраля 2024",
        dt.date(2024, 2, 5),
        dt.datetime(2024, 2, 5, 13, 0),  # noqa: DTZ001 - workbooks hold naive times
        45327,
        45327.0,
        "45327",
    ],
)
def test_day_in_any_form(cell):
    assert dates.day(cell) == dt.date(2024, 2, 5)


def test_serial_follows_the_epoch_of_the_book():
    assert dates.day(45327 - 1462, epoch_1904=True) == dt.date(2024, 2, 5)


def test_serial_is_not_a_day_in_a_text_file():
    with pytest.raises(dates.NotDay):
        dates.day("45327", serials=False)


@pytest.mark.parametrize(
    "cell", ["31.02.2024", "2024-02-30", "32.01.2024", "вчера", "", "1234567", 12.5, True, None, "٠٥.٠٢.٢٠٢٤"]
)
def test_what_is_not_a_day(cell):
    with pytest.raises(dates.NotDay):
        dates.day(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "022024",
        "0224",
        "202402",
        "02.2024",
        "2.2024",
        "2024/02",
        "2024-02",
        "Февраль 2024 г.",
        "фев.24",
        "фев.2024",
        "февраля 2024",
    ]
    + ["01.02.2024", "2024-02-01", dt.date(2024, 2, 1), 224, 22024, 202402.0, 2.2024, "февраль  2024", "ФЕВ 2024"],
)
def test_month_in_any_form(cell):
    assert dates.month(cell) == months.make(2024, 2)


@pytest.mark.parametrize("cell", ["13.2024", "1324567", "месяц", "", None, "00.2024", "фонарь 2024", "2024"])
def test_what_is_not_a_month(cell):
    with pytest.raises(ValueError):
        dates.month(cell)


def test_month_and_year_from_two_columns():
    assert dates.month_named(2, 2024) == months.make(2024, 2)
    assert dates.month_named("февраль", "24") == months.make(2024, 2)
    with pytest.raises(dates.NotMonth):
        dates.month_named("", 2024)
