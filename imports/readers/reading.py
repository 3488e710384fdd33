"""The entry point: open the file, find its layout, hand on its rows with everything noticed on the way."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from imports.checks.duplicates import MOST_ROWS, TooManyRows, mark_duplicates
from imports.profiles.header import Header, find_header
from imports.profiles.saved import SavedProfile
from imports.readers.errors import Refused
from imports.readers.layouts import ageing
from imports.readers.layouts.choose import table_of
from imports.readers.layouts.flat import FlatTable
from imports.readers.layouts.gis_accounts import GisAccounts, gis_accounts
from imports.readers.layouts.gis_documents import GisDocuments, gis_documents
from imports.readers.layouts.headerless import HeaderlessTable, headerless_table
from imports.readers.period import settle_period
from imports.readers.sniff import open_book
from imports.readers.titles import read_titles
from imports.rows import Block, Problem, Reading, Row
from imports.sheets import LOOK_AHEAD, Book, Sheet

Table = FlatTable | HeaderlessTable | GisAccounts | GisDocuments


def read(
    path: Path,
    *,
    kind: str = "auto",
    profile: SavedProfile | None = None,
    choose: Callable[[Book], SavedProfile | None] | None = None,
    period: int | None = None,
    name: str | None = None,
) -> Reading:
    """Read one register. Raises Refused when the file as a whole cannot be read or is dangerous.

    `kind` and `period` (a month) stand above what the program finds; `profile` is replayed exactly, and `choose` may name one
    by looking at the opened book. `name` is the name the user knows the file by. The rows of the answer stream: its lists are
    complete once they are exhausted. A fatal problem in `Reading.problems` means that nothing of the file may be booked.
    """
    name = name or Path(path).name
    book = open_book(Path(path), name)
    if profile is None and choose:
        profile = choose(book)
    tables = _tables(book, profile, period)
    if not tables:
        raise Refused(
            "no_table", f"В файле «{name}» не найдено таблицы с лицевыми счетами и суммами. Проверьте, тот ли это файл."
        )
    return _reading(book, tables, kind=kind, period=period, name=name)


def _tables(book: Book, profile: SavedProfile | None, period: int | None) -> list[Table]:
    gis = gis_accounts(book) or gis_documents(book) if book.format == "xlsx" and not profile else None
    if gis:
        return [gis]
    tables = []
    pattern = re.compile(profile.sheet_pattern) if profile and profile.sheet_pattern else None
    for sheet in book.visible:
        if pattern and not pattern.search(sheet.name):
            continue
        header = find_header(sheet, depth=profile.header_rows or None if profile else None)
        table = _table(sheet, header, profile, period) if header else None
        if table is None and sheet.text_only:
            table = headerless_table(sheet, sheet.tail)
        sheet.release()
        if table is not None:
            tables.append(table)
        elif sheet.peek(1):
            book.problems.append(_not_read(sheet))
    return tables


def _table(sheet: Sheet, header: Header, profile: SavedProfile | None, period: int | None) -> FlatTable | None:
    context = read_titles(sheet.peek(LOOK_AHEAD)[: header.first], sheet.name)
    if period is not None:
        context.month = period
    return table_of(sheet, header, context, profile)


def _not_read(sheet: Sheet) -> Problem:
    message = f"Лист «{sheet.name}» не прочитан: на нём нет таблицы с лицевыми счетами."
    return Problem("sheet_without_accounts", message, sheet.name, fatal=False)


def _reading(book: Book, tables: list[Table], *, kind: str, period: int | None, name: str) -> Reading:
    first = tables[0].proposal
    skipped: Counter[str] = Counter()
    reading = Reading(
        format="txt" if tables[0].layout == "headerless" else book.format,
        encoding=book.encoding,
        kind=_kind(first.columns) if kind == "auto" else kind,
        profile=first.name,
        confidence=min(table.proposal.confidence for table in tables),
        pieces=(),
        columns=first.shown(),
        problems=[*book.problems, *_once(problem for table in tables for problem in table.proposal.problems)],
        as_of=first.as_of or tables[0].context.as_of,
        balances_only=first.balances_only,
    )
    if any(table.layout == "ageing" for table in tables):
        reading.kind = ageing.KIND
        reading.problems.append(ageing.not_bookable())
    elif any(table.context.thousands for table in tables):
        reading.problems.append(_thousands(name))
    settle_period(reading, [(table.proposal.columns, table.context) for table in tables], period=period, name=name)
    reading.pieces = _checked(_pieces(reading, book, tables, skipped), reading.kind, name)
    reading.skipped_why = skipped
    return reading


def _checked(pieces: Iterator[Row | Block], kind: str, name: str) -> Iterator[Row | Block]:
    try:
        yield from mark_duplicates(pieces, kind=kind)
    except TooManyRows as wrong:
        raise Refused(
            "too_many_rows", f"В файле «{name}» больше {MOST_ROWS} строк. Разделите его по домам или услугам."
        ) from wrong


def _pieces(reading: Reading, book: Book, tables: list[Table], skipped: Counter[str]) -> Iterator[Row | Block]:
    """Rows in their order; those of turnover registers in blocks, for which `Feed` has a way of its own."""
    blocks = reading.kind == "charges" and not reading.balances_only
    try:
        for table in tables:
            yield from table.pieces() if blocks and isinstance(table, FlatTable) else table.rows()
            skipped.update(+table.skipped)
            reading.control_totals.extend(table.totals.found)
        skipped.update(book.skipped_why)
    finally:
        book.close()


def _once(problems) -> list[Problem]:
    seen, kept = set(), []
    for problem in problems:
        if (problem.code, problem.message) not in seen:
            seen.add((problem.code, problem.message))
            kept.append(problem)
    return kept


def _kind(columns: dict[str, list[int]]) -> str:
    names = set(columns)
    if "extra" in names and {"account", "holder"} <= names:
        return "accounts"
    if "paid" in names and not {"charged", "closing", "closing_debit", "opening"} & names:
        return "payments"
    if names & {"charged", "closing", "opening", "closing_debit", "recalculated"}:
        return "charges"
    return "accounts"


def _thousands(name: str) -> Problem:
    message = f"Суммы в файле «{name}» в тысячах рублей: копейки потеряны, учёт по ним не ведут. Нужен реестр в рублях."
    return Problem("thousands", message)
