"""The tenure register: periods follow each other without gaps and overlaps, whatever the order they are recorded in."""

import datetime as dt

import pytest

from debtors.actions.set_tenure import TenureAlreadyStated, TenureInTheFuture, set_tenure
from debtors.models import Tenure
from tests.factories import premises as make

ON = dt.date(2024, 3, 1)


@pytest.fixture
def flat(db):
    return make.flat()


def record(flat, tenure, valid_from):
    return set_tenure(premises=flat, tenure=tenure, valid_from=valid_from, basis="акт № 1", by=None, on=ON)


def periods(flat):
    return list(flat.tenures.values_list("tenure", "valid_from", "valid_to"))


def test_a_new_period_ends_the_one_before_it(flat):
    record(flat, Tenure.PRIVATE, dt.date(2020, 1, 1))
    record(flat, Tenure.ESCHEAT, dt.date(2023, 5, 10))
    assert periods(flat) == [
        ("private", dt.date(2020, 1, 1), dt.date(2023, 5, 10)),
        ("escheat", dt.date(2023, 5, 10), None),
    ]
    flat.refresh_from_db()
    assert flat.tenure == Tenure.ESCHEAT


def test_a_period_recorded_late_takes_its_place_in_the_middle(flat):
    record(flat, Tenure.PRIVATE, dt.date(2020, 1, 1))
    record(flat, Tenure.SOCIAL_RENT, dt.date(2023, 1, 1))
    record(flat, Tenure.VACANT, dt.date(2022, 6, 1))
    assert periods(flat) == [
        ("private", dt.date(2020, 1, 1), dt.date(2022, 6, 1)),
        ("vacant", dt.date(2022, 6, 1), dt.date(2023, 1, 1)),
        ("social_rent", dt.date(2023, 1, 1), None),
    ]
    flat.refresh_from_db()
    assert flat.tenure == Tenure.SOCIAL_RENT


def test_a_period_before_all_others_ends_where_they_begin(flat):
    record(flat, Tenure.VACANT, dt.date(2022, 6, 1))
    record(flat, Tenure.MUNICIPAL, dt.date(2019, 1, 1))
    assert periods(flat)[0] == ("municipal", dt.date(2019, 1, 1), dt.date(2022, 6, 1))


def test_today_may_be_recorded_and_tomorrow_may_not(flat):
    record(flat, Tenure.VACANT, ON)
    with pytest.raises(TenureInTheFuture, match="02.03.2024"):
        record(flat, Tenure.PRIVATE, dt.date(2024, 3, 2))


@pytest.mark.parametrize(
    "tenure, day",
    [(Tenure.VACANT, dt.date(2023, 1, 1)), (Tenure.PRIVATE, dt.date(2022, 6, 1)), (Tenure.VACANT, dt.date(2022, 6, 1))],
)
def test_what_the_register_already_says_is_refused(flat, tenure, day):
    record(flat, Tenure.VACANT, dt.date(2022, 6, 1))
    with pytest.raises(TenureAlreadyStated, match="пустующее"):
        record(flat, tenure, day)
    assert len(periods(flat)) == 1
