"""Writs and proceedings that a register of accounts carries in further columns (the master layout)."""

import datetime as dt
from collections.abc import Iterator

from casedesk.common import money
from debtors.models import Booking
from enforcement.actions.register_writs import Registered, WritRow, register_writs
from enforcement.rules.printed import ground, proceeding_status, writ_kind
from imports.readers import dates
from imports.rows import Problem

NUMBER = "writ_num"
Details = dict[int, tuple[int, dict]]


def take_writs(*, booking: Booking, details: Details, accounts: dict[int, int]) -> tuple[Registered, list[Problem]]:
    """Register what the rows' further columns say of writs; return what was new and the cells that make no sense.

    `accounts` gives the ids of the refs that were new. A bad cell costs the writ that field, never the row.
    """
    problems: list[Problem] = []
    rows = list(_rows(details, accounts, problems))
    return (register_writs(booking=booking, rows=rows) if rows else Registered(0, 0, 0)), problems


def _rows(details: Details, accounts: dict[int, int], problems: list[Problem]) -> Iterator[WritRow]:
    for ref, (row, said) in details.items():
        extra = said.get("extra", {})
        if not extra.get(NUMBER):
            continue
        kind = writ_kind(extra.get("writ_type", ""), extra[NUMBER])
        if kind is None:
            problems.append(_bad(row, "writ_type", extra.get("writ_type", ""), "не вид исполнительного документа"))
            continue
        yield _row(_Cells(row, extra, problems), accounts.get(ref, ref), kind)


def _row(cells: "_Cells", account: int, kind: str) -> WritRow:
    ended_on = cells.day("ip_end")
    status = proceeding_status(cells.text("ip_status"), ended=ended_on is not None)
    open_still = status == "open"
    return WritRow(
        account_id=account,
        kind=kind,
        number=cells.text(NUMBER)[:60],
        issued_on=cells.day("writ_date"),
        court_case=cells.text("case_num"),
        principal=cells.kopecks("writ_sum"),
        penalty=cells.kopecks("writ_peni"),
        duty=cells.kopecks("writ_duty"),
        proceeding=cells.text("ip_num"),
        consolidated=cells.text("ip_svod"),
        opened_on=cells.day("ip_date"),
        bailiff=cells.text("bailiff"),
        status=status,
        ended_on=None if open_still else ended_on,
        ground="" if open_still else ground(cells.text("ip_end_article")),
        row=cells.row,
    )


class _Cells:
    """The further columns of one row, read with a problem for each cell that makes no sense."""

    def __init__(self, row: int, extra: dict[str, str], problems: list[Problem]):
        self.row, self.extra, self.problems = row, extra, problems

    def text(self, name: str) -> str:
        return self.extra.get(name, "")

    def day(self, name: str) -> dt.date | None:
        text = self.text(name)
        try:
            return dates.day(text) if text else None
        except ValueError:
            self.problems.append(_bad(self.row, name, text, "не дата"))
            return None

    def kopecks(self, name: str) -> int:
        text = self.text(name)
        try:
            return max(0, money.kopecks(text)) if text else 0
        except money.NotMoney:
            self.problems.append(_bad(self.row, name, text, "не сумма"))
            return 0


def _bad(row: int, column: str, value: str, why: str) -> Problem:
    said = f"В колонке «{column}» стоит «{value}»: это {why}. Документ заведён без этого поля, поправьте его в деле."
    return Problem("bad_writ_cell", said, row=row, column=column, value=value, fatal=False)
