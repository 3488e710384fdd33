"""Days on which no penalty accrues. The number of the day of delay runs on through them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from casedesk.norms.norm import Value
from casedesk.norms.reading import Reading

ONE_DAY = dt.timedelta(days=1)
MORATORIA = "moratoria.penalty"


@dataclass(frozen=True)
class Window:
    """Days without penalty, both ends included; `due_before`: only for debts whose due day is earlier than this."""

    first: dt.date
    last: dt.date
    due_before: dt.date | None = None

    def concerns(self, due: dt.date) -> bool:
        return self.due_before is None or due < self.due_before


def from_norms(*, ladder: str, due: dt.date, through: dt.date, reading: Reading) -> list[Window]:
    """The moratoria of the norm base that this debt meets; each becomes a source of the answer."""
    found = []
    for value in reading.norms.norm(MORATORIA).values:
        window = _window(value)
        if ladder in value.value["ladders"] and window.concerns(due) and due < window.last and window.first <= through:
            reading.use(reading.norms.norm(MORATORIA), value)
            found.append(window)
    return found


def _window(value: Value) -> Window:
    return Window(value.valid_from, value.valid_to, value.value.get("due_before"))


def cut(first: dt.date, last: dt.date, windows: list[Window]) -> Iterator[tuple[dt.date, dt.date, bool]]:
    """The days cut at the windows: first day, last day, whether a moratorium holds."""
    day = first
    while day <= last:
        holding = [w.last for w in windows if w.first <= day <= w.last]
        ends = [max(holding)] if holding else [window.first - ONE_DAY for window in windows if window.first > day]
        end = min([last, *ends])
        yield day, end, bool(holding)
        day = end + ONE_DAY
