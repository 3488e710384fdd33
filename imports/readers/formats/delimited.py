"""Text tables: CSV with any delimiter and encoding, «Текст Юникод» of Excel."""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from imports.readers.encodings import TextFacts
from imports.readers.errors import Refused
from imports.sheets import Book, NumberedRow, Sheet

DELIMITERS = ";\t|,"
LONGEST_RECORD = 200
"""Physical lines in one record; more means that a quotation mark was never closed."""


def open_delimited(path: Path, facts: TextFacts) -> Book:
    """A text table as one sheet. Rows stream."""
    delimiter = find_delimiter(facts.sample)
    rows = partial(_rows, path, facts.encoding, delimiter)
    tail = [line.split(delimiter) for line in facts.tail.splitlines()[-3:]]
    sheet = Sheet(name="", open_rows=rows, text_only=True, tail=tail)
    return Book(format="csv", encoding=facts.encoding.removesuffix("-sig"), sheets=[sheet])


def find_delimiter(sample: str) -> str:
    """The sign that splits most lines into the same number of parts."""
    lines = [line for line in sample.splitlines()[:200] if line.strip()]
    if len(sample) > 1000 and len(lines) > 2:
        lines = lines[:-1]
    best, best_score = ";", 0.0
    for sign in DELIMITERS:
        counts = Counter(line.count(sign) for line in lines)
        counts.pop(0, None)
        if not counts:
            continue
        often, times = counts.most_common(1)[0]
        score = times * min(often, 12) * (0.6 if sign == "," else 1.0)
        if score > best_score:
            best, best_score = sign, score
    return best


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[NumberedRow]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line, before = 0, 0
        try:
            for cells in reader:
                line = reader.line_num
                if line - before > LONGEST_RECORD:
                    raise _unclosed(before + 1)
                yield before + 1, cells
                before = line
        except csv.Error as wrong:
            raise _unclosed(before + 1) from wrong


def _unclosed(line: int) -> Refused:
    return Refused(
        "unclosed_quote",
        f"В строке {line} открыта кавычка, которую никто не закрыл, и остаток файла слипся в одну ячейку. "
        "Удвойте кавычки внутри текста или выгрузите файл заново.",
    )
