"""The cells of one row read by field, with a problem for each that makes no sense."""

import datetime as dt

from casedesk.common.money import NotMoney
from casedesk.common.text import clean
from imports.bailiff.columns import Found
from imports.readers import dates
from imports.readers.amounts import amount
from imports.rows import Problem
from imports.sheets import Cells, Sheet, column_letter


class RowCells:
    """One row of a bailiffs' table. A bad cell of a fact that money or terms hang on is fatal for the row."""

    def __init__(self, sheet: Sheet, found: Found, number: int, cells: Cells):
        self.sheet, self.found, self.number, self.cells = sheet, found, number, cells
        self.problems: list[Problem] = []

    def raw(self, name: str) -> object:
        at = self.found.columns.get(name)
        return self.cells[at] if at is not None and at < len(self.cells) else None

    def broken_text(self, name: str) -> str:
        """The text with its line breaks."""
        cell = self.raw(name)
        return "" if cell is None else str(cell).replace("<br>", "\n")

    def text(self, name: str) -> str:
        cell = self.raw(name)
        if isinstance(cell, dt.date):
            return f"{cell:%d.%m.%Y}"
        if isinstance(cell, float) and cell == int(cell):
            return str(int(cell))
        return "" if cell is None else clean(str(cell).replace("<br>", " "))

    def kopecks(self, name: str) -> int | None:
        try:
            return amount(self.raw(name))
        except NotMoney as wrong:
            self.bad("bad_money", name, self.text(name), f"это не сумма ({wrong})")
            return None

    def day(self, name: str, *, text: str | None = None) -> dt.date | None:
        cell = self.raw(name) if text is None else text
        if cell in (None, "") or (isinstance(cell, str) and clean(cell) in ("", "-", "—", "–")):
            return None
        try:
            return dates.day(cell, epoch_1904=self.sheet.epoch_1904, serials=not self.sheet.text_only)
        except dates.NotDay as wrong:
            self.bad("bad_date", name, str(cell), f"это не дата ({wrong})")
            return None

    def bad(self, code: str, name: str, value: str, why: str, *, fatal: bool = True) -> None:
        at = self.found.columns.get(name)
        heading = self.found.header.texts[at] if at is not None else name
        what = "Исправьте ячейку и загрузите строку снова." if fatal else "Строка принята без этого значения."
        message = f"В колонке «{heading}» стоит «{value}»: {why}. {what}"
        column = column_letter(at) if at is not None else ""
        self.problems.append(Problem(code, message, self.sheet.name, self.number, column, value[:300], fatal))

    @property
    def is_fatal(self) -> bool:
        return any(problem.fatal for problem in self.problems)
