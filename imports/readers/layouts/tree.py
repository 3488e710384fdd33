"""House -> account -> service in one column, as the report composer of 1C prints it: each level repeats the sums of the next.

Only the lowest level is data; the levels above are control totals. The text («л/с № …») and the outline tell the level.
"""

import re
from collections.abc import Iterator

from casedesk.common.money import NotMoney
from casedesk.common.text import clean, fold
from imports.profiles.propose import Proposal
from imports.readers import linekinds
from imports.readers.accounts import NotAccount, account_and_name, names_account
from imports.readers.layouts.flat import FlatTable
from imports.readers.titles import Context
from imports.rows import Problem, Row
from imports.sheets import Cells, NumberedRow, Sheet, column_letter

_LEVEL_NAME = re.compile(
    r"^(?:здание|дом|адрес|помещение|квартира|лицевой счет|абонент|контрагент|услуга|вид начисления|статья)$"
)
ENOUGH = 2


def name_column(rows: list[NumberedRow]) -> int | None:
    """The column where accounts announce themselves among other levels, or None when the table is no tree."""
    counts: dict[int, int] = {}
    for _, cells in rows:
        for column, cell in enumerate(cells[:4]):
            if isinstance(cell, str) and names_account(cell):
                counts[column] = counts.get(column, 0) + 1
    best = max(counts, key=counts.__getitem__, default=None)
    return best if best is not None and counts[best] >= ENOUGH else None


class TreeTable(FlatTable):
    """One sheet of that kind."""

    layout = "tree"

    def __init__(self, sheet: Sheet, proposal: Proposal, context: Context, column: int):
        super().__init__(sheet, proposal, context)
        self.column = column
        self._house = context.address
        self._account: Row | None = None
        self._level: int | None = None
        self._below: dict[str, int] = {}
        self._has_services = False

    def rows(self) -> Iterator[Row]:
        for number, cells in self._body():
            cell = cells[self.column] if self.column < len(cells) else None
            text = clean(str(cell)) if cell not in (None, "") else ""
            yield from self._line(number, cells, text)
        yield from self._close_account()
        self.totals.group_closes()

    def _line(self, number: int, cells: Cells, text: str) -> Iterator[Row]:
        kind = linekinds.kind_of(cells, money_columns=self._money_columns())
        if names_account(text):
            yield from self._close_account()
            self._open_account(number, cells, text)
        elif kind == linekinds.TOTAL:
            yield from self._close_account()
            self.totals.group_closes()
            self._skip(number, cells, kind)
        elif kind in (linekinds.BLANK, linekinds.NUMBERS, linekinds.NOTE) or not text:
            self._skip(number, cells, "header" if _LEVEL_NAME.match(fold(text)) else kind)
        elif self._is_house(number, text):
            yield from self._close_account()
            self._house = text
            self._skip(number, cells, linekinds.GROUP)
        else:
            yield self._service(number, cells, text)

    def _is_house(self, number: int, text: str) -> bool:
        level = self.sheet.outline.get(number, 0)
        if self._account is None:
            return True
        return level <= self._level if self._level is not None else linekinds.is_address(text)

    def _open_account(self, number: int, cells: Cells, text: str) -> None:
        row = Row(sheet=self.sheet.name, row=number, address=self._house, month=self.context.month)
        try:
            row.account, row.holder = account_and_name(text)
        except (NotAccount, ValueError) as wrong:
            message = f"Лицевой счёт «{text}» не принят: {wrong}."
            row.problems.append(Problem("bad_account", message, self.sheet.name, number, column_letter(self.column), text))
        self._fill_sums(row, cells)
        self._account, self._has_services = row, False
        self._level = self.sheet.outline.get(number) if self.sheet.outline else None
        self._below = dict.fromkeys(self.sums, 0)

    def _close_account(self) -> Iterator[Row]:
        """An account without services under it is data itself; otherwise it is a total of its services."""
        row, self._account = self._account, None
        if row is None:
            return
        if not self._has_services:
            self._add_up(row)
            yield row
            return
        self.skipped[linekinds.GROUP] += 1
        for field, below in self._below.items():
            stated = getattr(row, field)
            if stated is not None and stated != below:
                self.totals.record(row.row, field, stated, below)

    def _service(self, number: int, cells: Cells, text: str) -> Row:
        above = self._account
        row = Row(sheet=self.sheet.name, row=number, account=above.account, holder=above.holder, address=above.address)
        row.service, row.month = text, above.month
        row.problems.extend(above.problems)
        self._fill_sums(row, cells)
        self._has_services = True
        for field in self._below:
            self._below[field] += getattr(row, field) or 0
        self._add_up(row)
        return row

    def _fill_sums(self, row: Row, cells: Cells) -> None:
        padded = [*cells, *[None] * (self.width - len(cells))]
        for field, places in self.sums.items():
            try:
                setattr(row, field, self._sum(padded, places))
            except NotMoney as wrong:
                row.problems.append(self._bad_money(row.row, places[0][0], padded[places[0][0]], wrong))
