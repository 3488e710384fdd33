"""Whether an agreement is kept: a pure function of the schedule, of what is still open, and of a day.

Money goes to the oldest month first, so what is left of the covered months tells what was paid on the agreement; nothing of
it has to be stored. A breach is an instalment whose last day is past and not covered, or, where the agreement asks for it, a
current bill that became overdue.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from casedesk.common import money
from debtors.rules.schedule import Part


class AgreementState(StrEnum):
    """Where an agreement stands; kept as a column, moved by events only."""

    ACTIVE = "active"
    BREACHED = "breached"
    NOTIFIED = "notified"
    FULFILLED = "fulfilled"
    TERMINATED = "terminated"


AGREEMENT_STATES = {
    AgreementState.ACTIVE: "исполняется",
    AgreementState.BREACHED: "нарушено",
    AgreementState.NOTIFIED: "нарушено, должник уведомлён",
    AgreementState.FULFILLED: "исполнено",
    AgreementState.TERMINATED: "расторгнуто",
}
IN_FORCE = frozenset({AgreementState.ACTIVE, AgreementState.BREACHED, AgreementState.NOTIFIED})


@dataclass(frozen=True)
class AgreementStanding:
    """How an agreement stands on a day. Kopecks."""

    on: dt.date
    total: int
    open: int
    """What is left of the months it covers."""
    due: int
    """All instalments whose last day is the day or earlier."""
    current_overdue: int
    next_part: Part | None

    @property
    def paid(self) -> int:
        return max(0, self.total - self.open)

    @property
    def behind(self) -> int:
        """What should have been paid by the day and was not."""
        return max(0, self.due - self.paid)

    @property
    def is_broken(self) -> bool:
        return self.behind > 0 or self.current_overdue > 0

    @property
    def is_fulfilled(self) -> bool:
        return self.open <= 0

    @property
    def why(self) -> str:
        """What is broken, in the words of the event; empty when nothing is."""
        said = []
        if self.behind:
            said.append(f"по графику не хватает {money.spaced(self.behind)} ₽")
        if self.current_overdue:
            said.append(f"просрочены текущие начисления: {money.spaced(self.current_overdue)} ₽")
        return "; ".join(said)


def standing(
    *, parts: Iterable[Part], total: int, open_covered: int, open_after: int, current_too: bool, on: dt.date
) -> AgreementStanding:
    """The standing at the end of the day `on`. `open_covered`: what is open of the covered months; `open_after`: what is
    overdue of later months. A payment on the last day itself is in time (ГК РФ ст. 194)."""
    listed = sorted(parts, key=lambda part: part.number)
    due = sum(part.amount for part in listed if part.due_on <= on)
    coming = next((part for part in listed if part.due_on > on), None)
    return AgreementStanding(on, total, open_covered, due, open_after if current_too else 0, coming)
