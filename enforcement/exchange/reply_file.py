"""A department's reply as it comes: JSON by the shipped schema, our workbook sent back, or a table of the department's own.

A table is read by its headings; what stands above them, totals and signatures are passed over. A file that cannot be
understood is refused with the place and the rule, and nothing is taken of it.
"""

import datetime as dt
import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import jsonschema
from python_calamine import CalamineError, CalamineWorkbook

from casedesk.common import money, months
from casedesk.common.refusals import Refusal
from casedesk.common.text import clean, fold
from enforcement.models import Reconciliation
from enforcement.rules.printed import ground as ground_of
from enforcement.rules.printed import proceeding_status
from enforcement.rules.reconciliation_compare import Status
from enforcement.rules.reconciliation_reply import ReplyRow, reply_status

FORMAT = "casedesk/reconciliation-reply/1"
MOST_ROWS = 100_000
LOOK_AT = 25
"""Rows from the top in which the headings are looked for."""


class UnreadableReply(Refusal):
    """The file is no reply: the message says where and why."""

    code = "unreadable_reply"


class ForeignReply(Refusal):
    """A reply to another creditor, department or month."""

    code = "foreign_reply"


@dataclass(frozen=True)
class Reply:
    """Rows of a reply; `as_of` None: the file names no day."""

    rows: list[ReplyRow]
    as_of: dt.date | None = None


@cache
def schema(name: str) -> dict:
    """A shipped JSON Schema: `register` or `reply`."""
    return json.loads(files("enforcement.exchange").joinpath(f"schemas/{name}.schema.json").read_text(encoding="utf-8"))


def sample() -> dict:
    """The shipped sample of a reply."""
    return json.loads(files("enforcement.exchange").joinpath("schemas/sample_reply.json").read_text(encoding="utf-8"))


def read_reply(name: str, content: bytes, one: Reconciliation) -> Reply:
    """The rows of a reply to this reconciliation. Raises UnreadableReply, ForeignReply."""
    if content.lstrip()[:1] == b"{" or content.startswith(b"\xef\xbb\xbf{"):
        return _from_json(name, content, one)
    return Reply(_from_table(name, content))


# --- JSON -----------------------------------------------------------------------------------------------------------
def _from_json(name: str, content: bytes, one: Reconciliation) -> Reply:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as wrong:
        raise UnreadableReply(f"Файл «{name}» не читается как JSON: {wrong}. Сохраните его в UTF-8.") from wrong
    checker = jsonschema.Draft202012Validator(schema("reply"), format_checker=jsonschema.FormatChecker(formats=["date"]))
    fault = jsonschema.exceptions.best_match(checker.iter_errors(data))
    if fault is not None:
        where = "/".join(str(part) for part in fault.absolute_path) or "начало"
        raise UnreadableReply(f"Файл «{name}» не по схеме ответа, место {where}: {fault.message[:200]}.", where=where)
    _is_ours(name, data, one)
    return Reply([_json_row(row, number) for number, row in enumerate(data["rows"], 1)], dt.date.fromisoformat(data["as_of"]))


def _is_ours(name: str, data: dict, one: Reconciliation) -> None:
    asked = (one.creditor.code, one.department.code, months.iso(one.month))
    said = (data["creditor"]["code"], data["department"]["code"], data["month"])
    if said != asked:
        raise ForeignReply(
            f"Файл «{name}» отвечает на другую сверку: {', '.join(said)}, а эта {', '.join(asked)}. Откройте нужную сверку.",
            said=said,
        )


def _json_row(row: dict, number: int) -> ReplyRow:
    given: dict[str, Any] = {name: value for name, value in row.items() if name != "ref" and value is not None}
    for name in ("amount", "received_month", "received", "remainder"):
        if name in given:
            given[name] = money.kopecks(given[name])
    for name in ("issued_on", "presented_on", "opened_on", "ended_on"):
        if name in given:
            given[name] = dt.date.fromisoformat(given[name])
    return ReplyRow(**given, row=number)


# --- tables ---------------------------------------------------------------------------------------------------------
HEADINGS = (
    ("writ_number", ("исполнительного документа", "№ ид", "номер ид")),
    ("proceeding", ("исполнительного производства", "№ ип", "номер ип")),
    ("address", ("адрес",)),
    ("debtor", ("должник", "фио")),
    ("issued_on", ("дата ид",)),
    ("court", ("орган, выдавший", "суд,", "суд")),
    ("amount", ("сумма по ид", "сумма ид")),
    ("presented_on", ("предъявлен",)),
    ("opened_on", ("возбужд",)),
    ("bailiff", ("пристав", "спи")),
    ("received_month", ("за месяц",)),
    ("received", ("взыскано", "перечислено")),
    ("remainder", ("остаток долга", "остаток, руб", "остаток")),
    ("status", ("статус", "состояние")),
    ("ended_on", ("дата окончания", "дата прекращ")),
    ("ground", ("основание",)),
    ("transferred_to", ("куда передано",)),
    ("note", ("примечание",)),
)
OURS_ALONE = ("по данным взыскателя", "получено взыскателем", "напрямую")
NEEDED = {"writ_number", "debtor", "status"}


def _from_table(name: str, content: bytes) -> list[ReplyRow]:
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as wrong:
        raise UnreadableReply(
            f"Файл «{name}» не книга Excel и не JSON: {wrong}. Пришлите ответ в одном из этих видов."
        ) from wrong
    heads = ((at, _columns(row)) for at, row in enumerate(cells[:LOOK_AT]))
    head = next(((at, columns) for at, columns in heads if columns.keys() >= NEEDED), None)
    if head is None:
        raise UnreadableReply(
            f"В файле «{name}» не нашлось строки заголовков: нужны столбцы «Должник», «№ исполнительного документа», «Статус».",
            value=name,
        )
    at, columns = head
    if len(cells) - at > MOST_ROWS:
        raise UnreadableReply(f"В файле «{name}» больше {MOST_ROWS} строк: это не ответ одного отдела.", rows=len(cells))
    return [row for row in _rows(name, cells, at + 1, columns) if row is not None]


def _columns(row: list) -> dict[str, int]:
    """Field -> position, by headings; the first heading that fits wins."""
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        said = fold(str(cell)) if cell else ""
        if not said or any(word in said for word in OURS_ALONE):
            continue
        for field, words in HEADINGS:
            if field not in found and any(word in said for word in words):
                found[field] = at
                break
    return found


def _rows(name: str, cells: list[list], first: int, columns: dict[str, int]):
    for number, row in enumerate(cells[first:], start=first + 1):
        said = {field: row[at] if at < len(row) else None for field, at in columns.items()}
        if not _text(said["writ_number"]) and not _text(said.get("proceeding")):
            continue  # totals, signatures, blank rows
        if _is_column_numbers(row):
            continue
        yield _table_row(_Cells(name, number, said))


def _is_column_numbers(row: list) -> bool:
    """A row of the columns' own numbers under the headings."""
    said = [cell for cell in row if cell not in (None, "")]
    return len(said) > 3 and all(isinstance(cell, int | float) and cell == at for at, cell in enumerate(said, start=1))


class _Cells:
    """One row of a table; a cell that makes no sense refuses the file and names its place."""

    def __init__(self, name: str, number: int, said: dict[str, Any]):
        self.name, self.number, self.said = name, number, said

    def text(self, field: str) -> str:
        return _text(self.said.get(field))

    def kopecks(self, field: str) -> int | None:
        value = self.said.get(field)
        try:
            if isinstance(value, int | float) and not isinstance(value, bool):
                return money.from_float(float(value))
            return money.kopecks(value) if _text(value) else None
        except money.NotMoney as wrong:
            raise self._refused(field, value, "не сумма") from wrong

    def day(self, field: str) -> dt.date | None:
        value = self.said.get(field)
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = _text(value)
        try:
            return dt.datetime.strptime(text[:10], "%d.%m.%Y").date() if text else None  # noqa: DTZ007 - a day has no zone
        except ValueError as wrong:
            raise self._refused(field, value, "не день вида ДД.ММ.ГГГГ") from wrong

    def _refused(self, field: str, value: Any, why: str) -> UnreadableReply:
        said = f"Файл «{self.name}», строка {self.number}: «{value}» {why}. Исправьте ячейку и загрузите файл снова."
        return UnreadableReply(said, row=self.number, field=field)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value)) if value not in (None, "") else ""


def _table_row(cells: _Cells) -> ReplyRow:
    ended_on = cells.day("ended_on")
    status_text = cells.text("status")
    printed = proceeding_status(status_text, ended=ended_on is not None)
    proceeding, consolidated = _numbers(str(cells.said.get("proceeding") or ""), cells.text("note"))
    status = reply_status(status_text, opened=bool(proceeding), ended=ended_on is not None, printed=printed)
    row = ReplyRow(
        writ_number=str(cells.said["writ_number"] or "").strip(),
        debtor=cells.text("debtor").splitlines()[0] if cells.text("debtor") else "",
        address=cells.text("address"),
        issued_on=cells.day("issued_on"),
        court=cells.text("court"),
        amount=cells.kopecks("amount"),
        presented_on=cells.day("presented_on"),
        proceeding=proceeding,
        consolidated=consolidated,
        opened_on=cells.day("opened_on"),
        bailiff=cells.text("bailiff"),
        received_month=cells.kopecks("received_month"),
        received=cells.kopecks("received"),
        remainder=cells.kopecks("remainder"),
        status=status,
        ended_on=ended_on,
        ground=ground_of(cells.text("ground")),
        transferred_to=cells.text("transferred_to"),
        note=cells.text("note"),
        row=cells.number,
    )
    return replace(row, amount=None) if status == Status.NOT_RECEIVED else row


def _numbers(cell: str, note: str) -> tuple[str, str]:
    """The proceeding and the consolidated one of a cell that may hold both; a note names the latter too."""
    parts = [clean(part) for part in cell.replace(";", "\n").splitlines() if clean(part)]
    together = [part for part in parts if "СД" in part.upper()]
    alone = [part for part in parts if part not in together]
    if not together and "-СД" in note.upper():
        together = [word.strip(".,;") for word in note.split() if "-СД" in word.upper()]
    return (alone[0] if alone else ""), (together[0] if together else "")
