"""All calculators by name: what the command, the API and the screens call."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casedesk.norms.calculators import (
    due_date,
    enforcement_fee,
    limitation,
    payment_qr,
    penalty,
    presentation,
    procedural_terms,
    service_restriction,
    state_duty,
    travel_ban,
    working_days,
)
from casedesk.norms.catalogue import Catalogue, shipped
from casedesk.norms.inputs import BadInput
from casedesk.norms.reading import Reading


@dataclass(frozen=True)
class Calculator:
    """A pure function of an input object and a reading of the norms; `allowed` are the keys it takes."""

    name: str
    title: str
    run: Callable[[Any, Reading], dict[str, Any]]
    allowed: tuple[str, ...]


def _of(name: str, title: str, module: Any) -> Calculator:
    return Calculator(name, title, module.calculate, module.ALLOWED)


CALCULATORS: dict[str, Calculator] = {
    calculator.name: calculator
    for calculator in (
        _of("due_date", "Срок оплаты", due_date),
        _of("working_days", "Рабочие дни", working_days),
        _of("penalty", "Пени", penalty),
        _of("state_duty", "Госпошлина", state_duty),
        _of("limitation", "Исковая давность", limitation),
        _of("presentation", "Срок предъявления", presentation),
        _of("procedural_terms", "Процессуальные сроки", procedural_terms),
        _of("travel_ban", "Ограничение на выезд", travel_ban),
        _of("service_restriction", "Ограничение услуги", service_restriction),
        _of("enforcement_fee", "Исполнительский сбор", enforcement_fee),
        _of("payment_qr", "Код для оплаты", payment_qr),
    )
}


def calculate(name: str, data: Any, norms: Catalogue | None = None) -> dict[str, Any]:
    """The calculator's answer as JSON-ready data: its keys, `lines`, `sources`, `warnings`.

    Raises a Refusal: BadInput, NormNotKnown, ContractDayNotAllowed. `norms` defaults to the shipped catalogue.
    """
    calculator = CALCULATORS.get(name)
    if calculator is None:
        raise BadInput("NAME", name, f"нет такого расчёта; есть: {', '.join(CALCULATORS)}")
    reading = Reading(norms or shipped(), calculator.title)
    answer = calculator.run(data, reading)
    return _plain({**answer, "sources": reading.sources, "warnings": reading.warnings})


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
