"""An answer of a calculator as a page and a sheet show it: results, the explanation table, sources."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from casedesk.common import money
from casedesk.norms.catalogue import Catalogue
from casedesk.norms.norm import CONFIDENCE
from casedesk.norms.wording import value_text

RESULTS: dict[str, list[tuple[str, str, str]]] = {
    "due_date": [
        ("due_date", "Оплатить до", "day"),
        ("first_day_of_delay", "Первый день просрочки", "day"),
        ("first_day_1_300", "1/300 с", "day"),
        ("last_day_1_300", "1/300 по", "day"),
        ("first_day_1_130", "1/130 с", "day"),
    ],
    "working_days": [("date", "Последний день", "day")],
    "penalty": [
        ("penalty", "Пени, ₽", "money"),
        ("due_date", "Срок оплаты", "day"),
        ("principal_left", "Остаток долга, ₽", "money"),
        ("days_charged", "Дней по 1/300 и 1/130", "text"),
        ("further", "Каждый следующий день, ₽", "money"),
    ],
    "state_duty": [("fee", "Госпошлина, ₽", "money"), ("credited", "Зачтено, ₽", "money"), ("to_pay", "Доплатить, ₽", "money")],
    "limitation": [
        ("last_day", "Последний день", "day"),
        ("state", "Состояние", "state"),
        ("due_date", "Срок оплаты", "day"),
        ("starts", "Срок течёт с", "day"),
        ("last_day_nominal", "Без событий", "day"),
    ],
    "presentation": [("last_day", "Предъявить до", "day"), ("earliest_repeat", "Повторно не раньше", "day")],
    "procedural_terms": [("last_day", "Последний день", "day"), ("first_day_after", "После срока, с", "day")],
    "travel_ban": [
        ("allowed", "Ограничение возможно", "flag"),
        ("allowed_from", "С какого дня", "day"),
        ("threshold", "Порог, ₽", "money"),
    ],
    "service_restriction": [
        ("next_step", "Что можно сделать", "state"),
        ("limit_from", "Ограничить с", "day"),
        ("suspend_from", "Приостановить с", "day"),
        ("restore_by", "Возобновить до", "day"),
    ],
    "enforcement_fee": [("fee", "Сбор, ₽", "money")],
    "payment_qr": [("byte_length", "Байт в коде", "text")],
}
STATES = {
    "in_time": "в сроке",
    "under_6_months": "меньше шести месяцев",
    "under_30_days": "меньше 30 дней",
    "expired": "истёк",
    "stopped": "не течёт",
    "restore": "возобновить услугу",
    "none": "ничего",
    "warn": "вручить предупреждение",
    "wait": "ждать",
    "limit": "ограничить",
    "suspend": "приостановить",
}
COLUMNS = {
    "from": ("С", "day"),
    "to": ("По", "day"),
    "on": ("День", "day"),
    "text": ("Пояснение", "text"),
    "days": ("Дней", "number"),
    "base": ("Долг, ₽", "money"),
    "share": ("Доля", "text"),
    "rate": ("Ставка, %", "percent"),
    "formula": ("Расчёт", "text"),
    "last_day": ("Последний день", "day"),
    "amount": ("Сумма, ₽", "money"),
}


@dataclass(frozen=True)
class Cell:
    """A value ready for the template: text and its kind."""

    kind: str
    text: str


def results(name: str, answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and value of what the calculator found, without what it does not give here."""
    given = answer | _of_penalty(answer) if name == "penalty" else answer
    return [(label, _shown(kind, given[key])) for key, label, kind in RESULTS[name] if given.get(key) is not None]


def _of_penalty(answer: dict[str, Any]) -> dict[str, Any]:
    """What stands deeper in the answer: the next day's price, the days of both shares."""
    days = answer["days"]
    return {"further": answer["each_further_day"]["amount"], "days_charged": f"{days['1/300']} и {days['1/130']}"}


def table(answer: dict[str, Any]) -> tuple[list[tuple[str, str]], list[list[Cell]]]:
    """The explanation: heads (label, kind) of the columns that occur, and rows of cells."""
    lines = answer["lines"]
    keys = [key for key in COLUMNS if any(line.get(key) is not None for line in lines)]
    rows = [[Cell(COLUMNS[key][1], _shown(COLUMNS[key][1], line.get(key))) for key in keys] for line in lines]
    return [COLUMNS[key] for key in keys], rows


def sources(answer: dict[str, Any], norms: Catalogue) -> list[dict[str, Any]]:
    """What the answer rests on, in words: norm, article, act, value, since when, how sure."""
    return [_source(row, norms) for row in answer["sources"]]


def _source(row: dict[str, Any], norms: Catalogue) -> dict[str, Any]:
    norm = norms.norm(row["norm"])
    value = next(value for value in norm.values if value.valid_from.isoformat() == row["from"])
    return {
        "about": norm.about,
        "law": norm.law,
        "act": value.act,
        "value": value_text(norm, value),
        "since": value.valid_from,
        "until": value.valid_to,
        "confidence": value.confidence,
        "confidence_text": CONFIDENCE[value.confidence],
        "checked_on": value.checked_on,
    }


def _shown(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "money":
        return money.spaced(money.kopecks(value))
    if kind == "day":
        return f"{dt.date.fromisoformat(value):%d.%m.%Y}"
    if kind == "percent":
        return value.replace(".", ",")
    if kind == "flag":
        return "да" if value else "нет"
    return STATES[value] if kind == "state" else str(value)


def sheet_rows(answer: dict[str, Any]) -> tuple[list[tuple[str, str]], list[list[Any]]]:
    """The explanation for a workbook: typed cells (kopecks, days, numbers) under the same heads."""
    lines = answer["lines"]
    keys = [key for key in COLUMNS if any(line.get(key) is not None for line in lines)]
    return [COLUMNS[key] for key in keys], [[_typed(COLUMNS[key][1], line.get(key)) for key in keys] for line in lines]


def _typed(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "money":
        return money.kopecks(value)
    return dt.date.fromisoformat(value) if kind == "day" else value
