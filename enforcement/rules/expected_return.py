"""How much of a claim is likely to come back: a transparent formula whose numbers are the creditor's own data.

A share by the age of each month, lowered for a debtor who has long paid nothing and for each earlier return by the
bailiffs, raised for one who paid lately. Not a law, a way to spend a month's fees where they bring most.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from casedesk.common import money
from casedesk.norms.rounding import half_up

AGES = (
    (3, "young", "до 3 мес."),
    (12, "year", "3-12 мес."),
    (24, "two_years", "12-24 мес."),
    (36, "three_years", "24-36 мес."),
)
OLDEST = ("oldest", "старше 36 мес.")


@dataclass(frozen=True)
class Odds:
    """Percents of the formula, in whole numbers."""

    young: int = 80
    year: int = 65
    two_years: int = 45
    three_years: int = 30
    oldest: int = 10
    payer: int = 120
    """Of what the age gives, when something was paid within `payer_months`."""
    silent: int = 70
    """The same, when nothing was paid for a year or ever."""
    after_return: int = 60
    """The same, for each writ that the bailiffs returned."""
    payer_months: int = 3


@dataclass(frozen=True)
class Prospect:
    """Kopecks expected to come back, and why, in words."""

    expected: int
    why: str


def prospect(
    months_owed: Iterable[tuple[int, int]],
    *,
    newest: int,
    last_payment_on: dt.date | None,
    returns: int,
    on: dt.date,
    odds: Odds,
) -> Prospect:
    """What a claim brings. `months_owed`: (month, kopecks); their age is counted back from `newest`, the newest overdue."""
    by_age: dict[str, int] = {}
    weighted = 0
    for month, kopecks in months_owed:
        name = _age(newest - month + 1)
        by_age[name] = by_age.get(name, 0) + kopecks
        weighted += kopecks * getattr(odds, name)
    factors = list(_factors(last_payment_on, returns, on, odds))
    most = 100 * sum(by_age.values())
    for percent, _ in factors:
        weighted = min(weighted * percent // 100, most)
    expected = weighted // 100
    names = {name: words for _, name, words in AGES} | dict([OLDEST])
    parts = [
        f"{words}: {getattr(odds, name)} % от {money.spaced(by_age[name])} ₽" for name, words in names.items() if name in by_age
    ]
    said = "; ".join([*parts, *(words for _, words in factors)])
    return Prospect(expected, f"{said}. Ожидаем {money.spaced(expected)} ₽")


def _age(months_overdue: int) -> str:
    return next((name for most, name, _ in AGES if months_overdue <= most), OLDEST[0])


def _factors(last_payment_on: dt.date | None, returns: int, on: dt.date, odds: Odds) -> Iterable[tuple[int, str]]:
    days = (on - last_payment_on).days if last_payment_on else None
    if days is not None and days <= 31 * odds.payer_months:
        yield odds.payer, f"платил {last_payment_on:%d.%m.%Y}: ×{odds.payer} %"
    elif days is None or days > 365:
        since = f"с {last_payment_on:%d.%m.%Y}" if last_payment_on else "никогда"
        yield odds.silent, f"не платил {since}: ×{odds.silent} %"
    for _ in range(min(returns, 3)):
        yield odds.after_return, f"приставы возвращали документ: ×{odds.after_return} %"


def cut_to_budget(costs: list[tuple[object, int, int]], budget: int) -> tuple[list, list]:
    """Which to file for a month's fees: (key, fee, expected) by expected return per rouble of fee, while the money lasts.

    Free ones (duty 0) always fit. Returns keys that fit and keys left out, both in the order of return.
    """

    def rank(row: tuple[object, int, int]) -> tuple:
        _, fee, expected = row
        return (bool(fee), -Fraction(expected, fee or 1), -expected)

    ranked = sorted(costs, key=rank)
    taken, left, spent = [], [], 0
    for key, fee, _ in ranked:
        if spent + fee <= budget:
            taken.append(key)
            spent += fee
        else:
            left.append(key)
    return taken, left


def said_of_place(place: int, fee: int, expected: int) -> str:
    """Why a claim stands where it stands in the queue of the month."""
    if not fee:
        return f"{place}-е место: пошлины нет"
    tenths = half_up(Fraction(expected * 10, fee))
    return f"{place}-е место: рубль пошлины возвращает {tenths // 10},{tenths % 10} ₽"
