"""What filing a claim costs: the state duty less what was paid for an application that failed (НК РФ ст. 333.19-333.21)."""

import datetime as dt
from dataclasses import dataclass, field

from casedesk.common import money
from casedesk.norms.calculators import state_duty
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.reading import Reading
from enforcement.rules.claim_stages import IN_ARBITRAZH, ORDERS, ClaimKind

ASKER = "пошлина по требованию"


@dataclass(frozen=True)
class Duty:
    """Kopecks: the duty and how much of it was paid before. `lines` explain, `warnings` name doubtful norms."""

    fee: int = 0
    credited: int = 0
    lines: list[dict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def to_pay(self) -> int:
        return self.fee - self.credited


def duty_of(kind: str, price: int, filed: dt.date, norms: Catalogue, *, paid_before: int = 0, exempt: bool = False) -> Duty:
    """Duty of a claim for `price` kopecks filed on the day. An eviction adds the duty of a claim without a price."""
    if exempt:
        return Duty(lines=[{"text": "Взыскатель освобождён от пошлины (НК РФ ст. 333.36, 333.37).", "amount": "0.00"}])
    reading = Reading(norms, ASKER)
    fee, lines = 0, []
    if price:
        asked = {
            "amount": money.text(price),
            "court": "arbitrazh" if kind in IN_ARBITRAZH else "general",
            "kind": "order" if kind in ORDERS else "claim",
            "filed": filed.isoformat(),
        }
        answer = state_duty.calculate(asked, reading)
        fee, lines = money.kopecks(answer["fee"]), answer["lines"]
    if kind == ClaimKind.EVICTION:
        apart = money.from_decimal(reading.value("state_duty.nonproperty_organisation", filed))
        fee += apart
        lines = [*lines, {"text": "Требование о выселении (НК РФ ст. 333.19 п. 1 пп. 3).", "amount": money.text(apart)}]
    credited = min(paid_before, fee)
    if credited:
        text = "Зачтена пошлина за прежнее заявление (НК РФ ст. 333.20 п. 1 пп. 13, ст. 333.40)."
        lines = [*lines, {"text": text, "amount": money.text(credited)}]
    return Duty(fee, credited, lines, reading.warnings)


def order_limit(in_arbitrazh: bool, filed: dt.date, norms: Catalogue) -> int:
    """The largest price of an application for an order, kopecks (ГПК РФ ст. 121; АПК РФ ст. 229.2)."""
    name = state_duty.ORDER_LIMITS["arbitrazh" if in_arbitrazh else "general"]
    return money.from_decimal(Reading(norms, ASKER).value(name, filed))
