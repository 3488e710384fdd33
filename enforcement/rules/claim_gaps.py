"""What stands between a case and its claim: what stops it, what is missing for filing, what to know."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a gap weighs: it stops the claim, the court would send it back, or it is only to be known."""

    STOPS = "stops"
    MISSING = "missing"
    NOTE = "note"


@dataclass(frozen=True)
class Gap:
    """One thing found by the check before filing, with what to do about it."""

    code: str
    weight: Weight
    words: str
    about: str = ""
    """What the remedy is done on: `debtor` with its id in `pk`; `holder` (no debtor yet) and `owners` with the account's."""
    pk: int = 0

    def __str__(self) -> str:
        return self.words


NAMES = {
    "not_allowed": "дело не в том состоянии",
    "nothing_open": "нет свободного просроченного долга",
    "stale_payments": "оплаты устарели",
    "penalty_unknown": "пени не сосчитаны",
    "shares": "доли не сходятся",
    "no_debtor": "нет должника",
    "eviction": "не подходит для выселения",
    "birth_date": "дата рождения",
    "identifier": "идентификатор",
    "notice": "подтверждение напоминания",
    "address": "адрес",
    "court": "суд",
    "court_by_policy": "суд не по адресу",
    "owner_of_share": "владелец доли",
    "opening": "входящее сальдо без расшифровки",
    "expired": "месяцы за давностью",
    "order_limit": "больше предела приказа",
    "doubtful_norm": "норма под вопросом",
}
"""Short names for counts: «не хватает: дата рождения (12)»."""


def stops(code: str, words: str, *, about: str = "", pk: int = 0) -> Gap:
    return Gap(code, Weight.STOPS, words, about, pk)


def missing(code: str, words: str, *, about: str = "", pk: int = 0) -> Gap:
    return Gap(code, Weight.MISSING, words, about, pk)


def note(code: str, words: str) -> Gap:
    return Gap(code, Weight.NOTE, words)
