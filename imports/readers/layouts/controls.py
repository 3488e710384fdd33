"""Control lines of registers without a header: `=…`, «Итого», `#FILESUM`, batch headings and trailers."""

import datetime as dt
import re
from collections import Counter

from casedesk.common.money import NotMoney
from imports.readers import dates
from imports.readers.amounts import amount
from imports.readers.linekinds import is_total_text
from imports.rows import ControlTotal, Row

_DIRECTIVE = re.compile(r"^#\s*([A-Z]+)\s+(.*)$")
_BATCH = re.compile(r"^[@#$*]|^(?:пачка|batch|h|hdr)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d \xa0]*(?:[.,]\d+)?(?!\d)")
_DECIMAL = re.compile(r"[.,]\d{2}$")


class Batch:
    """An open batch: what its heading states and what its lines give."""

    def __init__(self, row: int, name: str, day: dt.date, stated: int, count: int | None):
        self.row, self.name, self.day, self.stated, self.count = row, name, day, stated, count
        self.sum, self.lines = 0, 0


class Controls:
    """Sums of one register as it is read, and the totals it states about itself. `found` is complete after `close`."""

    def __init__(self, *, balances: bool):
        self.field = "opening" if balances else "paid"
        self.batch: Batch | None = None
        self.found: list[ControlTotal] = []
        self._late: list[tuple[int, int]] = []
        self._sums: Counter[str] = Counter()

    def take(self, number: int, fields: list[str]) -> str:
        """What kind of control line this is ("" for a data line); its statement is kept."""
        first = fields[0] if fields else ""
        if not any(fields):
            return "blank"
        if first.startswith("=") or (first.startswith("+") and first[1:].isdigit()):
            self._control(number, fields)
            return "total"
        if found := _DIRECTIVE.match(";".join(fields)):
            self._directive(number, found[1], found[2])
            return "title"
        if _BATCH.match(first):
            self._heading(number, fields)
            return "group_header"
        if is_total_text(first) or (len(fields) > 1 and is_total_text(fields[1])):
            self._total(number, fields)
            return "total"
        return ""

    def add(self, row: Row) -> None:
        """Count a data row, rejected ones too: totals tell whether the file is whole."""
        value = getattr(row, self.field) or 0
        self._sums["rows"] += 1
        self._sums[self.field] += value
        for name in ("transferred", "fee", "second_sum"):
            if name in row.extra:
                self._sums[name] += amount(row.extra[name]) or 0
        if self.batch:
            self.batch.sum += value

    def close(self) -> None:
        self._close_batch()
        for row, stated in self._late:
            self._record(row, self.field, stated, self._sums[self.field])

    def _control(self, number: int, fields: list[str]) -> None:
        """`=60;233443,68;230642,35;2801,33;684443;13-03-2024`: count, sum, transferred, commission."""
        values = [field for field in (fields[0].lstrip("=+"), *fields[1:]) if field]
        if values and values[0].isdigit():
            self._record(number, "rows", int(values.pop(0)), self._sums["rows"], money=False)
        names = [self.field, "transferred", "fee"] if "transferred" in self._sums else [self.field, "second_sum"]
        for name, value in zip(names, values, strict=False):
            stated = money_or_none(value)
            if stated is None or not _DECIMAL.search(value):
                break
            self._record(number, name, stated, self._sums[name])

    def _total(self, number: int, fields: list[str]) -> None:
        """«Итого;25;102560,08» or «Итого: 25 на сумму 102560.08»."""
        words = fields[1:] if len(fields) > 1 else _NUMBER.findall(fields[0])
        count = next((word for word in words if word.isdigit()), "")
        if count:
            self._record(number, "rows", int(count), self._sums["rows"], money=False)
        stated = [value for word in words if _DECIMAL.search(word) and (value := money_or_none(word)) is not None]
        for name, value in zip((self.field, "second_sum"), stated, strict=False):
            self._record(number, name, value, self._sums[name])

    def _directive(self, number: int, name: str, value: str) -> None:
        if name == "FILESUM" and (stated := money_or_none(value.strip())) is not None:
            self._late.append((number, stated))

    def _heading(self, number: int, fields: list[str]) -> None:
        self._close_batch()
        days = [day for field in fields[1:] if (day := day_or_none(field))]
        sums = [value for field in fields[1:] if _DECIMAL.search(field) and (value := money_or_none(field)) is not None]
        if days and sums:
            counts = [int(field) for field in fields[2:] if field.isdigit() and len(field) < 7]
            self.batch = Batch(number, f"{fields[1]} от {days[0]:%d.%m.%Y}", days[0], sums[-1], counts[-1] if counts else None)

    def _close_batch(self) -> None:
        batch, self.batch = self.batch, None
        if batch is None:
            return
        self._record(batch.row, self.field, batch.stated, batch.sum)
        if batch.count is not None:
            self._record(batch.row, "rows", batch.count, batch.lines, money=False)

    def _record(self, row: int, field: str, stated: int, known: int, *, money: bool = True) -> None:
        self.found.append(ControlTotal(f"строка {row}", field, stated, known, money))


def is_control(fields: list[str]) -> bool:
    """Whether a line is none of the data, judged without keeping anything."""
    return fields[0].startswith(("=", "+")) or bool(_BATCH.match(fields[0])) or is_total_text(fields[0])


def day(shown: str) -> dt.date:
    return dates.day(shown.strip(), serials=False)


def day_or_none(shown: str) -> dt.date | None:
    try:
        return None if shown.strip().isdigit() else day(shown)
    except dates.NotDay:
        return None


def money_or_none(shown: str) -> int | None:
    try:
        return amount(shown)
    except NotMoney:
        return None
