"""A court's answers to a package: JSON by our schema, or a small table with Russian headers. Read, not believed."""

import csv
import datetime as dt
import io
import json
from dataclasses import dataclass

from casedesk.common.refusals import Refusal
from casedesk.common.text import clean, fold

FORMAT, VERSION = "casedesk.filing-receipt", 1
LARGEST = 5 << 20
_ANSWERS = {
    "accepted": ("accepted", "принято", "принят"),
    "returned": ("returned", "возвращено", "возврат"),
    "refused": ("refused", "отказано", "отказ"),
}
_COLUMNS = {
    "claim": ("claim", "требование", "№ требования", "номер требования"),
    "answer": ("answer", "решение", "ответ", "результат"),
    "on": ("on", "дата", "дата определения"),
    "court_case": ("court_case", "номер дела", "дело"),
    "reason": ("reason", "причина", "основание"),
}


class NotAReceipt(Refusal):
    """The file is no receipt, or one of another package."""

    code = "not_a_receipt"


@dataclass(frozen=True)
class Receipt:
    """One answer. `row` is its place in the file; `fault` says why it cannot be taken."""

    row: int
    claim: int = 0
    answer: str = ""
    on: dt.date | None = None
    court_case: str = ""
    reason: str = ""
    fault: str = ""


def read_receipts(content: bytes, *, package: str) -> list[Receipt]:
    """The answers of a file. Raises NotAReceipt: not text, not our format, of another package (JSON names it)."""
    if len(content) > LARGEST:
        raise NotAReceipt(f"Файл ответа больше {LARGEST >> 20} МБ. Проверьте, тот ли это файл.")
    text = _decoded(content)
    rows = _json_rows(text, package) if text.lstrip().startswith("{") else _table_rows(text)
    if not rows:
        raise NotAReceipt("В файле нет ни одного ответа суда. Нужны колонки: Требование, Решение, Дата, Номер дела, Причина.")
    return [_receipt(number, row) for number, row in rows]


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAReceipt("Файл ответа не текст: нужен JSON или CSV.")


def _json_rows(text: str, package: str) -> list[tuple[int, dict]]:
    try:
        said = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise NotAReceipt(f"JSON повреждён: {wrong}. Скачайте ответ заново.") from wrong
    if said.get("format") != FORMAT or said.get("version") != VERSION:
        raise NotAReceipt(f"Это не ответ на пакет: ожидается format «{FORMAT}», version {VERSION}.")
    if said.get("package") != package:
        raise NotAReceipt(f"Ответ на другой пакет ({said.get('package')}). Откройте тот пакет и загрузите его там.")
    listed = said.get("receipts")
    return [(at, row) for at, row in enumerate(listed, 1) if isinstance(row, dict)] if isinstance(listed, list) else []


def _table_rows(text: str) -> list[tuple[int, dict]]:
    delimiter = ";" if text.count(";") >= text.count(",") else ","
    lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    if not lines:
        return []
    names = [_field(cell) for cell in lines[0]]
    if "claim" not in names or "answer" not in names:
        return []
    return [
        (number, {name: cell for name, cell in zip(names, line, strict=False) if name})
        for number, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]


def _field(heading: str) -> str:
    words = fold(heading).strip(" .:")
    return next((name for name, spelled in _COLUMNS.items() if words in spelled), "")


def _receipt(number: int, row: dict) -> Receipt:
    said = {name: clean(str(row.get(name) or "")) for name in _COLUMNS}
    answer = next((name for name, spelled in _ANSWERS.items() if fold(said["answer"]) in spelled), "")
    day = _day(said["on"])
    digits = said["claim"].lstrip("№ ")
    fault = ""
    if not digits.isdigit() or len(digits) > 9:
        fault = f"«{said['claim']}» — не номер требования"
    elif not answer:
        fault = f"«{said['answer']}» — не ответ: нужно «принято», «возвращено» или «отказано»"
    elif day is None:
        fault = f"«{said['on']}» — не дата"
    elif answer != "accepted" and not said["reason"]:
        fault = "нет причины: как написано в определении"
    elif answer == "accepted" and not said["court_case"]:
        fault = "нет номера дела"
    claim = int(digits) if digits.isdigit() and len(digits) <= 9 else 0
    return Receipt(number, claim, answer, day, said["court_case"][:40], said["reason"][:500], fault)


def _day(text: str) -> dt.date | None:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
