"""State duty for a claim or a court order (НК РФ ст. 333.19, 333.21, 52 п. 6). The day of filing decides the table."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

from casedesk.common import money
from casedesk.norms.inputs import Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.rounding import half_up
from casedesk.norms.terms import said

ALLOWED = ("amount", "court", "kind", "filed", "round", "round_before_half", "order_fee_paid")
COURTS = ("general", "arbitrazh")
KINDS = ("claim", "order")
ORDER_LIMITS = {"general": "court_terms.order_limit", "arbitrazh": "court_terms.arbitrazh_order_limit"}


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `state_duty`: fee in roubles, and what is left to pay when the duty for the order is credited.

    `round` false keeps kopecks, as courts often do; `round_before_half` false halves the unrounded table figure.
    `order_fee_paid` is the duty already paid for a cancelled order (НК РФ ст. 333.20 п. 1 пп. 13).
    """
    inputs = Inputs(data, ALLOWED)
    amount = inputs.amount("amount", zero=False)
    court, kind = inputs.choice("court", COURTS), inputs.choice("kind", KINDS)
    filed = inputs.day("filed")
    whole = inputs.flag("round", True)
    lines: list[dict[str, Any]] = []
    fee = _table(amount, reading.value(f"state_duty.{court}_claim", filed), lines)
    if kind == "order":
        _warn_of_limit(amount, court, filed, reading)
        if whole and inputs.flag("round_before_half", True):
            fee = _rounded(fee, filed, reading)
        fee = _order(fee, reading.value(f"state_duty.{court}_order", filed), lines)
    if whole:
        fee = _rounded(fee, filed, reading)
        lines.append({"text": "Округлено до целого рубля (НК РФ ст. 52 п. 6).", "amount": money.text(int(fee))})
    answer: dict[str, Any] = {"fee": money.text(half_up(fee)), "lines": lines}
    return answer | _credited(inputs, half_up(fee), kind, lines)


def _table(amount: int, table: dict[str, Any], lines: list[dict[str, Any]]) -> Fraction:
    """The table's figure in kopecks, unrounded, within its least and greatest."""
    step = [step for step in table["steps"] if _kopecks(step["over"]) < amount][-1]
    over = amount - _kopecks(step["over"])
    fee = Fraction(_kopecks(step["base"])) + over * Fraction(Decimal(step["percent"])) / 100
    lines.append({"text": _step_text(step, over), "amount": money.text(half_up(fee))})
    for bound, wins, word in (("minimum", max, "не менее"), ("maximum", min, "не более")):
        limited = wins(fee, Fraction(_kopecks(table[bound])))
        if limited != fee:
            lines.append({"text": f"{word} {money.spaced(int(limited))} ₽", "amount": money.text(int(limited))})
        fee = limited
    return fee


def _step_text(step: dict[str, Any], over: int) -> str:
    base, percent = _kopecks(step["base"]), step["percent"]
    parts = [f"{money.spaced(base)} ₽"] if base else []
    if percent:
        parts.append(f"{percent} % от {money.spaced(over)} ₽" + (f" (сверх {step['over']} ₽)" if step["over"] else ""))
    return " + ".join(parts)


def _order(fee: Fraction, rule: dict[str, Any], lines: list[dict[str, Any]]) -> Fraction:
    fee *= Fraction(rule["share"])
    lines.append({"text": f"Судебный приказ: {rule['share']} размера пошлины.", "amount": money.text(half_up(fee))})
    least = Fraction(_kopecks(rule.get("minimum", 0)))
    if least > fee:
        lines.append({"text": f"не менее {money.spaced(int(least))} ₽", "amount": money.text(int(least))})
    return max(fee, least)


def _rounded(fee: Fraction, filed: dt.date, reading: Reading) -> Fraction:
    unit = reading.value("state_duty.rounding", filed)
    return Fraction(half_up(fee / unit) * unit)


def _warn_of_limit(amount: int, court: str, filed: dt.date, reading: Reading) -> None:
    limit = _kopecks(reading.value(ORDER_LIMITS[court], filed))
    if amount > limit:
        reading.warn(f"Сумма больше {money.spaced(limit)} ₽: приказ на неё не выдают, подавайте иск (на {said(filed)}).")


def _credited(inputs: Inputs, fee: int, kind: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    paid = inputs.amount("order_fee_paid", None)
    if paid is None:
        return {}
    if kind == "order":
        raise inputs.bad("order_fee_paid", "зачёт возможен только для иска (kind = claim) после отмены приказа")
    left = max(fee - paid, 0)
    lines.append(
        {"text": "Зачтена пошлина за отменённый приказ (НК РФ ст. 333.20 п. 1 пп. 13).", "amount": money.text(min(paid, fee))}
    )
    return {"credited": money.text(min(paid, fee)), "to_pay": money.text(left)}


def _kopecks(value: int | Decimal) -> int:
    return money.from_decimal(value)
