"""Reads and checks the norm files (`data/*.toml`). All faults of all files are told at once."""

import datetime as dt
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from casedesk.norms.norm import CONFIDENCE, Norm, Value
from casedesk.norms.refusals import BadNormData

DATA = Path(__file__).parent / "data"
ONE_DAY = dt.timedelta(days=1)

_NORM_NEEDS = {"about": str, "law": str, "unit": str, "values": list}
_NORM_MAY = {"scope": str, "note": str, "outside": str, "windows": bool, "verified_through": dt.date, "runs_out": str}
_VALUE_NEEDS = {"from": dt.date, "value": object, "act": str, "confidence": str, "checked_on": dt.date}
_VALUE_MAY = {"to": dt.date, "scope": str, "note": str}
_OUTSIDE = {"error", "nothing"}


def load(folder: Path = DATA) -> dict[str, Norm]:
    """Every norm of the folder by its full name, `file.table`. Raises BadNormData with all faults."""
    norms: dict[str, Norm] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{path.name}: это не TOML: {error}")
            continue
        for key, table in tables.items():
            name = f"{path.stem}.{key}"
            found = _faults_of_norm(name, table)
            faults += found
            if not found:
                norms[name] = _norm(name, table, path.name)
    if faults:
        raise BadNormData(faults)
    return norms


def _norm(name: str, table: dict[str, Any], file: str) -> Norm:
    values = tuple(sorted((_value(row) for row in table["values"]), key=lambda value: value.valid_from))
    extra = {key: table[key] for key in _NORM_MAY if key in table}
    return Norm(name=name, about=table["about"], law=table["law"], unit=table["unit"], values=values, file=file, **extra)


def _value(row: dict[str, Any]) -> Value:
    return Value(
        valid_from=row["from"],
        valid_to=row.get("to"),
        value=row["value"],
        act=row["act"],
        confidence=row["confidence"],
        checked_on=row["checked_on"],
        scope=row.get("scope", ""),
        note=row.get("note", ""),
    )


def _faults_of_norm(name: str, table: Any) -> list[str]:
    if not isinstance(table, dict):
        return [f"{name}: нужна таблица, а не отдельное значение"]
    faults = list(_faults_of_keys(name, table, _NORM_NEEDS, _NORM_MAY))
    if faults:
        return faults
    if not table["values"]:
        return [f"{name}: нет ни одного значения"]
    for number, row in enumerate(table["values"], start=1):
        faults += _faults_of_value(f"{name}, значение {number}", row)
    if faults:
        return faults
    if table.get("outside", "error") not in _OUTSIDE:
        faults.append(f"{name}: outside = {table['outside']!r}: можно {', '.join(sorted(_OUTSIDE))}")
    if not table.get("windows"):
        faults += _faults_of_order(name, table)
    return faults


def _faults_of_keys(where: str, table: dict[str, Any], needs: dict[str, type], may: dict[str, type]) -> Iterable[str]:
    for key in table.keys() - needs.keys() - may.keys():
        yield f"{where}: неизвестный ключ «{key}»"
    for key in needs.keys() - table.keys():
        yield f"{where}: нет ключа «{key}»"
    for key, kind in (needs | may).items():
        if key not in table or kind is object:
            continue
        if not isinstance(table[key], kind):
            yield f"{where}: «{key}» должно быть типа {kind.__name__}, а не {type(table[key]).__name__}"
        elif table[key] == "" and key in needs:
            yield f"{where}: «{key}» пусто: нужен источник или описание"


def _faults_of_value(where: str, row: Any) -> list[str]:
    if not isinstance(row, dict):
        return [f"{where}: нужна таблица"]
    faults = list(_faults_of_keys(where, row, _VALUE_NEEDS, _VALUE_MAY))
    if faults:
        return faults
    if row["confidence"] not in CONFIDENCE:
        faults.append(f"{where}: confidence = {row['confidence']!r}: можно {', '.join(CONFIDENCE)}")
    if row.get("to") and row["to"] < row["from"]:
        faults.append(f"{where}: срок кончается {row['to']} раньше, чем начинается {row['from']}")
    return faults


def _faults_of_order(name: str, table: dict[str, Any]) -> Iterable[str]:
    rows = sorted(table["values"], key=lambda row: row["from"])
    for earlier, later in zip(rows, rows[1:], strict=False):
        end = earlier.get("to")
        if earlier["from"] == later["from"] or (end and end >= later["from"]):
            yield f"{name}: значения с {earlier['from']} и с {later['from']} пересекаются"
        if end and end + ONE_DAY < later["from"] and table.get("outside") != "nothing":
            yield f"{name}: разрыв между {end} и {later['from']}"
