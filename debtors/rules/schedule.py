"""How an agreed debt is spread over months: equal, declining, with a first payment, after a holiday.

Parts always add up to the debt to the kopeck. A day on which nobody works moves to the next working day (ГК РФ ст. 193).
Plan rows P2.4, L6.
"""

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from casedesk.common import money
from casedesk.common.refusals import Refusal
from casedesk.norms.working_days import working_calendar


class ScheduleKind(StrEnum):
    """How the parts follow each other."""

    EQUAL = "equal"
    DECLINING = "declining"


SCHEDULE_NAMES = {ScheduleKind.EQUAL: "равными частями", ScheduleKind.DECLINING: "убывающими частями"}
MOST_PARTS = 60


class WrongSchedule(Refusal):
    """The terms do not make a schedule."""

    code = "wrong_schedule"


@dataclass(frozen=True)
class Terms:
    """What the two sides agreed on. Amounts in kopecks; `pay_day` is a day of the month (31: the last)."""

    total: int
    parts: int
    signed_on: dt.date
    pay_day: int
    kind: ScheduleKind = ScheduleKind.EQUAL
    first_payment: int = 0
    """Paid on signing, before the parts; 0: none."""
    holiday: int = 0
    """Whole months without payments before the first part."""


@dataclass(frozen=True)
class Part:
    """One instalment (взнос): its number from 1, its last day, kopecks."""

    number: int
    due_on: dt.date
    amount: int


def schedule(terms: Terms) -> list[Part]:
    """The instalments in order. Raises WrongSchedule naming the term that does not fit."""
    _check(terms)
    rest = terms.total - terms.first_payment
    amounts = money.split(rest, _weights(terms))
    if not all(amounts):
        raise WrongSchedule(
            f"Долг {money.spaced(terms.total)} ₽ нельзя разделить на {terms.parts} взносов: выйдет взнос в 0 копеек."
        )
    parts = [Part(1, terms.signed_on, terms.first_payment)] if terms.first_payment else []
    for step, amount in enumerate(amounts):
        parts.append(Part(len(parts) + 1, _pay_day(terms, terms.holiday + step + 1), amount))
    return parts


def _weights(terms: Terms) -> list[int]:
    """Equal parts, or parts that fall evenly: with n parts the first weighs n, the last 1."""
    if terms.kind == ScheduleKind.EQUAL:
        return [1] * terms.parts
    return list(range(terms.parts, 0, -1))


def _pay_day(terms: Terms, months_later: int) -> dt.date:
    year, month = divmod(terms.signed_on.year * 12 + terms.signed_on.month - 1 + months_later, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return working_calendar().on_or_after(dt.date(year, month + 1, min(terms.pay_day, last)))


def _check(terms: Terms) -> None:
    shown = money.spaced(terms.total)
    if terms.total <= 0:
        raise WrongSchedule("Рассрочивать нечего: открытого долга за выбранные месяцы нет.")
    if not 1 <= terms.parts <= MOST_PARTS:
        raise WrongSchedule(f"Взносов {terms.parts}: укажите от 1 до {MOST_PARTS}.")
    if not 1 <= terms.pay_day <= 31:
        raise WrongSchedule(f"День платежа {terms.pay_day}: укажите от 1 до 31; 31 значит последний день месяца.")
    if not 0 <= terms.first_payment < terms.total:
        first = money.spaced(terms.first_payment)
        raise WrongSchedule(f"Первый взнос {first} ₽ должен быть меньше долга {shown} ₽.")
    if not 0 <= terms.holiday <= MOST_PARTS:
        raise WrongSchedule(f"Отсрочка {terms.holiday} мес.: укажите от 0 до {MOST_PARTS}.")
