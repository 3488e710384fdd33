"""In which state a raid is. What may come of a visit at the door is told in the room below, for rounds and raids alike."""

from enum import StrEnum

from debtors.rules.visit_words import OUTCOME_NAMES, OUTCOME_TONES, Outcome, worded


class RaidState(StrEnum):
    """Where a raid stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


STATE_NAMES = {RaidState.PLANNED: "запланирован", RaidState.HELD: "проведён", RaidState.CANCELLED: "отменён"}

__all__ = ["OUTCOME_NAMES", "OUTCOME_TONES", "STATE_NAMES", "Outcome", "RaidState", "worded"]
