"""Replies of bailiff departments to a reconciliation: one row per writ, in any order of columns."""

import re
from collections import Counter

from casedesk.common.text import clean, fold
from enforcement.rules.bailiff_facts import ReplyHead, ReplyLine
from enforcement.rules.printed import FINISHED, STATUSES, ground, writ_kind
from enforcement.rules.proceeding_numbers import department_of, read_numbers
from imports.bailiff.cells import RowCells
from imports.bailiff.columns import Found
from imports.bailiff.file import REPLY, BailiffFile
from imports.bailiff.walk import titles, walk
from imports.matching import tokens
from imports.readers import dates
from imports.readers.titles import read_titles
from imports.rows import Problem
from imports.sheets import Book, Sheet

NOT_RECEIVED = "not_received"
_NOT_RECEIVED = re.compile(r"не поступ|не предъявл|не найден|не зарегистр|отсутствует в")
_DEPARTMENT = re.compile(r"\b(?:осп|росп|мосп|межрайонн\w+ отдел\w*|отдел\w* судебных приставов)\b", re.IGNORECASE)
_DATED_NAME = re.compile(r"^(?P<name>.*?)[\s,;(]+(?P<born>\d{1,2}\.\d{1,2}\.\d{4})(?:\s*г\.?\s*р?\.?)?[\s,;)]*(?P<rest>.*)$")
_SUMS = ("claimed", "collected", "remaining")


def read_reply(book: Book, tables: list[tuple[Sheet, Found]]) -> BailiffFile:
    """Read the sheets whose header is a reply's."""
    file = BailiffFile(REPLY, book.format, book.encoding, ReplyHead("reply"), problems=list(book.problems))
    for sheet, found in tables:
        file.columns = file.columns or found.shown
        _head(file.head, sheet, found)
        walk(file, sheet, found, _line, sums=_SUMS)
    settle_head(file)
    return file


def _head(head: ReplyHead, sheet: Sheet, found: Found) -> None:
    above = sheet.peek(found.header.first)
    head.as_of = head.as_of or read_titles(above, sheet.name).as_of
    named = next((text for text in titles(sheet, found) if _DEPARTMENT.search(fold(text))), "")
    head.department_name = head.department_name or clean(named)[:300]


def settle_head(file: BailiffFile) -> None:
    """Whose reply it is, by the numbers of its proceedings, and of which day. A stranger among them gets a warning."""
    lines = [line for line in file.lines if line.facts is not None]
    codes = Counter(code for line in lines if (code := department_of(line.facts.proceeding)))
    head = file.head
    head.department_code = codes.most_common(1)[0][0] if codes else ""
    for line in lines:
        code = department_of(line.facts.proceeding)
        if code and code != head.department_code:
            said = (
                f"Производство {line.facts.proceeding} другого отдела ({code}), остальные строки отдела "
                f"{head.department_code}. Строка принята; проверьте номер."
            )
            line.problems.append(Problem("other_department", said, line.sheet, line.row, value=code, fatal=False))


def _line(row: RowCells) -> ReplyLine | None:
    line = ReplyLine(row.sheet.name, row.number)
    _debtor(row, line)
    _writ(row, line)
    _proceeding(row, line)
    line.claimed, line.collected, line.remaining = (row.kopecks(name) for name in _SUMS)
    if line.claimed is None and "total" in row.found.columns:
        line.claimed = row.kopecks("total")
    line.presented_on, line.sent_on = _first_day(row, "presented_on"), row.day("sent_on")
    line.note = row.text("note")[:500]
    _end(row, line)
    check_line(row, line)
    return line


def _debtor(row: RowCells, line: ReplyLine) -> None:
    both = row.text("debtor_all") or row.text("debtor")
    line.birth_date, line.address = row.day("birth_date"), row.text("address")[:400]
    if found := _DATED_NAME.match(both):
        line.birth_date = line.birth_date or row.day("debtor_all", text=found["born"])
        line.address = line.address or found["rest"][:400]
        both = found["name"]
    line.debtor_name = both[:300]


def _writ(row: RowCells, line: ReplyLine) -> None:
    line.court, line.writ_issued_on = row.text("court")[:300], row.day("writ_date")
    printed = row.text("writ_number")
    whole = row.text("writ_all")
    if whole and not printed:
        found = tokens.read(whole)
        number = next(iter([*found.writs, *found.orders]), None)
        printed = number.text if number else ""
        line.writ_issued_on = line.writ_issued_on or (number.date if number else None)
    several = [part.strip() for part in printed.split(";") if part.strip()]
    line.writ_number = several[0][:60] if several else ""
    if len(several) > 1:
        line.other_writs = "; ".join(several[1:])[:300]
        said = "в ячейке несколько документов, суммы отнесены к первому"
        row.bad("several_writs", "writ_number", printed, said, fatal=False)
    line.writ_kind = writ_kind(row.text("writ_kind") or whole, line.writ_number) or ""


def _proceeding(row: RowCells, line: ReplyLine) -> None:
    numbers = read_numbers(row.broken_text("proceeding"))
    if numbers.doubt and any(map(str.isdigit, row.text("proceeding"))):
        row.bad("bad_proceeding", "proceeding", row.text("proceeding"), numbers.doubt)
    beside = [*read_numbers(row.text("consolidated")).consolidated, *read_numbers(row.text("note")).consolidated]
    line.proceeding = numbers.first
    line.consolidated = next(iter([*numbers.consolidated, *beside]), "")
    line.opened_on, line.bailiff = row.day("opened_on"), row.text("bailiff")[:150]


def _first_day(row: RowCells, name: str):
    """«26.02.2024, исх. 114»: the day that a cell begins with."""
    text = row.text(name)
    begin = text.split(",")[0].split(" ")[0] if isinstance(row.raw(name), str) else None
    return row.day(name, text=begin) if begin else row.day(name)


def _end(row: RowCells, line: ReplyLine) -> None:
    line.status_text = row.text("status")[:200]
    both = row.text("ended_all")
    line.ended_on = row.day("ended_on") if not both else _first_day(row, "ended_all")
    printed = row.text("ground") or both.partition(" ")[2]
    parts = [row.text(name) for name in ("ground_article", "ground_part", "ground_point")]
    line.ended_ground = ground(printed) or ".".join(part for part in parts if part.isdigit())
    line.status = status_of(line.status_text, ended=bool(line.ended_on or line.ended_ground))
    if printed and not line.ended_ground and line.status != NOT_RECEIVED and any(map(str.isdigit, printed)):
        row.bad("unknown_ground", "ground", printed, "статья не распознана", fatal=False)


def status_of(text: str, *, ended: bool) -> str:
    """The state by its printed words; without words by whether there is an end. Empty: the file does not say."""
    words = fold(text)
    if _NOT_RECEIVED.search(words):
        return NOT_RECEIVED
    for status, pattern in STATUSES:
        if pattern.search(words):
            return status
    return FINISHED if ended else ""


def check_line(row: RowCells, line: ReplyLine) -> None:
    """What a line must not say."""
    if not (line.writ_number or line.proceeding):
        row.bad("no_writ", "writ_number", "", "нет ни номера документа, ни номера производства: строку не к чему отнести")
    if line.opened_on and line.ended_on and line.ended_on < line.opened_on:
        said = f"окончено {line.ended_on:%d.%m.%Y}, раньше возбуждения {line.opened_on:%d.%m.%Y}"
        row.bad("ends_before_opens", "ended_on", f"{line.ended_on:%d.%m.%Y}", said)
    if line.status_text and not line.status:
        row.bad("unknown_status", "status", line.status_text, "состояние не распознано", fatal=False)
    if line.status == "open" and (line.ended_on or line.ended_ground):
        row.bad(
            "open_with_an_end",
            "ended_on",
            line.status_text,
            "производство на исполнении, но названо его окончание",
            fatal=False,
        )
        line.ended_on, line.ended_ground = None, ""
    if line.status == NOT_RECEIVED and line.proceeding:
        row.bad(
            "received_after_all",
            "status",
            line.status_text,
            "документ «не поступал», но назван номер производства",
            fatal=False,
        )


def opening_day(text: str):
    """«36570/21/51034-ИП от 13.09.2021»: the day after the number. None when there is none."""
    found = re.search(r"\bот\s+(\d{1,2}\.\d{1,2}\.\d{4})", text)
    return dates.day(found[1]) if found else None
