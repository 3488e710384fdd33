"""A commission's frozen report as a paper to sign."""

import datetime as dt

from casedesk.common import money
from casedesk.plans.documents import commission_words as words
from casedesk.plans.documents.paper import Paper

PAGE = 26.2
"""Centimetres between the margins."""
NARROW = 3.1


def commission_docx(content: dict, sha256: str) -> bytes:
    """The paper's bytes, A4 across."""
    paper = Paper()
    paper.line(words.title(content), bold=True, size=14, centred=True)
    paper.line(words.whose(content), centred=True)
    paper.line(words.dates(content), size=9, centred=True)
    for block in words.blocks(content):
        paper.line(block.title, bold=True)
        if block.rows:
            heads = tuple(label for label, _ in block.columns)
            rows = [tuple(_cell(*pair) for pair in zip(row, block.columns, strict=True)) for row in block.rows]
            paper.table(heads, _widths(block), rows, right={at for at, (_, kind) in enumerate(block.columns) if kind != "text"})
        else:
            paper.line("Не было.")
    paper.line("Председатель комиссии ____________________        Секретарь ____________________", space=24)
    paper.line(f"Отпечаток данных отчёта SHA-256: {sha256}", size=8)
    return paper.bytes(dt.datetime.fromisoformat(content["known_at"]))


def _widths(block: words.Block) -> tuple[float, ...]:
    others = len(block.columns) - 1
    return (PAGE - NARROW * others, *(NARROW for _ in range(others))) if others > 1 else (16, 5)


def _cell(value, column: tuple[str, str]) -> str:
    if value is None:
        return "—"
    return money.spaced(value) if column[1] == "money" else str(value)
