"""A table with one account (or account and service, or payment) per line: most registers are this, once the header is found."""

from collections import Counter
from collections.abc import Iterable, Iterator

from casedesk.common.money import NotMoney
from casedesk.common.text import clean
from imports.checks.balance import balance_problem
from imports.profiles.header import is_number_row
from imports.profiles.propose import Proposal
from imports.profiles.synonyms import DAMPED, SUMS
from imports.readers import linekinds
from imports.readers.accounts import NotAccount, account, account_and_name
from imports.readers.amounts import amount
from imports.readers.layouts.blocks import BlockReader
from imports.readers.layouts.fields import PLACES, Fields
from imports.readers.titles import Context
from imports.readers.totals import Totals
from imports.rows import Block, Problem, Row
from imports.sheets import Cells, NumberedRow, Sheet, column_letter


class FlatTable:
    """One sheet read through a proposal. `rows()` streams; `skipped` and `totals` are complete when it is exhausted."""

    layout = "flat"

    def __init__(self, sheet: Sheet, proposal: Proposal, context: Context, *, by_address: bool = False):
        self.sheet, self.proposal, self.context, self.by_address = sheet, proposal, context, by_address
        columns = proposal.columns
        self.skipped: Counter[str] = Counter()
        self.fields = Fields(sheet, proposal, context)
        self.sums = _sum_columns(columns)
        single = [(PLACES[field], places[0][0]) for field, places in self.sums.items() if len(places) == 1]
        self._sum_places, self._sum_columns = [place for place, _ in single], [at for _, at in single]
        self._paired = [(field, places) for field, places in self.sums.items() if len(places) > 1]
        self.totals = Totals(sheet.name, list(self.sums))
        self.combined = "account_holder" in columns
        self.account_column = (columns.get("account_holder") or columns.get("account") or [None])[0]
        zero_widths = sheet.zero_widths.get(self.account_column, set()) if self.account_column is not None else set()
        self.zero_width = max(zero_widths, default=0)
        self.mixed_zeros = len(zero_widths) > 1
        self.width = len(proposal.header.keys)
        self._merge_starts = self._vertical_merges()
        self.has_merges = bool(self._merge_starts)
        self.last_column = max(at for places in columns.values() for at in places)
        self._filled: dict[int, tuple[int, object]] = {}
        turnovers = bool({"charged", "recalculated"} & set(self.sums)) or {"opening", "closing"} <= set(self.sums)
        self.blank_is = 0 if turnovers or (proposal.balances_only and proposal.empty_balance_is_zero) else None
        """In registers of turnovers an empty cell means that nothing moved."""
        self.checks_balance = {"opening", "closing"} <= set(self.sums) and bool({"charged", "paid"} & set(self.sums))

    def rows(self) -> Iterator[Row]:
        """Data rows, rejected ones included."""
        yield from self.single_rows(self._body())
        self.totals.group_closes()

    def pieces(self) -> Iterator[Row | Block]:
        """The same rows, plain ones in blocks. A block's rows are to be made before the next piece is asked for."""
        if type(self) is not FlatTable or not BlockReader.takes(self):
            yield from self.rows()
            return
        yield from BlockReader(self).pieces(self._body())
        self.totals.group_closes()

    def single_rows(self, lines: Iterable[NumberedRow]) -> Iterator[Row]:
        """Lines read one by one."""
        column = -1 if self.account_column is None or self.combined else self.account_column
        data, careful = self._data, self._row
        for number, cells in lines:
            cell = cells[column] if 0 <= column < len(cells) else None
            plain = type(cell) is str and len(cell) > 3 and cell.isdigit() and cell.isascii()
            row = data(number, cells, cell, "") if plain else careful(number, cells)
            if row is not None:
                yield row

    def _body(self) -> Iterator[NumberedRow]:
        """The lines under the header, with merged cells filled."""
        top = self.proposal.header.last + 1
        heading = top - self.proposal.header.first
        numbered = self.sheet.rows()
        for _ in range(top):
            next(numbered, None)
        self.skipped["header"] += heading
        self.skipped["title"] += top - heading
        self.fields.begin()
        return self._unmerged(numbered) if self._merge_starts else numbered

    def _row(self, number: int, cells: Cells) -> Row | None:
        column = self.account_column
        if column is None:
            return self._without_account_column(number, cells)
        return self._careful_account(number, cells, cells[column] if column < len(cells) else None)

    def _careful_account(self, number: int, cells: Cells, cell: object) -> Row | None:
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return self._not_data(number, cells, NotAccount("нет номера лицевого счёта"), cell)
        try:
            if self.combined:
                found, name = account_and_name(cell, zero_width=self.zero_width)
            else:
                found, name = account(cell, zero_width=self.zero_width), ""
            if type(cell) is not str and self.mixed_zeros:
                raise NotAccount("у чисел колонки разные форматы нулей: передайте лицевой счёт текстом", damaged=True)
        except (NotAccount, ValueError) as wrong:
            return self._not_data(number, cells, wrong, cell)
        if is_number_row(cells):
            self.skipped[linekinds.NUMBERS] += 1
            return None
        return self._data(number, cells, found, name)

    def _without_account_column(self, number: int, cells: Cells) -> Row | None:
        """A card of one account, or a listing known by address and flat only."""
        kind = linekinds.kind_of(cells, money_columns=self._money_columns())
        body = kind in (linekinds.DATA, linekinds.GROUP, linekinds.NOTE) if self.by_address else kind == linekinds.DATA
        if body and self.fields.has_key(cells):
            return self._data(number, cells, self.context.account, "")
        return self._skip(number, cells, linekinds.NOTE if kind == linekinds.DATA else kind)

    def _data(self, number: int, cells: Cells, found: str, name: str) -> Row:
        row = self.read_line(number, cells, found, name)
        self._add_up(row)
        return row

    def read_line(self, number: int, cells: Cells, found: str, name: str) -> Row:
        """A data line as a row, its sums not yet counted."""
        try:
            values = self.fields.quick(number, found, cells)
            sums = [amount(cells[at]) for at in self._sum_columns]
            for place, value in zip(self._sum_places, sums, strict=True):
                values[place] = self.blank_is if value is None else value
            row = Row(*values)
            self.fields.finish(row, cells)
            for field, places in self._paired:
                setattr(row, field, self._sum(cells, places))
        except (ValueError, IndexError):
            row = Row(sheet=self.sheet.name, row=number, account=found)
            self._fill_carefully(row, cells)
        if name:
            row.holder = row.holder or name
        if self.blank_is is None:
            self._check_presence(row)
        return row

    def _check_presence(self, row: Row) -> None:
        """A payment without a sum is no payment; a balance that is not printed is unknown, not nothing."""
        missing = [field for field in self.sums if field != "penalty" and getattr(row, field) is None]
        if missing and not row.problems:
            row.problems.append(_nothing_printed(row, self.proposal.header.texts[self.sums[missing[0]][0][0]]))

    def _add_up(self, row: Row) -> None:
        whole = self.totals.whole
        for field in self.totals.fields:
            value = getattr(row, field)
            if value:
                whole[field] += value
        self.checked(row)

    def checked(self, row: Row) -> Row:
        """The row with a problem when its sums do not meet."""
        if self.checks_balance and not row.problems and (problem := balance_problem(row)):
            row.problems.append(problem)
        return row

    def _sum(self, cells: Cells, places: list[tuple[int, int]]) -> int | None:
        if len(places) == 1:
            value = amount(cells[places[0][0]])
            return self.blank_is if value is None else value
        values = [(amount(cells[at]), sign) for at, sign in places]
        return sum(value * sign for value, sign in values if value is not None)

    def _fill_carefully(self, row: Row, cells: Cells) -> None:
        """The same again cell by cell, so that every fault is told with its column."""
        padded = [*cells, *[None] * (self.width - len(cells))]
        row.problems.extend(self.fields.fill_carefully(row, padded))
        for field, places in self.sums.items():
            try:
                setattr(row, field, self._sum(padded, places))
            except NotMoney as wrong:
                at = next(at for at, _ in places if _is_bad(padded[at]))
                row.problems.append(self._bad_money(row.row, at, padded[at], wrong))

    def _bad_money(self, number: int, at: int, cell: object, wrong: NotMoney) -> Problem:
        heading = self.proposal.header.texts[at] or column_letter(at)
        return Problem(
            "bad_money",
            f"В колонке «{heading}» стоит «{cell}»: это не сумма ({wrong.why}). Исправьте ячейку и загрузите строку снова.",
            sheet=self.sheet.name,
            row=number,
            column=column_letter(at),
            value=str(cell),
        )

    def _not_data(self, number: int, cells: Cells, wrong: ValueError, cell: object) -> Row | None:
        kind = linekinds.kind_of(cells, money_columns=self._money_columns())
        damaged = isinstance(wrong, NotAccount) and wrong.damaged
        if kind != linekinds.DATA and not (damaged and kind == linekinds.NOTE):
            return self._skip(number, cells, kind)
        row = Row(sheet=self.sheet.name, row=number)
        self._fill_carefully(row, cells)
        shown = "" if cell is None else str(cell)
        code = "bad_account" if shown.strip() else "no_account"
        message = (
            f"Лицевой счёт «{shown}» не принят: {wrong}." if shown.strip() else "В строке есть суммы, но нет лицевого счёта."
        )
        letter = column_letter(self.account_column) if self.account_column is not None else ""
        row.problems.insert(0, Problem(code, message, self.sheet.name, number, letter, shown))
        self._add_up(row)
        return row

    def _skip(self, number: int, cells: Cells, kind: str) -> None:
        self.skipped[kind] += 1
        if kind == linekinds.TOTAL:
            self.totals.group_closes() if linekinds.is_whole_text(cells) else None
            self.totals.total(number, self._stated(number, cells), last=linekinds.is_whole_text(cells))
        elif kind == linekinds.GROUP:
            self.totals.group_opens(number, self._stated(number, cells))
            self.fields.group_address = clean(str(next(cell for cell in cells if cell)))

    def _stated(self, number: int, cells: Cells) -> dict[str, int]:
        """The sums that a total row prints; cells that cannot be read and formulas without values state nothing."""
        stated = {}
        for field, places in self.sums.items():
            try:
                values = [(amount(cells[at]) if at < len(cells) else None, sign) for at, sign in places]
            except NotMoney:
                continue
            if any(value is not None for value, _ in values):
                stated[field] = sum((value or 0) * sign for value, sign in values)
        return stated

    def _money_columns(self) -> list[int]:
        return [at for places in self.sums.values() for at, _ in places]

    def _vertical_merges(self) -> dict[int, list[tuple[int, int]]]:
        money = set(self._money_columns())
        starts: dict[int, list[tuple[int, int]]] = {}
        for top, left, bottom, right in self.sheet.merged:
            if bottom > top and left == right and left not in money:
                starts.setdefault(top, []).append((left, bottom))
        return starts

    def _unmerged(self, numbered):
        """Rows with the cells of vertically merged ranges filled from their top cell."""
        for number, cells in numbered:
            for column, bottom in self._merge_starts.get(number, ()):
                self._filled[column] = (bottom, cells[column] if column < len(cells) else None)
            if not self._filled:
                yield number, cells
                continue
            cells = list(cells)
            for column, (bottom, value) in list(self._filled.items()):
                if number > bottom:
                    del self._filled[column]
                elif column < len(cells) and cells[column] in (None, ""):
                    cells[column] = value
            yield number, cells


def _nothing_printed(row: Row, heading: str) -> Problem:
    return Problem(
        "no_amount",
        f"В колонке «{heading}» пусто: сумма неизвестна. Впишите её (0,00, если ничего нет) и загрузите строку снова.",
        sheet=row.sheet,
        row=row.row,
    )


def _is_bad(cell: object) -> bool:
    try:
        amount(cell)
    except NotMoney:
        return True
    return False


def _sum_columns(columns: dict[str, list[int]]) -> dict[str, list[tuple[int, int]]]:
    """Field -> [(column, sign)]: a debit and a credit column make one balance."""
    sums: dict[str, list[tuple[int, int]]] = {}
    for name in SUMS:
        if name in columns:
            sums[name] = [(columns[name][0], 1)]
    for name, (field, sign) in DAMPED.items():
        if name in columns and field not in columns:
            sums.setdefault(field, []).append((columns[name][0], sign))
    return sums
