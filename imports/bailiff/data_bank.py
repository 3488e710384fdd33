"""Extracts of the public data bank of proceedings: the fields that its API gave until 10.03.2022, kept by resellers.

A closed proceeding has `ip_end` («ГГГГ-ММ-ДД, статья, часть, пункт»); the remaining debt stands in `subject` of the open ones.
"""

import re

from casedesk.common.money import NotMoney, kopecks
from enforcement.rules.bailiff_facts import ReplyHead, ReplyLine
from enforcement.rules.printed import ground, writ_kind
from enforcement.rules.proceeding_numbers import read_numbers
from imports.bailiff.cells import RowCells
from imports.bailiff.columns import Found
from imports.bailiff.file import DATA_BANK, BailiffFile
from imports.bailiff.reply import check_line, opening_day, settle_head
from imports.bailiff.walk import walk
from imports.readers import dates
from imports.sheets import Book, Sheet

_PERSON = re.compile(r"^(?P<name>.+?)\s+(?P<born>\d{2}\.\d{2}\.\d{4})(?:\s+(?P<place>.*))?$")
_DETAILS = re.compile(r"^(?P<kind>.+?) от (?P<day>\d{2}\.\d{2}\.\d{4}) № (?P<number>(?:[ФВB][СC] ?)?\S+)(?: (?P<court>.*))?$")
_REMAINING = re.compile(r":\s*([\d\s]+(?:[.,]\d{1,2})?)\s*руб", re.IGNORECASE)
_PHONE = re.compile(r"\s*\+?\d[\d()\- ]{6,}.*$")
_DEPARTMENT = re.compile(r"^(?P<name>.*?)(?:\s+(?P<address>\d{6},.*))?$")


def read_data_bank(book: Book, tables: list[tuple[Sheet, Found]]) -> BailiffFile:
    """Read the sheets whose header has the data bank's fields."""
    file = BailiffFile(DATA_BANK, book.format, book.encoding, ReplyHead("data_bank"), problems=list(book.problems))
    names: list[str] = []
    for sheet, found in tables:
        file.columns = file.columns or found.shown

        def make(row: RowCells) -> ReplyLine:
            department = _DEPARTMENT.match(row.text("data_department"))
            if department and not department["name"].isdigit():
                names.append(department["name"])
            return _line(row)

        walk(file, sheet, found, make, sums=())
    settle_head(file)
    file.head.department_name = max(set(names), key=names.count)[:300] if names else ""
    return file


def _line(row: RowCells) -> ReplyLine:
    line = ReplyLine(row.sheet.name, row.number)
    person = _PERSON.match(row.text("debtor"))
    line.debtor_name = (person["name"] if person else row.text("debtor"))[:300]
    line.birth_date = row.day("debtor", text=person["born"]) if person else None
    _writ(row, line)
    numbers = read_numbers(row.broken_text("data_proceeding"))
    if numbers.doubt or not numbers.own:
        why = numbers.doubt or "нет номера производства"
        row.bad("bad_proceeding", "data_proceeding", row.text("data_proceeding"), why)
    line.proceeding, line.consolidated = numbers.first, next(iter(numbers.consolidated), "")
    try:
        line.opened_on = opening_day(row.text("data_proceeding"))
    except dates.NotDay as wrong:
        row.bad("bad_date", "data_proceeding", row.text("data_proceeding"), f"это не дата ({wrong})")
    line.bailiff = _PHONE.sub("", row.text("data_bailiff"))[:150]
    _state(row, line)
    check_line(row, line)
    return line


def _writ(row: RowCells, line: ReplyLine) -> None:
    printed = row.text("data_details")
    found = _DETAILS.match(printed)
    if not found:
        row.bad("bad_details", "data_details", printed, "нужен вид «Судебный приказ от ДД.ММ.ГГГГ № … суд»")
        return
    line.writ_number, line.court = found["number"][:60], (found["court"] or "")[:300]
    line.writ_issued_on = row.day("data_details", text=found["day"])
    line.writ_kind = writ_kind(found["kind"], line.writ_number) or ""


def _state(row: RowCells, line: ReplyLine) -> None:
    ended = row.text("data_end")
    if ended:
        day, _, article = ended.partition(",")
        line.status, line.ended_on, line.ended_ground = "finished", row.day("data_end", text=day.strip()), ground(article)
        line.status = "terminated" if line.ended_ground.startswith("43") else "finished"
    else:
        line.status = "open"
    line.status_text = ended or "не окончено"
    if found := _REMAINING.search(row.text("data_subject")):
        try:
            line.remaining = kopecks(found[1])
        except NotMoney as wrong:
            row.bad("bad_money", "data_subject", found[1], f"это не сумма ({wrong})")
