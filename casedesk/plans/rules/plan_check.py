"""Is a plan whole: every fault of a plan's data in words, with the place, the value and the remedy."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from casedesk.plans.rules.lights import read_target
from casedesk.plans.rules.plan_file import MeasureData, PlanData, UseData

PERIODS = {
    "monthly": "ежемесячно",
    "quarterly": "ежеквартально",
    "yearly": "ежегодно",
    "once": "однократно",
    "as_needed": "по мере необходимости",
    "always": "постоянно",
}
COMPARATORS = {"at_least": "не меньше", "at_most": "не больше"}
CODE = re.compile(r"^[A-Za-z0-9_-]{1,20}$")
LONGEST = {"name": 300, "row": 20, "title": 500, "responsible": 300}
SECTION_TITLE = 300


def faults(data: PlanData, units: Mapping[str, str]) -> list[str]:
    """Everything that keeps the plan from being put in force. `units`: indicator code -> its unit."""
    return [*_head(data), *_rows(data), *(said for row in measures_of(data) for said in _measure(row, units))]


def measures_of(data: PlanData) -> list[MeasureData]:
    return [row for section in data.sections for row in section.measures]


def _head(data: PlanData) -> Iterator[str]:
    if not isinstance(data.code, str) or not CODE.match(data.code):
        yield f"Код плана «{data.code}»: нужны латинские буквы, цифры, дефис, не длиннее 20 знаков."
    yield from _text("Название плана", data.name, LONGEST["name"])
    for name, label in (("base_on", "Базовая дата"), ("valid_from", "Начало действия"), ("valid_to", "Конец действия")):
        day = getattr(data, name)
        if day is not None and (not isinstance(day, dt.date) or isinstance(day, dt.datetime)):
            yield f"{label} «{day}»: нужен день вида 2026-01-31 без кавычек."
    if isinstance(data.valid_from, dt.date) and isinstance(data.valid_to, dt.date) and data.valid_to <= data.valid_from:
        yield f"План кончается {data.valid_to:%d.%m.%Y}, а начинается {data.valid_from:%d.%m.%Y}: исправьте один из дней."


def _rows(data: PlanData) -> Iterator[str]:
    if not measures_of(data):
        yield "В плане нет ни одного мероприятия: добавьте раздел и в нём мероприятие."
    for number, section in enumerate(data.sections, start=1):
        yield from _text(f"Раздел {number}: название", section.title, SECTION_TITLE)
    for row, times in Counter(one.row for one in measures_of(data)).items():
        if times > 1:
            yield f"Строка «{row}» встречается {times} раза: у каждого мероприятия свой номер строки."


def _measure(row: MeasureData, units: Mapping[str, str]) -> Iterator[str]:
    where = f"Строка «{row.row}»"
    yield from _text(f"{where}: номер", row.row, LONGEST["row"])
    yield from _text(f"{where}: название", row.title, LONGEST["title"])
    if len(str(row.responsible)) > LONGEST["responsible"]:
        yield f"{where}: исполнители длиннее {LONGEST['responsible']} знаков, сократите."
    if row.period not in PERIODS:
        yield f"{where}: периода «{row.period}» нет. Бывают: {', '.join(PERIODS)}."
    if row.due_day is not None and not (isinstance(row.due_day, int) and 1 <= row.due_day <= 31):
        yield f"{where}: день срока «{row.due_day}» должен быть числом от 1 до 31."
    for use in row.indicators:
        yield from (f"{where}: {said}" for said in _use(use, units))


def _use(use: UseData, units: Mapping[str, str]) -> Iterator[str]:
    if use.code not in units:
        yield f"показателя «{use.code}» нет в каталоге. Выберите его на экране плана или посмотрите docs/plan-rows.md."
        return
    if use.comparator not in COMPARATORS:
        yield f"сравнения «{use.comparator}» нет. Бывают: {', '.join(COMPARATORS)}."
    if use.target is not None:
        try:
            read_target(use.target, units[use.code])
        except (ValueError, TypeError):
            yield f"цель «{use.target}» показателя {use.code} не читается: {_HOW[units[use.code]]}."
    if not isinstance(use.params, dict) or not all(_is_plain(value) for value in use.params.values()):
        yield f"параметры показателя {use.code} должны быть числами, словами или их списками."


def _is_plain(value: object) -> bool:
    return isinstance(value, int | str) or (isinstance(value, list) and all(isinstance(one, int | str) for one in value))


_HOW = {"RUB": "нужна сумма вида 700000.00", "percent": "нужны проценты вида 95.00", "count": "нужно целое число"}


def _text(what: str, value: object, longest: int) -> Iterator[str]:
    if not isinstance(value, str) or not value.strip():
        yield f"{what} не заполнено."
    elif len(value) > longest:
        yield f"{what} длиннее {longest} знаков, сократите."
