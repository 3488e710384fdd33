"""What going to court costs: the state duty for an order, or for a claim where the sum is too large for an order."""

import datetime as dt
from functools import lru_cache

from casedesk.common import money
from casedesk.norms.calculators import state_duty
from casedesk.norms.catalogue import shipped
from casedesk.norms.reading import Reading

ASKER = "пошлина по делу"


@lru_cache(maxsize=65536)
def fee_to_file(amount: int, filed: dt.date, court: str = "general") -> int:
    """Duty in kopecks for claiming `amount` kopecks on the day (НК РФ ст. 333.19). An order up to its limit, else a lawsuit."""
    reading = Reading(shipped(), ASKER)
    limit = money.from_decimal(reading.value(state_duty.ORDER_LIMITS[court], filed))
    kind = "order" if amount <= limit else "claim"
    asked = {"amount": money.text(amount), "court": court, "kind": kind, "filed": filed.isoformat()}
    return money.kopecks(state_duty.calculate(asked, reading)["fee"])
