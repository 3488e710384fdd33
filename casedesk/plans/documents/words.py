"""How a frozen report's values are worded on paper: the same in every form."""

import datetime as dt

from casedesk.common import money
from casedesk.common.charts import AGES
from casedesk.plans.rules.lights import LABELS

AGE_HEADS = [(key, str(name)) for key, name, _ in AGES] + [("overdue", "просрочено"), ("total", "весь долг")]
COLLECTION_HEADS = (
    ("debt_at_start", "долг на начало месяца"),
    ("charged", "начислено"),
    ("paid", "оплачено"),
    ("rate", "сбор, %"),
    ("enforced", "получено в ходе исполнения"),
    ("overdue", "просрочено на отчётную дату"),
)
UNITS = {"RUB": "руб.", "percent": "%", "count": ""}
COMPARATORS = {"at_least": "не меньше", "at_most": "не больше"}


def figure(value: int | None, unit: str) -> str:
    """`1 234,56`, `17`, `нет данных`."""
    if value is None:
        return "нет данных"
    return money.spaced(value) if unit != "count" else money.spaced(value * 100, kopecks_shown=False)


def in_unit(value: int | None, unit: str) -> str:
    """The figure with its unit: `1 234,56 руб.`, `нет данных`."""
    return figure(value, unit) if value is None else f"{figure(value, unit)} {UNITS[unit]}".strip()


def target(one: dict) -> str:
    if one["target"] is None:
        return ""
    return f"{COMPARATORS[one['comparator']]} {in_unit(one['target'], one['unit'])}"


def light(one: dict) -> str:
    return LABELS[one["light"]] if one["target"] is not None else ""


def title(content: dict) -> str:
    edition = f", редакция {content['edition']}" if content["edition"] > 1 else ""
    return f"Отчёт об исполнении плана за {content['period']}{edition}"


def whose(content: dict) -> str:
    return content["organisation"]["name"] if content["organisation"] else "Все организации"


def dates(content: dict) -> str:
    known = dt.datetime.fromisoformat(content["known_at"])
    return f"На {day(content['as_of'])}, по данным, известным {known:%d.%m.%Y %H:%M} UTC. План: версия {content['version']}."


def day(iso: str) -> str:
    return f"{dt.date.fromisoformat(iso):%d.%m.%Y}"


def ageing_rows(content: dict, key: str) -> list[dict]:
    """Rows of an ageing table of the report, the part under agreements last. Earlier reports did not keep that part."""
    part = content.get("restructured")
    label = "из них рассрочено по соглашениям"
    return content[key] + ([{"label": label, "nested": True} | part] if part and part["agreements"] else [])


def change_rows(change: dict) -> list[tuple[str, int]]:
    """The explanation from top to bottom: opening, lines, closing."""
    lines = [(line["label"], line["amount"]) for line in change["lines"]]
    return [
        (f"Долг на {day(change['from_on'])}", change["opening"]),
        *lines,
        (f"Долг на {day(change['to_on'])}", change["closing"]),
    ]
