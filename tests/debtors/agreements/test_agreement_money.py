"""Money laid on a schedule: every kopeck once, first instalments first, late days seen."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from debtors.rules.agreement_money import Paid, lay
from debtors.rules.schedule import Part

DAY = dt.date(2024, 4, 15)
days = st.integers(0, 400).map(lambda after: DAY + dt.timedelta(days=after))
schedules = st.lists(st.integers(1, 10**7), min_size=1, max_size=24).map(
    lambda sums: [Part(number, DAY + dt.timedelta(days=30 * number), amount) for number, amount in enumerate(sums, 1)]
)
payments = st.lists(st.tuples(days, st.integers(1, 10**7)), max_size=30).map(
    lambda rows: [Paid(on, amount, key) for key, (on, amount) in enumerate(rows, 1)]
)


@given(parts=schedules, money=payments)
def test_every_kopeck_is_laid_once_and_no_instalment_takes_too_much(parts, money):
    laid = lay(parts, money)
    total, paid = sum(part.amount for part in parts), sum(one.kopecks for one in money)

    assert sum(one.kopecks for one in laid) == paid
    assert sum(one.kopecks for one in laid if one.part is None) == max(0, paid - total)
    for one in money:
        assert sum(row.kopecks for row in laid if row.paid == one) == one.kopecks
    on_part = {part.number: sum(row.kopecks for row in laid if row.part == part) for part in parts}
    assert all(on_part[part.number] <= part.amount for part in parts)
    covered = [on_part[part.number] == part.amount for part in parts]
    assert covered == sorted(covered, reverse=True), "an instalment is touched only when those before it are covered"


@given(parts=schedules, money=payments)
def test_the_order_in_which_payments_are_given_does_not_matter(parts, money):
    assert lay(parts, money) == lay(parts[::-1], money[::-1])


def test_a_payment_fills_one_instalment_and_begins_the_next():
    parts = [Part(1, DAY, 1_000), Part(2, DAY + dt.timedelta(days=30), 1_000)]

    laid = lay(parts, [Paid(DAY + dt.timedelta(days=1), 1_500, 7)])

    assert [(one.part.number, one.kopecks, one.is_late) for one in laid] == [(1, 1_000, True), (2, 500, False)]


def test_the_last_day_is_in_time():
    (laid,) = lay([Part(1, DAY, 1_000)], [Paid(DAY, 1_000)])

    assert not laid.is_late
