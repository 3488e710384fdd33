"""How people pay: a habit turns the balance an account holder sees into the sums they bring this month."""

from random import Random

HABITS = ("punctual", "late", "partial", "sporadic", "never", "overpaying", "gave_up", "withheld")
"""`gave_up` pays until some month and then never; `withheld` never pays by itself, bailiffs take a part of the wages."""
_WEIGHTS = {
    "owner": (60, 18, 7, 4, 2, 6, 2, 1),
    "social_tenant": (38, 18, 14, 11, 8, 3, 5, 3),
    "legal_entity": (62, 22, 6, 2, 2, 3, 3, 0),
    "municipal_institution": (50, 45, 5, 0, 0, 0, 0, 0),
    "managing_company": (10, 30, 40, 20, 0, 0, 0, 0),
    "supplier": (80, 20, 0, 0, 0, 0, 0, 0),
}


def choose(rng: Random, category: str, tenure: str) -> str:
    """The habit of an account holder. Nobody pays for empty and ownerless flats."""
    if tenure in ("vacant", "escheat"):
        return "never"
    return rng.choices(HABITS, _WEIGHTS[category])[0]


def pays(rng: Random, habit: str, *, balance: int, bill: int, turn: int, months: int) -> int:
    """Kopecks paid this month by a holder who sees the balance (debt positive) and the newest bill.

    `turn` is the number of the month in the town, `months` their count: `gave_up` stops two fifths of the way.
    """
    if habit == "overpaying":
        return _rounded(bill + rng.randrange(0, 60000)) if balance > -4 * bill and rng.random() < 0.9 else 0
    if balance <= 0:
        return 0
    return _OWING[habit](rng, balance, bill, turn, months)


def _rounded(sum_: int) -> int:
    return -(-sum_ // 10000) * 10000


def _punctual(rng, balance, bill, turn, months):
    return balance if rng.random() < 0.97 else 0


def _late(rng, balance, bill, turn, months):
    return max(balance - bill * rng.randrange(0, 2), 0) if rng.random() < 0.8 else 0


def _partial(rng, balance, bill, turn, months):
    return bill * rng.randrange(45, 116) // 100


def _sporadic(rng, balance, bill, turn, months):
    return min(rng.randrange(1, 13) * 100000, balance) if rng.random() < 0.24 else 0


def _never(rng, balance, bill, turn, months):
    return 0


def _gave_up(rng, balance, bill, turn, months):
    return balance if turn * 5 < months * 2 else 0


def _withheld(rng, balance, bill, turn, months):
    return min(balance, rng.randrange(90000, 420000)) if turn > 14 and rng.random() < 0.6 else 0


_OWING = {
    "punctual": _punctual,
    "late": _late,
    "partial": _partial,
    "sporadic": _sporadic,
    "never": _never,
    "gave_up": _gave_up,
    "withheld": _withheld,
}
