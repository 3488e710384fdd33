"""The penalty counted the way a careful clerk would: one day after another, with tables written out by hand.

Deliberately shares nothing with the program: its own key rates, ladders, cap and moratoria, one heap of days for each divisor,
no runs, no prefix sums. It exists to disagree.
"""

import datetime as dt
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache

ONE_DAY = dt.timedelta(days=1)

KEY_RATES = """
2016-01-01 11.00  2016-06-14 10.50  2016-09-19 10.00  2017-03-27 9.75  2017-05-02 9.25  2017-06-19 9.00  2017-09-18 8.50
2017-10-30 8.25  2017-12-18 7.75  2018-02-12 7.50  2018-03-26 7.25  2018-09-17 7.50  2018-12-17 7.75  2019-06-17 7.50
2019-07-29 7.25  2019-09-09 7.00  2019-10-28 6.50  2019-12-16 6.25  2020-02-10 6.00  2020-04-27 5.50  2020-06-22 4.50
2020-07-27 4.25  2021-03-22 4.50  2021-04-26 5.00  2021-06-15 5.50  2021-07-26 6.50  2021-09-13 6.75  2021-10-25 7.50
2021-12-20 8.50  2022-02-14 9.50  2022-02-28 20.00  2022-04-11 17.00  2022-05-04 14.00  2022-05-27 11.00  2022-06-14 9.50
2022-07-25 8.00  2022-09-19 7.50  2023-07-24 8.50  2023-08-15 12.00  2023-09-18 13.00  2023-10-30 15.00  2023-12-18 16.00
2024-07-29 18.00  2024-09-16 19.00  2024-10-28 21.00  2025-06-09 20.00  2025-07-28 18.00  2025-09-15 17.00  2025-10-27 16.50
2025-12-22 16.00  2026-02-16 15.50  2026-03-23 15.00  2026-04-27 14.50  2026-06-22 14.25  2026-07-27 14.00
"""
WORDS = KEY_RATES.split()
RATES = sorted(zip(WORDS[0::2], WORDS[1::2], strict=True), reverse=True)


@cache
def key_rate(day):
    for start, rate in RATES:
        if start <= day.isoformat():
            return Decimal(rate)
    raise LookupError(day)


@cache
def capped(rate, day, ladder):
    if ladder == "rso_other" and day.year >= 2025:
        return rate
    if dt.date(2022, 2, 28) <= day <= dt.date(2022, 7, 31):
        return Decimal("9.5")
    if dt.date(2022, 8, 1) <= day <= dt.date(2026, 12, 31):
        return min(rate, Decimal("9.5"))
    return rate


def divisor(ladder, number):
    """What the rate is divided by on this day of delay; None: nothing accrues yet."""
    if ladder == "rso_other":
        return 130
    if ladder == "rso_uo":
        return 300 if number <= 60 else 170 if number <= 90 else 130
    if number <= 30:
        return None
    if ladder == "caprepair_155_14_1" or number <= 90:
        return 300
    return 130


@cache
def moratorium(day, due, ladder):
    if dt.date(2020, 4, 6) <= day <= dt.date(2020, 12, 31) and ladder != "rso_other":
        return True
    return dt.date(2022, 4, 1) <= day <= dt.date(2022, 10, 1) and due < dt.date(2022, 4, 1)


def penalty(principal, due, through, ladder, mode, payments, on_old_balance, rate=None):
    """Roubles as Decimal, half up to the kopeck. `payments` are (day, roubles), in order of days."""
    if mode == "payment_day":
        counted = Counter()
        for part, last, fixed_on in _parts(principal, through, payments, on_old_balance):
            _count(counted, part, due, last, ladder, capped(key_rate(fixed_on), fixed_on, ladder))
    else:
        counted = _running(principal, due, through, ladder, mode, payments, on_old_balance, rate)
    return half_up(sum(Fraction(per_cents) / 100 / by for by, per_cents in counted.items()))


def half_up(roubles):
    """To the kopeck without a step through decimals: a third of a kopeck, three times, is a kopeck."""
    return Decimal((roubles * 200 + 1) // 2) / 100


def _parts(principal, through, payments, on_old_balance):
    left = principal
    for day, amount in payments:
        if day > through:
            break
        part = min(left, amount)
        left -= part
        yield part, day if on_old_balance else day - ONE_DAY, day
    yield left, through, through


def _count(counted, base, due, last, ladder, rate):
    """Add base times rate of every day to the heap of what it is divided by; sums of such products are exact."""
    day, number = due + ONE_DAY, 1
    while day <= last:
        by = divisor(ladder, number)
        if by and not moratorium(day, due, ladder):
            counted[by] += base * rate
        day, number = day + ONE_DAY, number + 1


def _running(principal, due, through, ladder, mode, payments, on_old_balance, rate):
    counted, day, number = Counter(), due + ONE_DAY, 1
    while day <= through:
        paid = sum((amount for on, amount in payments if (on < day if on_old_balance else on <= day)), Decimal(0))
        left = max(principal - paid, Decimal(0))
        by = divisor(ladder, number)
        if by and not moratorium(day, due, ladder):
            counted[by] += left * (rate if mode == "fixed" else capped(key_rate(day), day, ladder))
        day, number = day + ONE_DAY, number + 1
    return counted
