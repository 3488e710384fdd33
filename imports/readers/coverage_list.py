"""Lists of courts and departments with their streets: XLSX or CSV, one street of one authority a row."""

import re
from pathlib import Path

from casedesk.common.text import clean, fold
from enforcement.actions.load_coverage import ListedAddress
from imports.profiles.header import is_value
from imports.readers.errors import Refused
from imports.readers.sniff import open_book
from imports.sheets import LOOK_AHEAD, Sheet

_COLUMNS = {
    "code": re.compile(r"^код"),
    "kind": re.compile(r"^вид|^тип"),
    "name": re.compile(r"^(?:наименование|суд\b|судебный участок|отдел|орган)"),
    "address": re.compile(r"^адрес"),
    "locality": re.compile(r"^(?:населенный пункт|город|нас пункт)"),
    "street": re.compile(r"^улица"),
    "houses": re.compile(r"^(?:дома|номера домов|№ дом|дом)"),
}
_NEEDED = {"code", "name", "street"}
MOST_ROWS = 100_000


def read_coverage_list(path: Path, name: str) -> list[ListedAddress]:
    """The rows of all visible sheets. A code and a name are carried down over empty cells, as such lists print them once.

    Raises Refused when the file has no such columns.
    """
    book = open_book(path, name)
    try:
        rows = [row for sheet in book.visible for row in _rows(sheet)]
    finally:
        book.close()
    if not rows:
        raise Refused(
            "not_a_coverage_list",
            f"В «{name}» нет колонок «Код», «Наименование», «Улица», «Дома». Возьмите образец и заполните его.",
        )
    return rows


def _rows(sheet: Sheet) -> list[ListedAddress]:
    found = _header(sheet)
    if found is None:
        return []
    first, columns = found
    rows, above = [], {}
    for position, (number, cells) in enumerate(sheet.rows()):
        if position <= first or len(rows) >= MOST_ROWS:
            continue
        values = {name: _text(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        if not values["street"]:
            continue
        for name in ("code", "name", "kind", "address", "locality"):
            if name in columns:
                above[name] = values[name] or ("" if name == "address" and values["code"] else above.get(name, ""))
        rows.append(
            ListedAddress(
                number,
                above.get("code", ""),
                above.get("name", ""),
                above.get("kind", ""),
                values["street"],
                values.get("houses", ""),
                above.get("locality", ""),
                above.get("address", ""),
            )
        )
    return rows


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for position, (_, cells) in enumerate(sheet.peek(LOOK_AHEAD)):
        if any(is_value(cell) for cell in cells if cell not in (None, "")):
            continue
        columns: dict[str, int] = {}
        for at, cell in enumerate(cells):
            words = fold(str(cell or "")).replace(".", " ").strip()
            name = next((name for name, pattern in _COLUMNS.items() if name not in columns and pattern.search(words)), None)
            if name:
                columns[name] = at
        if set(columns) >= _NEEDED:
            return position, columns
    return None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return clean(str(cell)) if cell not in (None, "") else ""
