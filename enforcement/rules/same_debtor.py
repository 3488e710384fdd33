"""Whether two printed names are one person: for rows that already agree by the number of a writ, never by name alone."""

import re

from casedesk.common.text import fold

_NOT_A_NAME = re.compile(r"^(?:ип|индивидуальный предприниматель|гражданин|гр)\b\.?\s*")
_WORD = re.compile(r"[а-яa-z]+")

SAME, POSSIBLE, DIFFERENT = "same", "possible", "different"


def name_key(name: str) -> tuple[str, ...]:
    """Words of a name, folded, without «ИП» before it; a hyphen is a space. The order of words is kept."""
    return tuple(_WORD.findall(_NOT_A_NAME.sub("", fold(name))))


def compare(one: str, other: str) -> str:
    """`same`: the same words in any order. `possible`: initials, a missing patronymic, a changed surname. Else `different`."""
    first, second = name_key(one), name_key(other)
    if not first or not second:
        return POSSIBLE
    if sorted(first) == sorted(second):
        return SAME
    shorter, longer = sorted((first, second), key=lambda words: len("".join(words)))
    if shorter[0] == longer[0] and all(_fits(word, longer[1:]) for word in shorter[1:]):
        return POSSIBLE
    changed_surname = len(first) == len(second) >= 3 and first[1:] == second[1:]
    return POSSIBLE if changed_surname else DIFFERENT


def _fits(word: str, among: tuple[str, ...]) -> bool:
    """The word itself, or the initial of one of them."""
    return word in among or (len(word) == 1 and any(other.startswith(word) for other in among))


_SERIES = re.compile(r"^([фвb])([сc])\s*№?\s*-?\s*(\d{9})$")


def writ_key(number: str) -> str:
    """The number of a writ for comparing: case, spaces, look-alikes and «№» do not matter; `ФС012345678` = `ФС 012345678`."""
    text = fold(number).replace("№", " ").strip()
    if found := _SERIES.match(" ".join(text.split())):
        return f"{'ф' if found[1] == 'ф' else 'в'}с{found[3]}"
    return "".join(text.split())
