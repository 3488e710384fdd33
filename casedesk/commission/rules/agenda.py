"""Who is put before the commission: the rule is data, the reason is said for each case."""

import datetime as dt
from dataclasses import dataclass

from casedesk.common import money


@dataclass(frozen=True)
class Persistent:
    """What makes a malicious defaulter (злостный неплательщик) for this commission. Sums in kopecks, terms in days."""

    months_x100: int = 600
    overdue: int = 3_000_000
    without_agreement: bool = True
    without_hold: bool = True
    warned: bool = True
    population: bool = True
    rest_days: int = 90

    @property
    def in_words(self) -> str:
        """The rule as people say it."""
        asked = [f"долг от {hundredths(self.months_x100)} мес. начислений", f"просрочено от {money.spaced(self.overdue)} ₽"]
        asked += ["соглашения нет"] if self.without_agreement else []
        asked += ["работа не приостановлена"] if self.without_hold else []
        asked += ["напоминание вручено"] if self.warned else []
        asked += ["только население"] if self.population else []
        asked += [f"не слушали последние {self.rest_days} дн."] if self.rest_days else []
        return ", ".join(asked)


def hundredths(value: int) -> str:
    """`600` -> `6`, `250` -> `2,5`."""
    whole, part = divmod(value, 100)
    return f"{whole},{part:02d}".rstrip("0").rstrip(",")


def reason(rule: Persistent, *, overdue: int, months_x100: int, heard_on: dt.date | None, warned_on: dt.date | None) -> str:
    """Why this case is on the agenda, with its own figures beside the rule's."""
    said = [
        f"просрочено {money.spaced(overdue)} ₽ при пороге {money.spaced(rule.overdue)} ₽",
        f"{hundredths(months_x100)} мес. начислений при пороге {hundredths(rule.months_x100)}",
    ]
    if warned_on:
        said.append(f"напоминание вручено {warned_on:%d.%m.%Y}")
    if rule.without_agreement:
        said.append("соглашения в силе нет")
    said.append(f"слушали {heard_on:%d.%m.%Y}" if heard_on else "на комиссии не слушали")
    return "; ".join(said)
