"""Totals that a file states about itself, held against the sum of its rows."""

from imports.profiles.synonyms import SUMS
from imports.rows import ControlTotal

Sums = dict[str, int]


class Totals:
    """Running sums of one sheet. A total row may speak of a group, of a house above or of the whole sheet."""

    def __init__(self, sheet: str, fields: list[str]):
        self.sheet = sheet
        self.fields = [name for name in SUMS if name in fields]
        self.whole: Sums = dict.fromkeys(self.fields, 0)
        self._since_total: Sums = dict.fromkeys(self.fields, 0)
        self._group: Sums = dict.fromkeys(self.fields, 0)
        self._pending: tuple[int, Sums] | None = None
        self.found: list[ControlTotal] = []

    def snapshot(self) -> Sums:
        return dict(self.whole)

    def group_opens(self, row: int, stated: Sums) -> None:
        """A house row above its accounts: what it states is compared when the next group begins or the sheet ends."""
        self.group_closes()
        self._group = self.snapshot()
        self._pending = (row, stated) if stated else None

    def group_closes(self) -> None:
        if self._pending:
            row, stated = self._pending
            self._record(row, stated, self._since(self._group))
            self._pending = None

    def total(self, row: int, stated: Sums, *, last: bool = False) -> None:
        """A total row: of the rows since the last total, of the open group, or of the sheet, whichever it agrees with."""
        candidates = [self.snapshot(), self._since(self._since_total), self._since(self._group)]
        agreeing = [known for known in candidates if all(known[name] == value for name, value in stated.items())]
        fallback = candidates[0] if last or not any(self._since_total.values()) else candidates[1]
        self._record(row, stated, agreeing[0] if agreeing else fallback)
        self._since_total = self.snapshot()

    def _since(self, before: Sums) -> Sums:
        return {name: self.whole[name] - before[name] for name in self.fields}

    def _record(self, row: int, stated: Sums, known: Sums) -> None:
        for name, value in stated.items():
            self.record(row, name, value, known[name])

    def record(self, row: int, field: str, stated: int, known: int) -> None:
        where = f"{self.sheet}, строка {row}" if self.sheet else f"строка {row}"
        self.found.append(ControlTotal(where=where, field=field, file=stated, rows=known))
