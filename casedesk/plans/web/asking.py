"""What a plan page's address asks: the month, the day of knowledge. Wrong values fall back and say so."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.utils import timezone

from casedesk.common import months
from casedesk.plans.models import Plan
from casedesk.plans.queries.question import Question, end_of, reach_of


@dataclass(frozen=True)
class Asked:
    """The asked month of a plan, with the addresses of its neighbours."""

    plan: Plan
    question: Question
    known_on: dt.date | None
    today: dt.date

    @property
    def period(self) -> int:
        return self.question.period

    @property
    def iso(self) -> str:
        return months.iso(self.period)

    @property
    def previous(self) -> str:
        return self.query(period=months.iso(self.period - 1))

    @property
    def following(self) -> str:
        """The address of the next month; empty when it has not begun."""
        return self.query(period=months.iso(self.period + 1)) if self.period < months.of(self.today) else ""

    @property
    def now(self) -> str:
        """The same month as it is known now."""
        return self.query(known_on=None)

    @property
    def as_of(self) -> dt.date:
        return self.question.as_of

    def query(self, **changes: str | None) -> str:
        """`?period=...` of this question, with changes; None takes a parameter out."""
        known = {"known_on": self.known_on.isoformat()} if self.known_on else {}
        asked = {"period": self.iso} | known | changes
        return "?" + urlencode({name: value for name, value in asked.items() if value is not None})


def asked(request, plan: Plan) -> Asked:
    """Read the address. Without a month: the one before today's."""
    today = timezone.localdate()
    period = _period(request, months.of(today) - 1)
    known_on = _day(request, "known_on")
    question = Question(
        period,
        reach_of(request.user, plan.territory),
        known_at=end_of(known_on) if known_on else None,
        base_on=plan.base_on,
    )
    return Asked(plan, question, known_on, today)


def _period(request, default: int) -> int:
    given = request.GET.get("period")
    if not given:
        return default
    try:
        return months.parse(given)
    except ValueError as wrong:
        messages.warning(request, f"{wrong}. Показан {months.named(default)}.")
        return default


def _day(request, name: str) -> dt.date | None:
    given = request.GET.get(name)
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        messages.warning(request, f"«{given}» не день: нужен вид ГГГГ-ММ-ДД. Показано то, что известно сейчас.")
        return None
