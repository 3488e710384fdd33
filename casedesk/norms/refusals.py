"""What the norm base says when it cannot answer."""

import datetime as dt

from casedesk.common.refusals import Refusal


class NormNotKnown(Refusal):
    """No value of the norm covers the day. Names the norm, the day and who asked."""

    code = "norm_not_known"

    def __init__(self, *, norm: str, day: dt.date, asker: str, why: str):
        super().__init__(
            f"Норма «{norm}» на {day:%d.%m.%Y} не известна: {why}. Спросил расчёт «{asker}». "
            "Возьмите день из известного срока или попросите администратора добавить значение с источником.",
            norm=norm,
            day=day,
            asker=asker,
        )


class NoSuchNorm(LookupError):
    """A programmer's mistake: the catalogue has no norm of this name."""


class BadNormData(ValueError):
    """A data file breaks the rules of the norm base; raised at start with every fault found, one per line."""

    def __init__(self, faults: list[str]):
        self.faults = faults
        super().__init__("\n".join(faults))
