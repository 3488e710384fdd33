"""Steps to limit and suspend a utility service for debt (Правила 354 п. 117-120).

Debt over two monthly payments -> warning -> 20 days after its delivery the service may be limited -> 10 days after the limit
it may be suspended (at once after the 20 days when it cannot be limited). Heating and cold water in a block of flats never.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from casedesk.common import money
from casedesk.norms.inputs import Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.terms import said

ALLOWED = (
    "debt",
    "monthly_payment",
    "service",
    "as_of",
    "has_agreement",
    "warned_on",
    "can_be_limited",
    "limited_on",
    "paid_on",
)
SERVICES = ("electricity", "gas", "hot_water", "wastewater", "heating", "cold_water")
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Facts:
    """What is known of the service; days are None while the step has not been taken."""

    as_of: dt.date
    warned_on: dt.date | None
    limited_on: dt.date | None
    paid_on: dt.date | None
    can_be_limited: bool


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `service_restriction`: whether the debt is enough, and the first lawful day of each step (null: not yet open)."""
    inputs = Inputs(data, ALLOWED)
    facts = _facts(inputs)
    lines: list[dict[str, Any]] = []
    enough = _is_enough(inputs, facts.as_of, reading, lines)
    never = inputs.choice("service", SERVICES) in reading.value("service_restriction.never_suspended", facts.as_of)
    if never:
        lines.append({"text": "Эту услугу не ограничивают и не приостанавливают (Правила 354 п. 119)."})
    open_ = enough and not never
    limit, suspend = _days(facts, reading, lines) if open_ else (None, None)
    return {
        "enough_debt": enough,
        "never_suspended": never,
        "limit_from": limit,
        "suspend_from": suspend,
        "restore_by": _restore(facts, reading, lines),
        "next_step": _next_step(open_, facts, limit, suspend),
        "lines": lines,
    }


def _facts(inputs: Inputs) -> Facts:
    facts = Facts(
        as_of=inputs.day("as_of"),
        warned_on=inputs.day("warned_on", None),
        limited_on=inputs.day("limited_on", None),
        paid_on=inputs.day("paid_on", None),
        can_be_limited=inputs.flag("can_be_limited", True),
    )
    if facts.limited_on and (not facts.warned_on or facts.limited_on <= facts.warned_on):
        raise inputs.bad("limited_on", "ограничение возможно только после вручённого предупреждения (warned_on)")
    return facts


def _is_enough(inputs: Inputs, as_of: dt.date, reading: Reading, lines: list[dict[str, Any]]) -> bool:
    debt, monthly = inputs.amount("debt"), inputs.amount("monthly_payment", zero=False)
    months = reading.value("service_restriction.debt_months", as_of)
    enough = debt > months * monthly and not inputs.flag("has_agreement", False)
    sign = "больше" if debt > months * monthly else "не больше"
    text = f"Долг {money.spaced(debt)} ₽ {sign} {months} месячных плат ({money.spaced(months * monthly)} ₽)."
    if inputs.flag("has_agreement", False):
        text += " Заключено соглашение о погашении: ограничивать нельзя, пока оно исполняется."
    lines.append({"text": text})
    return enough


def _days(facts: Facts, reading: Reading, lines: list[dict[str, Any]]) -> tuple[dt.date | None, dt.date | None]:
    """The first lawful days of the limit and of the suspension."""
    if not facts.warned_on:
        lines.append({"text": "Нужно вручить предупреждение способом, который подтверждает получение."})
        return None, None
    wait = reading.value("service_restriction.warning_days", facts.warned_on)
    opens = facts.warned_on + dt.timedelta(days=wait) + ONE_DAY
    lines.append(
        {"text": f"Предупреждение вручено {said(facts.warned_on)}: {wait} дней на оплату, ограничить можно с {said(opens)}."}
    )
    if not facts.can_be_limited:
        lines.append({"text": f"Ограничить технически нельзя: приостановление с {said(opens)}."})
        return None, opens
    if not facts.limited_on:
        return opens, None
    if facts.limited_on < opens:
        reading.warn(f"Ограничение {said(facts.limited_on)} раньше {said(opens)}: 20 дней после предупреждения не прошли.")
    more = reading.value("service_restriction.suspension_days", facts.limited_on)
    suspend = facts.limited_on + dt.timedelta(days=more) + ONE_DAY
    lines.append({"text": f"Ограничена {said(facts.limited_on)}: через {more} дней, с {said(suspend)}, можно приостановить."})
    return opens, suspend


def _restore(facts: Facts, reading: Reading, lines: list[dict[str, Any]]) -> dt.date | None:
    if not facts.paid_on:
        return None
    days = reading.value("service_restriction.restoration_days", facts.paid_on)
    by = facts.paid_on + dt.timedelta(days=days)
    lines.append({"text": f"Оплачено {said(facts.paid_on)}: возобновить до {said(by)} включительно (п. 120)."})
    return by


def _next_step(open_: bool, facts: Facts, limit: dt.date | None, suspend: dt.date | None) -> str:
    """restore, none, warn, wait, limit, suspend: what may be done on the day."""
    if facts.paid_on:
        return "restore"
    if not open_:
        return "none"
    if not facts.warned_on:
        return "warn"
    day, step = (suspend, "suspend") if suspend else (limit, "limit")
    return step if day <= facts.as_of else "wait"
