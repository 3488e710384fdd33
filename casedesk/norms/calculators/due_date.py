"""Until when a month must be paid, and on which days the penalty changes (ЖК РФ ст. 155 ч. 1, 14)."""

import datetime as dt
from typing import Any

from casedesk.common import months
from casedesk.norms.due_dates import due_on, payment_day
from casedesk.norms.inputs import Inputs
from casedesk.norms.penalty.ladder import Step, steps_between
from casedesk.norms.reading import Reading
from casedesk.norms.terms import said

ALLOWED = ("billing_month", "contract_day")
ONE_DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=366)


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `due_date`. Refuses a contract day for months from February 2026 (ContractDayNotAllowed)."""
    inputs = Inputs(data, ALLOWED)
    month = inputs.month("billing_month")
    contract_day = inputs.whole("contract_day", None, least=1, most=31)
    due = due_on(month, contract_day, reading.norms)
    number = contract_day or payment_day(month, reading.norms)
    month_end = months.last_day(month + 1)
    nominal = month_end.replace(day=min(number, month_end.day))
    _read_day(reading, month)
    reading.on_or_after(nominal)
    steps = _ladder_days(due, reading)
    lines = [
        {"text": f"Месяц {months.named(month)}: оплата до {number}-го числа следующего месяца, {said(nominal)} включительно."}
    ]
    if due != nominal:
        lines.append({"text": f"{said(nominal)} — нерабочий день, срок переносится на {said(due)} (ГК РФ ст. 193)."})
    lines.append({"text": f"Первый день просрочки {said(due + ONE_DAY)}."})
    return {
        "due_date": due,
        "first_day_of_delay": due + ONE_DAY,
        "first_day_1_300": _first(steps, "1/300"),
        "last_day_1_300": _last(steps, "1/300"),
        "first_day_1_130": _first(steps, "1/130"),
        "lines": lines,
    }


def _read_day(reading: Reading, month: int) -> None:
    first = reading.norms.norm("payment_terms.housing_day").first_day
    reading.find("payment_terms.housing_day", max(months.first_day(month + 1), first))


def _ladder_days(due: dt.date, reading: Reading) -> list[Step]:
    """Steps of the housing ladder from the first day of delay until the last step is surely reached."""
    norm = reading.norms.norm("penalty_ladders.housing_155_14")
    if due < norm.first_day:
        reading.warn(f"Ступени пени известны с {said(norm.first_day)}: для более раннего срока они не показаны.")
        return []
    through = max(due, norm.values[-1].valid_from) + LONGEST
    return list(steps_between("housing_155_14", due=due, first=due + ONE_DAY, last=through, reading=reading))


def _first(steps: list[Step], share: str) -> dt.date | None:
    return next((step.first for step in steps if step.share == share), None)


def _last(steps: list[Step], share: str) -> dt.date | None:
    return next((step.last for step in reversed(steps) if step.share == share), None)
