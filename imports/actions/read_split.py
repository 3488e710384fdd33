"""Read the list by which one transfer is shared out: pasted lines or a file, each with a key of ours and a sum."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from casedesk.common import money
from casedesk.common.refusals import Refusal
from casedesk.common.text import clean
from imports.actions.judge_documents import Asked, judge_documents
from imports.actions.post_document import Part
from imports.matching import ladder
from imports.models import BankDocument
from imports.readers.errors import Refused
from imports.readers.sniff import open_book

MOST_LINES = 5_000
_MONEY = re.compile(r"(?<![\d/.-])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)[.,](\d{2})(?![\d/.-])")
_ACCOUNT_CELL = re.compile(r"(?:^|(?<=[;\t]))\s*(\d{6,20})\s*(?=[;\t]|$)")
_TOTAL = re.compile(r"итого|всего", re.IGNORECASE)
BAILIFFS = "03212"


class UnreadableList(Refusal):
    """The list is empty, too long or not a table."""

    code = "unreadable_list"


@dataclass(frozen=True)
class SplitLine:
    """One line of a list: its sum and whose it is, or what is wrong with it."""

    row: int
    text: str
    amount: int | None
    hit: ladder.Hit | None
    reasons: tuple[str, ...]
    sure: bool

    @property
    def fits(self) -> bool:
        return self.amount is not None and self.hit is not None

    @property
    def part(self) -> Part:
        return Part(self.hit.account_id, self.amount, self.hit.writ_id)


def text_of(upload: UploadedFile) -> str:
    """A list's file as lines of text, cells apart by `;`. Raises UnreadableList."""
    with tempfile.NamedTemporaryFile(prefix="split-") as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            book = open_book(Path(kept.name), upload.name)
            lines = [";".join(str(cell).strip() for cell in cells) for sheet in book.visible for _, cells in sheet.rows()]
            book.close()
        except Refused as refusal:
            raise UnreadableList(refusal.problem.message) from refusal
    return "\n".join(lines[: MOST_LINES + 1])


@transaction.atomic
def read_split(*, document: BankDocument, text: str) -> list[SplitLine]:
    """Judge every line of the list; heads, totals and blanks are left out. Raises UnreadableList."""
    lines = list(_lines(text))
    if not lines:
        raise UnreadableList("В списке нет ни одной строки с суммой. В строке нужны номер (ИП, документа или л/с) и сумма.")
    if len(lines) > MOST_LINES:
        raise UnreadableList(f"В списке больше {MOST_LINES} строк: разделите документ частями через файл реестра.")
    asked = [Asked(keyed, BAILIFFS, "") for _, _, keyed, _ in lines]
    judged = judge_documents(creditor_id=document.creditor_id, documents=asked)
    return [_line(*line, one.answer) for line, one in zip(lines, judged, strict=True)]


def _lines(text: str) -> Iterator[tuple[int, str, str, int | None]]:
    for row, raw in enumerate(text.replace("\x00", " ").splitlines(), start=1):
        line = raw.strip(" ;\t")
        sums = list(_MONEY.finditer(line))
        if not line or _TOTAL.search(line) or not (sums or re.search(r"\d", line)):
            continue
        amount = money.kopecks(sums[-1][0].replace("\u202f", " ")) if sums else _whole(line)
        keyed = line[: sums[-1].start()] + line[sums[-1].end() :] if sums else line
        if amount is None and not re.search(r"\d{5}", line):
            continue
        yield row, clean(line), clean(_ACCOUNT_CELL.sub(r" л/с \1 ", keyed).replace(";", " ; ").replace("\t", " ; ")), amount


def _whole(line: str) -> int | None:
    """Roubles without kopecks stand in the last cell."""
    last = re.split(r"[;\t]", line)[-1].strip()
    return int(last.replace(" ", "")) * 100 if re.fullmatch(r"\d{1,3}(?: ?\d{3}){0,3}", last) and len(last) < 10 else None


def _line(row: int, text: str, keyed: str, amount: int | None, answer: ladder.Answer) -> SplitLine:
    sure = answer.chosen is not None
    hit = answer.chosen
    if hit is None and answer.verdict == ladder.SUGGEST:
        hit = answer.candidates[0].hit
    reasons = answer.reasons if amount is not None else ("в строке нет суммы", *answer.reasons)
    return SplitLine(row, text, amount, hit, reasons, sure)
