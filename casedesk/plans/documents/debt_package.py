"""The archive of a debt package: index.json by the shipped schema with control totals, the rows as CSV, a table for people."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import jsonschema

from casedesk.common import export, money, months
from casedesk.plans.models import DebtPackage
from casedesk.plans.rules.debt_rows import AMOUNTS, DebtRow, totals, totals_by
from casedesk.plans.rules.seal import sealed_bytes
from debtors.models import Category, Resource

FORMAT, VERSION = "casedesk.debt-package", 1
SCHEMA_FILE = Path(__file__).with_name("debt-package-1.schema.json")
INDEX, ROWS, SCHEMA, TABLE = "index.json", "debts.csv", "schema.json", "debts.xlsx"
WORDS = ("account", "house", "flat", "category", "resource", "writs")
COLUMNS = (*WORDS, *AMOUNTS)
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the same rows give the same bytes."""
HEADS = {
    "debt_before": "Долг месяцем раньше, ₽",
    "debt": "Долг, ₽",
    "not_yet_due": "Срок не наступил, ₽",
    "1-3": "1–3 мес., ₽",
    "3-12": "3–12 мес., ₽",
    "12-24": "12–24 мес., ₽",
    "24-36": "24–36 мес., ₽",
    "36+": "свыше 36 мес., ₽",
    "overdue": "Просрочено, ₽",
}


@cache
def schema() -> dict:
    """The JSON Schema of the index (docs/debt-package.md)."""
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema())


def build(package: DebtPackage, rows: Sequence[DebtRow]) -> bytes:
    """The archive as bytes; its index is held against the schema. A table for people comes with it while a sheet holds it."""
    listed = rows_csv(rows)
    index = index_of(package, rows, listed)
    validator().validate(index)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, INDEX, json.dumps(index, ensure_ascii=False, indent=1).encode())
        _put(archive, SCHEMA, SCHEMA_FILE.read_bytes())
        _put(archive, ROWS, listed)
        if len(rows) <= export.MOST_ROWS:
            _put(archive, TABLE, _table(package, rows))
    return content.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED)


def index_of(package: DebtPackage, rows: Sequence[DebtRow], listed: bytes) -> dict:
    """What the archive says of itself. Amounts are text with two decimals, months `YYYY-MM`, days ISO."""
    whose, whom = package.creditor, package.recipient
    return {
        "format": FORMAT,
        "version": VERSION,
        "package": str(package.key),
        "edition": package.edition,
        "creditor": {"code": whose.code, "name": whose.name, "inn": whose.inn},
        "recipient": {"code": whom.code, "name": whom.name, "inn": whom.inn},
        "month": months.iso(package.month),
        "as_of": package.as_of.isoformat(),
        "known_at": package.known_at.isoformat(),
        "rows": {"path": ROWS, "columns": list(COLUMNS), "size": len(listed), "sha256": sealed_bytes(listed)},
        "totals": worded(totals(rows)),
        "by_resource": {value: worded(sums) for value, sums in totals_by(rows, "resource").items()},
        "by_category": {value: worded(sums) for value, sums in totals_by(rows, "category").items()},
    }


def worded(sums: dict[str, int]) -> dict:
    """Control totals as programs read them: counts as numbers, kopecks as `1234.56`."""
    return {name: money.text(value) if name in AMOUNTS else value for name, value in sums.items()}


def rows_csv(rows: Sequence[DebtRow]) -> bytes:
    """UTF-8, `;`, a head; amounts as `1234.56`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([*(getattr(row, name) for name in WORDS), *map(money.text, row.amounts)])
    return text.getvalue().encode("utf-8")


def _table(package: DebtPackage, rows: Sequence[DebtRow]) -> bytes:
    heads = [("Лицевой счёт", "text"), ("Дом", "text"), ("Помещение", "text"), ("Группа", "text"), ("Ресурс", "text")]
    heads += [("Исполнительные документы", "text"), *((HEADS[name], "money") for name in AMOUNTS)]
    categories, resources = dict(Category.choices), dict(Resource.choices)
    lines = (
        [row.account, row.house, row.flat, categories[row.category], resources[row.resource], row.writs, *row.amounts]
        for row in rows
    )
    notes = [
        f"{package.creditor.name} → {package.recipient.name}",
        f"Задолженность на {package.as_of:%d.%m.%Y} по счетам и ресурсам. Пакет {package.key}, редакция {package.edition}",
    ]
    content = io.BytesIO()
    export.workbook(content, "Долг", heads, lines, notes)
    return content.getvalue()
