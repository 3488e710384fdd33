"""What the two registers of a reconciliation are compared by: numbers of writs and proceedings, names of debtors.

A department types by hand: Latin letters for Cyrillic ones, two-digit years, spaces, «№», several writs in one cell. A key is
what is left when all of that is taken off. A name is never a key alone.
"""

import re

from casedesk.common.text import clean, fold

_LOOKALIKES = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")
_DASHES = re.compile(r"[\u2010-\u2015\u2212-]")
_NOISE = re.compile(r"[\s№#\"«»'`.]|(?<![A-ZА-ЯЁ])(?:СЕРИЯ|НОМЕР|ИД|СП|ИЛ)(?![A-ZА-ЯЁ])")
_YEAR = re.compile(r"^(\d+(?:-\d+)+)/(\d{2})(?=$|-)")
_SEVERAL = re.compile(r"\s*(?:[;\n]|,\s)\s*")
_PROCEEDING = re.compile(r"(\d{1,7})/(\d{2})/(\d{2}/\d{2}|\d{5})(?!\d)(-?СД)?")
_WORDS = re.compile(r"[\w-]+")
_ENTREPRENEUR = {"ип", "гр", "гражданин", "гражданка", "предприниматель", "индивидуальный"}
_FIRMS = {
    "ооо",
    "ао",
    "пао",
    "зао",
    "оао",
    "муп",
    "мбу",
    "мку",
    "мбоу",
    "мбдоу",
    "гуп",
    "тсж",
    "снт",
    "гск",
    "фгуп",
    "администрация",
}


def writ_key(number: str) -> str:
    """`BC № 111426597` -> `ВС111426597`, `02-3794/20` -> `2-3794/2020`; empty for an empty cell."""
    text = _DASHES.sub("-", clean(number).upper()).translate(_LOOKALIKES)
    text = _NOISE.sub("", text)
    text = text.lstrip("0") if text[:1] == "0" and "-" in text else text
    return _YEAR.sub(r"\1/20\2", text)


def writ_keys(cell: str) -> tuple[str, ...]:
    """The keys of a cell that may hold several writs (`ФС 041163498; ВС 101832322`), each once, in order."""
    found = (writ_key(part) for part in _SEVERAL.split(clean(cell.replace("\n", ";"))))
    return tuple(dict.fromkeys(key for key in found if key))


def proceeding_key(number: str) -> str:
    """`36570 / 21 / 51034-ИП` -> `36570/21/51034`; a consolidated one keeps its mark. Text of another form is kept as it is."""
    text = _DASHES.sub("-", clean(number).upper()).translate(_LOOKALIKES).replace(" ", "")
    found = _PROCEEDING.search(text)
    if not found:
        return text
    serial, year, department, together = found.groups()
    return f"{int(serial)}/{year}/{department}{'-СД' if together else ''}"


def debtor_key(name: str) -> str:
    """Surname and first initial of a person (`Тихомиров Д.А.` and `ТИХОМИРОВ ДЕНИС` give one key), all words of a firm."""
    words = _WORDS.findall(fold(name))
    if words and words[0] in _FIRMS:
        return " ".join(words)
    words = [word for word in words if word not in _ENTREPRENEUR] or words
    return f"{words[0]} {words[1][0]}" if len(words) > 1 else "".join(words)
