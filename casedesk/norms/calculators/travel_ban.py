"""From which sum and day a bailiff may forbid the debtor to leave the country (229-ФЗ ст. 67 ч. 1-2)."""

import datetime as dt
from typing import Any

from casedesk.common import money
from casedesk.norms.inputs import Inputs
from casedesk.norms.reading import Reading
from casedesk.norms.terms import add_months, said

ALLOWED = ("amount", "claim", "voluntary_term_ended", "as_of")
CLAIMS = ("general", "special")
ONE_DAY = dt.timedelta(days=1)


def calculate(data: Any, reading: Reading) -> dict[str, Any]:
    """Answer `travel_ban`: whether the ban is open on `as_of` and from which day.

    `claim` "special": alimony, harm to health, loss of the breadwinner and the like.
    """
    inputs = Inputs(data, ALLOWED)
    amount, claim = inputs.amount("amount"), inputs.choice("claim", CLAIMS, "general")
    ended, as_of = inputs.day("voluntary_term_ended"), inputs.day("as_of")
    rule = reading.value("enforcement.travel_ban", as_of)
    threshold = rule[claim] * 100
    if amount >= threshold:
        opens = ended + ONE_DAY
        text = f"Долг не меньше {money.spaced(threshold)} ₽: после срока добровольного исполнения, с {said(opens)}."
    elif amount >= rule["after_two_months"] * 100:
        opens = add_months(ended, rule["months"]) + ONE_DAY
        text = (
            f"Долг меньше {money.spaced(threshold)} ₽, но не меньше {money.spaced(rule['after_two_months'] * 100)} ₽: "
            f"через {rule['months']} месяца после срока добровольного исполнения, с {said(opens)}."
        )
    else:
        opens = None
        text = f"Долг меньше {money.spaced(rule['after_two_months'] * 100)} ₽: выезд не ограничивают."
    return {
        "allowed": bool(opens and opens <= as_of),
        "allowed_from": opens,
        "threshold": money.text(threshold),
        "lines": [{"text": text}],
    }
