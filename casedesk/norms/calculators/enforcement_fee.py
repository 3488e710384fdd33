"""The bailiff's enforcement fee (229-ФЗ ст. 112).

It is set once, on the sum that was to be collected; never counted anew from what remains.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from casedesk.common import money
from casedesk.norms.inputs import Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.rounding import half_up

ALLOWED = ("amount", "debtor", "on", "demand")
DEBTORS = ("citizen", "entrepreneur", "organisation")


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `enforcement_fee`. `demand`: "property" (default) or "non_property", where the sum does not matter."""
    inputs = Inputs(data, ALLOWED)
    debtor = inputs.choice("debtor", DEBTORS)
    demand = inputs.choice("demand", ("property", "non_property"), "property")
    rule = reading.value("enforcement.fee", inputs.day("on"))
    if demand == "non_property":
        fee = rule["non_property"][debtor] * 100
        return {
            "fee": money.text(fee),
            "lines": [{"text": "Неимущественное требование: твёрдая сумма.", "amount": money.text(fee)}],
        }
    amount = inputs.amount("amount", zero=False)
    share = half_up(amount * Fraction(Decimal(rule["percent"])) / 100)
    least = rule[debtor] * 100
    lines = [{"text": f"{rule['percent']} % от {money.spaced(amount)} ₽", "amount": money.text(share)}]
    if share < least:
        lines.append({"text": f"не менее {money.spaced(least)} ₽", "amount": money.text(least)})
    if "with_debt" in rule:
        rest = rule["percent"] - rule["with_debt"]
        lines.append({"text": f"{rule['with_debt']} % взыскивают вместе с долгом, {rest} % после него (ст. 110)."})
    lines.append({"text": "Сбор считается один раз от суммы к взысканию и не пересчитывается от остатка."})
    return {"fee": money.text(max(share, least)), "lines": lines}
