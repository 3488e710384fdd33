"""Account x service: one line per account, the same sums once per service side by side. Unpivoted to a row per service."""

import dataclasses
from collections.abc import Iterator

from casedesk.common.money import NotMoney
from imports.checks.balance import balance_problem
from imports.profiles.groups import WHOLE, Groups
from imports.profiles.propose import Proposal
from imports.readers.amounts import amount
from imports.readers.layouts.flat import FlatTable
from imports.readers.titles import Context
from imports.readers.totals import Totals
from imports.rows import Problem, Row
from imports.sheets import Cells, Sheet, column_letter


class WideTable(FlatTable):
    """One sheet of that kind. A group «Итого» is held against the services of its line and never booked."""

    layout = "wide"

    def __init__(self, sheet: Sheet, proposal: Proposal, context: Context, groups: Groups):
        self._money = [at for columns in groups.values() for at in columns.values()]
        super().__init__(sheet, proposal, context)
        self.groups = {name: columns for name, columns in groups.items() if name != WHOLE}
        self.names = {name: _display(proposal, name, columns) for name, columns in self.groups.items()}
        self.whole = groups.get(WHOLE, {})
        fields = [field for columns in self.groups.values() for field in columns]
        self.totals = Totals(sheet.name, fields)
        for field in dict.fromkeys(fields):
            proposal.columns[field] = [columns[field] for columns in self.groups.values() if field in columns]
        self._cells: Cells = ()

    def rows(self) -> Iterator[Row]:
        for base in super().rows():
            if base.problems:
                yield base
            else:
                yield from self._services(base, self._cells)

    def _data(self, number: int, cells: Cells, found: str, name: str) -> Row:
        self._cells = [*cells, *[None] * (self.width - len(cells))]
        return super()._data(number, self._cells, found, name)

    def _money_columns(self) -> list[int]:
        return self._money

    def _services(self, base: Row, cells: Cells) -> Iterator[Row]:
        rows = []
        for service, columns in self.groups.items():
            row = dataclasses.replace(base, service=self.names[service], extra=dict(base.extra), problems=[])
            if self._fill_sums(row, cells, columns):
                rows.append(row)
        rows = rows or [base]
        problem = self._whole_problem(rows, cells)
        for row in rows:
            self._settle(row)
            if problem and not row.problems:
                row.problems.append(problem)
            yield row

    def _fill_sums(self, row: Row, cells: Cells, columns: dict[str, int]) -> bool:
        """Whether the service has anything printed in this line."""
        printed = False
        for field, at in columns.items():
            try:
                value = amount(cells[at])
            except NotMoney as wrong:
                row.problems.append(self._bad_money(row.row, at, cells[at], wrong))
                printed = True
                continue
            printed = printed or bool(value)
            setattr(row, field, value or 0)
        return printed

    def _settle(self, row: Row) -> None:
        for field in self.totals.fields:
            self.totals.whole[field] += getattr(row, field) or 0
        if not row.problems and {"opening", "closing"} <= set(self.totals.fields) and (problem := balance_problem(row)):
            row.problems.append(problem)

    def _whole_problem(self, rows: list[Row], cells: Cells) -> Problem | None:
        """The line's own «Итого» against its services."""
        for field, at in self.whole.items():
            try:
                stated = amount(cells[at])
            except NotMoney:
                continue
            known = sum(getattr(row, field) or 0 for row in rows)
            if stated is not None and stated != known:
                heading = self.proposal.header.texts[at]
                message = f"«{heading}» строки не равно сумме её услуг. Проверьте строку у отправителя."
                return Problem("row_total_mismatch", message, self.sheet.name, rows[0].row, column_letter(at), str(cells[at]))
        return None

    def _stated(self, number: int, cells: Cells) -> dict[str, int]:
        stated: dict[str, int] = {}
        for columns in self.groups.values():
            for field, at in columns.items():
                try:
                    value = amount(cells[at]) if at < len(cells) else None
                except NotMoney:
                    continue
                if value is not None:
                    stated[field] = stated.get(field, 0) + value
        return stated


def _display(proposal: Proposal, name: str, columns: dict[str, int]) -> str:
    """The service as the header prints it, hyphenation joined."""
    at = next(iter(columns.values()))
    keys, texts = proposal.header.keys[at].split(" / "), proposal.header.texts[at].split(" / ")
    printed = texts[keys.index(name)] if len(texts) == len(keys) else name
    return printed.replace("- ", "").strip().capitalize()
