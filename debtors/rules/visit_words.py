"""What may come of a visit at the door, and in which state a round of addresses is."""

from enum import StrEnum

from casedesk.common import money


class RoundState(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


ROUND_NAMES = {RoundState.PLANNED: "запланирован", RoundState.HELD: "проведён", RoundState.CANCELLED: "отменён"}


ROUND_CHOICES = [(str(state), name) for state, name in ROUND_NAMES.items()]


class Outcome(StrEnum):
    """What came of a visit (результат)."""

    NOBODY_HOME = "nobody_home"
    TALKED = "talked"
    PROMISED = "promised"
    PAID = "paid"
    REFUSED = "refused"
    NOT_LIVING = "not_living"


OUTCOME_NAMES = {
    Outcome.NOBODY_HOME: "никого нет дома",
    Outcome.TALKED: "поговорили",
    Outcome.PROMISED: "обещал оплатить",
    Outcome.PAID: "оплатил на месте",
    Outcome.REFUSED: "отказался говорить",
    Outcome.NOT_LIVING: "не живёт по адресу",
}
OUTCOME_TONES = {
    Outcome.NOBODY_HOME: "",
    Outcome.TALKED: "info",
    Outcome.PROMISED: "ok",
    Outcome.PAID: "ok",
    Outcome.REFUSED: "warn",
    Outcome.NOT_LIVING: "warn",
}


def worded(outcome: str, *, promised_on=None, promised=None, paid=None, notice_handed=False, property_seen="") -> str:
    """A visit in one phrase: `обещал оплатить до 15.03.2024, 5 000,00 ₽; вручено уведомление`."""
    said = OUTCOME_NAMES[outcome]
    if outcome == Outcome.PROMISED:
        said += f" до {promised_on:%d.%m.%Y}" if promised_on else ""
        said += f", {money.spaced(promised)} ₽" if promised else ""
    if outcome == Outcome.PAID and paid:
        said += f" {money.spaced(paid)} ₽"
    more = ["вручено уведомление"] if notice_handed else []
    more += [f"имущество: {property_seen}"] if property_seen else []
    return "; ".join([said, *more])
