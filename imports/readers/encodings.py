"""Which encoding a text file is in, decided by its bytes: headers, extensions and generic detectors are wrong too often.

BOM, then strict UTF-8, then the one of cp1251, cp866 and KOI8-R that reads most like Russian.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from imports.readers.errors import Refused

CHUNK = 1 << 20
LONGEST_LINE = 1 << 20
SAMPLE = 200_000
TAIL = 4_096
LARGEST_WIDE = 96 << 20
"""Of UTF-16, whose lines cannot be counted by their bytes."""
SINGLE_BYTE = ("cp1251", "cp866", "koi8-r")

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FREQUENCY = dict(zip("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", (
    10.97, 8.45, 8.01, 7.35, 6.70, 6.26, 5.47, 4.73, 4.54, 4.40, 3.49, 3.21, 2.98, 2.81, 2.62, 2.01, 1.90, 1.74,
    1.70, 1.65, 1.59, 1.44, 1.21, 0.97, 0.94, 0.73, 0.64, 0.48, 0.36, 0.32, 0.26, 0.04, 0.04), strict=True))  # fmt: skip
_WORD_SIGNS = frozenset("№«»—–…’“”°·\xa0ё")
_LOWER_THEN_CAPITAL = re.compile(r"[а-яё][А-ЯЁ]")


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What one pass over the bytes of a text file tells."""

    encoding: str
    sample: str
    tail: str
    """The last few lines, perhaps cut at their beginning."""


def examine(path: Path, *, longest_line: int = LONGEST_LINE) -> TextFacts:
    """Decide the encoding in one bounded pass. Raises Refused for NUL bytes, endless lines and an empty file."""
    with path.open("rb") as file:
        head = file.read(4)
        for bom, name in _BOMS:
            if head.startswith(bom):
                return _with_bom(path, name, longest_line)
        if not head:
            raise Refused("empty_file", "Файл пуст: в нём нет ни одного байта. Выгрузите реестр заново.")
        file.seek(0)
        utf8, high = _scan(file, longest_line)
    return _facts(path, "utf-8" if utf8 else best_single_byte(high))


def _with_bom(path: Path, encoding: str, longest_line: int) -> TextFacts:
    if encoding == "utf-16" and path.stat().st_size > LARGEST_WIDE:
        raise Refused("too_large", f"Текст в UTF-16 больше {LARGEST_WIDE >> 20} МБ. Сохраните его как CSV в UTF-8.")
    facts = _facts(path, encoding)
    if encoding == "utf-8-sig":
        with path.open("rb") as file:
            _scan(file, longest_line)
    if "\x00" in facts.sample:
        raise _nul()
    return facts


def _facts(path: Path, encoding: str) -> TextFacts:
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
        file.seek(max(path.stat().st_size - TAIL, 0))
        tail = file.read(TAIL)
    wide = encoding == "utf-16"
    return TextFacts(
        encoding, sample.decode(encoding, errors="replace"), "" if wide else tail.decode(encoding, errors="replace")
    )


def _scan(file, longest_line: int) -> tuple[bool, bytes]:
    """(is it strict UTF-8, up to SAMPLE bytes of lines that hold non-ASCII bytes)."""
    decoder, utf8, high, since_newline = codecs.getincrementaldecoder("utf-8")(), True, bytearray(), 0
    while chunk := file.read(CHUNK):
        if b"\x00" in chunk:
            raise _nul()
        since_newline = _line_length(chunk, since_newline, longest_line)
        if utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                utf8 = False
        if not chunk.isascii() and len(high) < SAMPLE:
            high += chunk[:SAMPLE] if len(chunk) <= SAMPLE else b"\n".join(_high_lines(chunk))[:SAMPLE]
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    return utf8, bytes(high)


def _high_lines(chunk: bytes) -> list[bytes]:
    return [line for line in chunk.split(b"\n") if not line.isascii()]


def _line_length(chunk: bytes, before: int, longest: int) -> int:
    """Length of the line still open after this chunk. Raises Refused when a line is longer than any register's."""
    last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    if last >= 0:
        return len(chunk) - last
    if before + len(chunk) > longest:
        raise Refused("line_too_long", "Строка файла длиннее 1 МБ: это не реестр. Проверьте, тот ли файл выбран.")
    return before + len(chunk)


def _nul() -> Refused:
    return Refused("nul_byte", "В файле есть символ с кодом 0: он повреждён или это не текст. Выгрузите его заново.")


def best_single_byte(data: bytes) -> str:
    """The likeliest of the Russian single-byte encodings; cp1251 when nothing speaks for any."""
    return max(SINGLE_BYTE, key=lambda name: russian_score(data.decode(name, errors="replace")))


def russian_score(text: str) -> float:
    """How much a text reads like Russian, per non-ASCII character. Higher is better; case does not matter."""
    score, count = 0.0, 0
    for sign in text.casefold():
        if sign < "\x80":
            continue
        count += 1
        weight = _FREQUENCY.get(sign)
        score += weight if weight is not None else (0.0 if sign in _WORD_SIGNS else -15.0)
    score -= 30.0 * len(_LOWER_THEN_CAPITAL.findall(text))
    return score / count if count else 0.0
