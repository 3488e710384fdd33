"""The bulk engine gives the same kopecks as the single calculator, month by month."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casedesk.common import months
from casedesk.norms.catalogue import shipped
from casedesk.norms.due_dates import due_on
from casedesk.norms.penalty import moratoria
from casedesk.norms.penalty.bulk import BulkPenalty
from casedesk.norms.penalty.debt import Debt, Movement
from casedesk.norms.penalty.engine import compute
from casedesk.norms.penalty.ladder import HOUSING, SUPPLY
from casedesk.norms.penalty.rates import Rates
from casedesk.norms.reading import Reading

FIRST = months.make(2018, 1)


def rates_for(ladder: str, mode: str) -> Rates:
    reading = Reading(shipped(), "пени")
    return Rates(mode=mode, ladder=ladder, reading=reading, rate=Decimal("9.5") if mode == "fixed" else None, cap="norms")


def one_by_one(charges, payments, *, ladder, mode, through, on_old_balance):
    """Oldest month first by hand, then the single calculator for each month."""
    waiting = [[dt.date.fromordinal(day), amount] for day, amount in payments]
    answer = []
    for month, principal in charges:
        left, paid = principal, []
        for row in waiting:
            taken = min(left, row[1])
            left, row[1] = left - taken, row[1] - taken
            if taken:
                paid.append(Movement(row[0], taken))
        debt = Debt(principal, due_on(month), through, tuple(paid), on_old_balance)
        rates = rates_for(ladder, mode)
        windows = moratoria.from_norms(ladder=ladder, due=debt.due, through=through, reading=rates.reading)
        single = compute(debt, ladder=ladder, rates=rates, windows=windows, reading=rates.reading)
        answer.append((month, single.total))
    return answer


@st.composite
def accounts(draw):
    kopecks = st.integers(min_value=0, max_value=2_000_000)
    charges = [(FIRST + number, draw(kopecks)) for number in range(draw(st.integers(1, 40)))]
    days = sorted(draw(st.lists(st.dates(dt.date(2018, 1, 1), dt.date(2026, 9, 30)), max_size=20)))
    payments = [(day.toordinal(), draw(st.integers(min_value=1, max_value=3_000_000))) for day in days]
    return charges, payments


@pytest.mark.parametrize("mode", ["payment_day", "per_day", "fixed"])
@settings(max_examples=60, deadline=None)
@given(account=accounts(), through=st.dates(dt.date(2018, 1, 1), dt.date(2026, 9, 30)), data=st.data())
def test_bulk_equals_the_single_calculator_to_the_kopeck(mode, account, through, data):
    charges, payments = account
    ladder = data.draw(st.sampled_from([*HOUSING, *SUPPLY]))
    old = data.draw(st.booleans())
    bulk = BulkPenalty(ladder=ladder, rates=rates_for(ladder, mode), through=through, payment_day_on_old_balance=old)

    assert bulk.of_account(charges, payments) == one_by_one(
        charges, payments, ladder=ladder, mode=mode, through=through, on_old_balance=old
    )


def test_bulk_warns_as_the_single_calculator_does():
    rates = rates_for("housing_155_14", "payment_day")
    bulk = BulkPenalty(ladder="housing_155_14", rates=rates, through=dt.date(2027, 1, 15))

    bulk.of_account([(months.make(2026, 1), 100_000)], [])

    assert any("01.10.2026" in warning for warning in rates.reading.warnings)
    assert any("31.12.2026" in warning for warning in rates.reading.warnings)


def test_a_rate_too_fine_for_whole_numbers_is_refused():
    reading = Reading(shipped(), "пени")
    rates = Rates(mode="fixed", ladder="rso_other", reading=reading, rate=Decimal("9.00001"))
    bulk = BulkPenalty(ladder="rso_other", rates=rates, through=dt.date(2024, 3, 1))

    with pytest.raises(ValueError, match="four decimals"):
        bulk.of_account([(months.make(2023, 1), 100_000)], [])
