"""A debt package read back: by the schema, every row, and control totals that must be those of the rows."""

import csv
import datetime as dt
import io
import json
import re
import uuid
import zipfile
from dataclasses import dataclass

from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from casedesk.plans.documents.debt_package import COLUMNS, INDEX, ROWS, WORDS, validator, worded
from casedesk.plans.rules.debt_rows import AMOUNTS, DebtRow, totals, totals_by
from casedesk.plans.rules.seal import sealed_bytes
from debtors.models import Category, Resource
from debtors.rules.ageing import BUCKETS

LARGEST = 30 * 2**20
"""Bytes of an archive."""
LARGEST_OPEN = 300 * 2**20
"""Bytes of what is in it."""
AMOUNT = re.compile(r"-?[0-9]{1,16}\.[0-9]{2}")


class WrongPackage(Refusal):
    """The file is no debt package, or does not agree with itself: nothing of it is taken."""

    code = "wrong_package"


@dataclass(frozen=True)
class ReadPackage:
    """What a package says. `known_at`: the moment its figures were true at for whoever made it."""

    key: uuid.UUID
    edition: int
    creditor: str
    recipient: str
    month: int
    known_at: dt.datetime
    rows: list[DebtRow]
    totals: dict[str, int]


def read_package(content: bytes) -> ReadPackage:
    """Read the archive. Raises WrongPackage naming the place, what is there and what it should be."""
    index, listed = _opened(content)
    wrong = next(iter(validator().iter_errors(index)), None)
    if wrong:
        place = "/".join(map(str, wrong.absolute_path)) or "начало"
        raise WrongPackage(f"Файл {INDEX} не по схеме, место «{place}»: {wrong.message}. Сравните с docs/debt-package.md.")
    if sealed_bytes(listed) != index["rows"]["sha256"]:
        raise WrongPackage(f"Файл {ROWS} изменён после составления пакета: отпечаток не тот. Попросите пакет заново.")
    rows = _rows(listed)
    _hold_against(index, rows)
    return ReadPackage(
        uuid.UUID(index["package"]),
        index["edition"],
        index["creditor"]["code"],
        index["recipient"]["code"],
        months.parse(index["month"]),
        dt.datetime.fromisoformat(index["known_at"]),
        rows,
        totals(rows),
    )


def _opened(content: bytes) -> tuple[dict, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_OPEN:
                raise WrongPackage("Пакет разворачивается больше чем в 300 МБ: это не пакет обмена.")
            missing = {INDEX, ROWS} - set(archive.namelist())
            if missing:
                raise WrongPackage(f"В архиве нет файла {min(missing)}: это не пакет обмена. Загрузите ZIP целиком.")
            return json.loads(archive.read(INDEX)), archive.read(ROWS)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as wrong:
        raise WrongPackage("Файл не открывается как ZIP: загрузите пакет таким, каким его получили.") from wrong
    except ValueError as wrong:
        raise WrongPackage(f"Файл {INDEX} не читается как JSON в UTF-8: {wrong}.") from wrong


def _rows(listed: bytes) -> list[DebtRow]:
    try:
        lines = list(csv.reader(io.StringIO(listed.decode("utf-8"), newline=""), delimiter=";", strict=True))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise WrongPackage(f"Файл {ROWS} не читается как CSV в UTF-8 с разделителем «;»: {wrong}.") from wrong
    if not lines or tuple(lines[0]) != COLUMNS:
        raise WrongPackage(f"Файл {ROWS}: в первой строке должны быть столбцы {', '.join(COLUMNS)}.")
    rows = [_row(number, line) for number, line in enumerate(lines[1:], start=2)]
    seen: dict[tuple, int] = {}
    for number, row in enumerate(rows, start=2):
        if row.key in seen:
            raise WrongPackage(f"Файл {ROWS}, строка {number}: счёт {row.account} и ресурс уже были в строке {seen[row.key]}.")
        seen[row.key] = number
    return rows


def _row(number: int, line: list[str]) -> DebtRow:
    where = f"Файл {ROWS}, строка {number}"
    if len(line) != len(COLUMNS):
        raise WrongPackage(f"{where}: полей {len(line)}, нужно {len(COLUMNS)}.")
    said = dict(zip(COLUMNS, line, strict=True))
    for name in AMOUNTS:
        if not AMOUNT.fullmatch(said[name]):
            raise WrongPackage(f"{where}, столбец {name}: «{said[name][:40]}» не сумма вида 1234.56.")
    for name, known in (("resource", Resource.values), ("category", Category.values)):
        if said[name] not in known:
            raise WrongPackage(f"{where}, столбец {name}: «{said[name][:40]}» не из списка {', '.join(known)}.")
    if not said["account"] or len(said["account"]) > 40:
        raise WrongPackage(f"{where}: номер счёта пуст или длиннее 40 знаков.")
    sums = {name: money.kopecks(said[name]) for name in AMOUNTS}
    buckets = tuple(sums[name] for name in BUCKETS)
    row = DebtRow(
        **{name: said[name] for name in WORDS}, before=sums["debt_before"], not_yet_due=sums["not_yet_due"], buckets=buckets
    )
    if (row.debt, row.overdue) != (sums["debt"], sums["overdue"]):
        raise WrongPackage(f"{where}: долг не равен сумме возрастов ({said['debt']} и {money.text(row.debt)}).")
    return row


def _hold_against(index: dict, rows: list[DebtRow]) -> None:
    """Raise WrongPackage when a control total is not that of the rows."""
    asked = {
        "итоги": (index["totals"], worded(totals(rows))),
        **_parts(index["by_resource"], rows, "resource"),
        **_parts(index["by_category"], rows, "category"),
    }
    for place, (said, counted) in asked.items():
        for name in counted.keys() | said.keys():
            if said.get(name) != counted.get(name):
                raise WrongPackage(
                    f"Контрольный итог не сходится: {place}, {name}: в {INDEX} {said.get(name)}, "
                    f"по строкам {counted.get(name)}.",
                    place=place,
                    name=name,
                )


def _parts(said: dict, rows: list[DebtRow], by: str) -> dict[str, tuple[dict, dict]]:
    counted = {value: worded(sums) for value, sums in totals_by(rows, by).items()}
    return {f"{by} {value}": (said.get(value, {}), counted.get(value, {})) for value in said.keys() | counted.keys()}
