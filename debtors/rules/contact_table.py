"""A file of results as rows: CSV (UTF-8 or cp1251, any usual separator) or XLSX, its columns found by the words of the head."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from casedesk.common.refusals import Refusal
from casedesk.common.text import fold

MOST_BYTES, MOST_UNPACKED, MOST_ROWS, LOOK_FOR_HEAD = 10 * 2**20, 200 * 2**20, 50_000, 15
COLUMNS = {
    "key": ("ключ", "key", "id сообщения", "внешний id", "comment", "комментарий"),
    "tracking": ("шпи", "трек", "barcode", "штрихкод", "штриховой", "почтовый идентификатор"),
    "phone": ("телефон", "номер телефона", "phone", "абонент"),
    "status": ("статус", "результат", "status", "состояние", "операция", "итог"),
    "day": ("дата", "date", "когда", "время"),
}
"""Our column -> words that its head contains."""
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})|(\d{4})-(\d{2})-(\d{2})")


class ResultsRefused(Refusal):
    """The file as a whole cannot be taken."""

    code = "results_refused"


@dataclass(frozen=True)
class ResultRow:
    """One row: where it stands in the file, what it names, what came of it. `day` None: the file tells none."""

    number: int
    key: str
    tracking: str
    phone: str
    status: str
    day: dt.date | None
    day_text: str = ""


def read_results(name: str, content: bytes) -> list[ResultRow]:
    """The rows of the file. Raises ResultsRefused with what is wrong and what to do."""
    if len(content) > MOST_BYTES:
        raise ResultsRefused(f"Файл «{name}» больше {MOST_BYTES // 2**20} МБ. Разделите его.")
    rows = list(_sheet(name, content) if content[:2] == b"PK" else _lines(name, content))
    at, columns = _head(name, rows)
    return [_row(number, cells, columns) for number, cells in enumerate(rows[at + 1 :], at + 2) if any(cells)]


def _sheet(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        if sum(one.file_size for one in zipfile.ZipFile(io.BytesIO(content)).infolist()) > MOST_UNPACKED:
            raise ResultsRefused(f"Файл «{name}» распаковывается слишком большим. Сохраните его как CSV.")
        sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            _not_too_many(name, number)
            yield [_text(cell) for cell in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as fault:
        raise ResultsRefused(f"Файл «{name}» не читается как XLSX. Сохраните его заново или как CSV.") from fault


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _lines(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1251", errors="replace")
    if "\x00" in text:
        raise ResultsRefused(f"Файл «{name}» не таблица. Нужен CSV или XLSX из почты, шлюза или обзвона.")
    head = text[:4000]
    separator = max(";\t,", key=head.count)
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator)):
        _not_too_many(name, number)
        yield [cell.strip() for cell in cells]


def _not_too_many(name: str, number: int) -> None:
    if number > MOST_ROWS:
        raise ResultsRefused(f"В файле «{name}» больше {MOST_ROWS} строк. Разделите его.")


def _head(name: str, rows: list[list[str]]) -> tuple[int, dict[str, int]]:
    """The row of heads and which column is which."""
    for at, cells in enumerate(rows[:LOOK_FOR_HEAD]):
        columns = _columns(cells)
        if "status" in columns and columns.keys() & {"key", "tracking", "phone"}:
            return at, columns
    raise ResultsRefused(
        f"В файле «{name}» нет нужных колонок. Нужны «Статус» и одна из: «Ключ» (она есть в нашем реестре), «ШПИ», «Телефон»."
    )


def _columns(cells: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        said = fold(cell)
        for column, words in COLUMNS.items():
            if column not in found and place not in found.values() and any(word in said for word in words):
                found[column] = place
    return found


def _row(number: int, cells: list[str], columns: dict[str, int]) -> ResultRow:
    def of(name: str) -> str:
        place = columns.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    told = of("day")
    return ResultRow(number, of("key"), of("tracking"), digits(of("phone")), of("status"), day_in(told), told)


def digits(phone: str) -> str:
    """The last ten digits: +7, 8 and nothing before them are the same number."""
    return re.sub(r"\D", "", phone)[-10:]


def day_in(text: str) -> dt.date | None:
    """The first day that the text names; None when there is none or it is not in the calendar."""
    found = _DAY.search(text)
    if not found:
        return None
    day, month, year, year2, month2, day2 = found.groups()
    try:
        return dt.date(int(year or year2), int(month or month2), int(day or day2))
    except ValueError:
        return None
