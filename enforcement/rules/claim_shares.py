"""Who answers for which kopecks: joint debtors together, shares apart (ЖК РФ ст. 31, 69, 153; ГК РФ ст. 249, 322).

Each month is owed by those who were liable on its last day. Sums are split exactly: the parts add up to the kopeck.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from casedesk.common import money, months


@dataclass(frozen=True)
class Liable:
    """One person's liability for one account, as the register of liable people has it; the end is exclusive."""

    account_id: int
    debtor_id: int
    is_joint: bool
    share: Fraction = Fraction(1)
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Charge:
    """One month of one service, kopecks: what is open of it and its penalty, or a party's part of them.

    `free`: how much of what is open no live claim holds; None: all of it. `taken`: what live claims against definite people
    hold, (principal, penalty) by the set of these people.
    """

    account_id: int
    service_id: int
    month: int
    amount: int
    penalty: int = 0
    at_least: bool = False
    free: int | None = None
    taken: Mapping[frozenset[int], tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Party:
    """Whom one claim is brought against: people who answer jointly, or one owner of a share. Nobody: the share has no owner."""

    debtor_ids: tuple[int, ...]
    is_joint: bool


NOBODY = Party((), False)


class SharesExceedWhole(ValueError):
    """The shares of a premises add up to more than one."""

    def __init__(self, month: int, total: Fraction):
        super().__init__(f"за {months.named(month)} доли вместе дают {total.numerator}/{total.denominator}, больше целого")


def parties_of(liable: Sequence[Liable], month: int) -> list[tuple[Party, Fraction]]:
    """The parties of one account for a month with their shares, which add up to one. Raises SharesExceedWhole."""
    day = months.last_day(month)
    holding = [one for one in liable if one.holds_on(day)]
    joint = tuple(sorted({one.debtor_id for one in holding if one.is_joint}))
    shares: dict[int, Fraction] = {}
    for one in holding:
        if not one.is_joint:
            shares[one.debtor_id] = shares.get(one.debtor_id, Fraction(0)) + one.share
    taken = sum(shares.values(), Fraction(0))
    if taken > 1:
        raise SharesExceedWhole(month, taken)
    found = [(Party((debtor,), False), share) for debtor, share in sorted(shares.items())]
    if taken < 1:
        found.append((Party(joint, True) if joint else NOBODY, 1 - taken))
    return found


def split_charges(charges: Iterable[Charge], liable: Iterable[Liable]) -> dict[Party, list[tuple[Charge, Fraction]]]:
    """Each party's charges with its share of each. Principal and penalty are split apart, both exactly.

    A party's part of what is open, less what claims against the same people hold already: a share that came back from the
    court is claimed from its owner again and not from the others. Never more than is free altogether.
    """
    people: dict[int, list[Liable]] = {}
    for one in liable:
        people.setdefault(one.account_id, []).append(one)
    found: dict[Party, list[tuple[Charge, Fraction]]] = {}
    for charge in charges:
        parties = parties_of(people.get(charge.account_id, ()), charge.month)
        for party, share, amount, penalty in _parts(charge, parties):
            if amount:
                part = Charge(charge.account_id, charge.service_id, charge.month, amount, penalty, charge.at_least)
                found.setdefault(party, []).append((part, share))
    return found


def _parts(charge: Charge, parties: list[tuple[Party, Fraction]]) -> Iterable[tuple[Party, Fraction, int, int]]:
    whole = lcm(*(share.denominator for _, share in parties))
    weights = [int(share * whole) for _, share in parties]
    amounts, penalties = money.split(charge.amount, weights), money.split(charge.penalty, weights)
    free = charge.amount if charge.free is None else charge.free
    for (party, share), amount, penalty in zip(parties, amounts, penalties, strict=True):
        principal_held, penalty_held = charge.taken.get(frozenset(party.debtor_ids), (0, 0))
        taken = min(max(amount - principal_held, 0), free)
        free -= taken
        yield party, share, taken, max(penalty - penalty_held, 0)
