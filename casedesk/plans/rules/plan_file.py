"""A plan as a TOML file: read, checked and told what is wrong in words."""

import datetime as dt
import tomllib
from dataclasses import dataclass, field

from casedesk.common.refusals import Refusal


class WrongPlanFile(Refusal):
    """The file is not a plan: the message names the place and the rule."""

    code = "wrong_plan_file"


@dataclass(frozen=True)
class UseData:
    code: str
    target: str | None = None
    comparator: str = "at_least"
    params: dict = field(default_factory=dict)


@dataclass(frozen=True)
class MeasureData:
    row: str
    title: str
    mechanism: str = ""
    responsible: str = ""
    period: str = "monthly"
    due_day: int | None = None
    indicators: tuple[UseData, ...] = ()


@dataclass(frozen=True)
class SectionData:
    title: str
    measures: tuple[MeasureData, ...] = ()


@dataclass(frozen=True)
class PlanData:
    code: str
    name: str
    about: str = ""
    territory: str = ""
    base_on: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    sections: tuple[SectionData, ...] = ()


def read_plan(text: str) -> PlanData:
    """The plan that a TOML text describes. Raises WrongPlanFile; unknown keys are refused by name."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise WrongPlanFile(f"Файл плана не читается как TOML: {wrong}. Исправьте место, названное в сообщении.") from wrong
    return _build(PlanData, raw, "план", sections=_section)


def _section(raw: dict) -> SectionData:
    return _build(SectionData, raw, f"раздел «{raw.get('title', '')}»", measures=_measure)


def _measure(raw: dict) -> MeasureData:
    return _build(MeasureData, raw, f"строка {raw.get('row', '')}", indicators=_use)


def _use(raw: dict) -> UseData:
    return _build(UseData, raw, f"показатель «{raw.get('code', '')}»")


def _tables(items: object, name: str, where: str) -> list[dict]:
    """The tables under a key. Raises WrongPlanFile when something else stands there."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise WrongPlanFile(
            f"Файл плана, {where}: ключ «{name}» должен быть списком таблиц. Сравните с выгруженным планом.", key=name
        )
    return items


def _build(kind, raw: dict, where: str, **nested):
    """Make a dataclass of a TOML table; `nested` names the keys that hold lists of tables."""
    known = kind.__dataclass_fields__
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise WrongPlanFile(f"Файл плана, {where}: непонятный ключ «{unknown[0]}». Бывают: {', '.join(known)}.", key=unknown[0])
    values = dict(raw)
    for name, build in nested.items():
        values[name] = tuple(build(item) for item in _tables(raw.get(name, []), name, where))
    try:
        return kind(**values)
    except TypeError as missing:
        raise WrongPlanFile(f"Файл плана, {where}: не хватает обязательного ключа ({missing}).") from missing
