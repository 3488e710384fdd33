"""What is billed: tariffs by service, seasons, recalculations. Kopecks throughout."""

from random import Random

from casedesk.town.facts import Bill, TownAccount

_SEASON = {1: 175, 2: 165, 3: 140, 4: 100, 5: 35, 6: 0, 7: 0, 8: 0, 9: 30, 10: 95, 11: 130, 12: 160}
"""Heating by calendar month, per cent of the yearly mean."""
_PER_METRE = {1: 3650, 10: 3120}
_PER_PERSON = {2: 42000, 3: 21500, 4: 18400, 5: 51000, 6: 11800}
_YEARLY_RISE_PERMILLE = 58


def bill_month(rng: Random, account: TownAccount, month: int, since: int) -> list[Bill]:
    """The account's bills of one month: a row per service that costs something."""
    persons = 1 + account.area_x100 // 2300
    found = []
    for service in account.creditor.services:
        sum_ = _cost(rng, service.id, account.area_x100, persons, month, is_first=month == account.first_month)
        sum_ += sum_ * _YEARLY_RISE_PERMILLE * ((month - since) // 12) // 1000
        if sum_:
            found.append(Bill(service.id, month, sum_, _recalculation(rng, sum_)))
    return found


def _cost(rng: Random, service: int, area_x100: int, persons: int, month: int, *, is_first: bool) -> int:
    if service in _PER_PERSON:
        return _PER_PERSON[service] * persons * rng.randrange(55, 150) // 100
    whole = _PER_METRE[service] * area_x100 // 100
    if service != 1:
        return whole
    share = _SEASON[month % 12 + 1]
    if is_first:
        share = max(share, 20)
    return whole * share * rng.randrange(96, 105) // 10000


def _recalculation(rng: Random, sum_: int) -> int:
    draw = rng.random()
    if draw < 0.010:
        return -(sum_ * rng.randrange(5, 60) // 100)
    if draw < 0.016:
        return sum_ * rng.randrange(3, 40) // 100
    return 0


def penalty_bill(rng: Random, month: int, balance: int) -> Bill:
    """A month's penalty on an old debt, as the register prints it."""
    return Bill(90, month, max(100, balance * rng.randrange(40, 110) // 10000))
